package org.posthouse.mailcore.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.posthouse.mailcore.store.FlagChange.Manner;

class MailboxTest {

    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-23T12:00:00Z"), ZoneOffset.UTC);
    private static final byte[] MAIL = "Subject: x\r\n\r\nhello\r\n".getBytes(StandardCharsets.UTF_8);

    private static final int SESSIONS = 8;

    private final MemoryVault vault = new MemoryVault();
    private final Mailbox mailbox = new Store(vault, CLOCK).mailbox("bob");
    private final int inbox = mailbox.folder("inbox").orElseThrow().id();

    private Mailbox afterRestart() {
        return new Store(vault, CLOCK).mailbox("bob");
    }

    private Message append() {
        return mailbox.append(inbox, MAIL, Set.of(), CLOCK.instant());
    }

    @Test
    void whatWasAppendedIsThereAfterARestart() {
        Message message = mailbox.append(inbox, MAIL, Set.of("\\seen", "$Label1"), CLOCK.instant());
        assertEquals(Set.of("\\Seen", "$Label1"), message.flags());
        Mailbox again = afterRestart();
        assertEquals(List.of(message), again.messages(inbox));
        assertArrayEquals(MAIL, again.body(message).orElseThrow());
        assertEquals(mailbox.folders(), again.folders());
        assertTrue(again.summary(message).orElseThrow().envelope().contains("\"x\""));
    }

    @Test
    void whenItWasOpenedIsKnownAfterARestartToo() {
        assertEquals(Optional.empty(), new Store(vault, CLOCK).opened("bob"));
        assertEquals(Optional.empty(), new Store(vault, CLOCK).opened("nobody"));
        mailbox.open();
        assertEquals(Optional.of(CLOCK.instant()), mailbox.opened());
        assertEquals(Optional.of(CLOCK.instant()), new Store(vault, CLOCK).opened("bob"));
    }

    @Test
    void openingItAgainWithinTheHourCostsNoWrite() {
        mailbox.open();
        Instant later = CLOCK.instant().plus(Duration.ofMinutes(59));
        Mailbox again = new Store(vault, Clock.fixed(later, ZoneOffset.UTC)).mailbox("bob");
        again.open();
        assertEquals(Optional.of(later), again.opened());
        assertEquals(Optional.of(CLOCK.instant()), afterRestart().opened());
        Instant next = CLOCK.instant().plus(Duration.ofMinutes(61));
        new Store(vault, Clock.fixed(next, ZoneOffset.UTC)).mailbox("bob").open();
        assertEquals(Optional.of(next), afterRestart().opened());
    }

    @Test
    void aMailboxThatWasRemovedWasNeverOpened() {
        mailbox.open();
        mailbox.remove(List.of());
        assertEquals(Optional.empty(), mailbox.opened());
        assertEquals(Optional.empty(), afterRestart().opened());
    }

    @Test
    void aUidIsNeverGivenTwice() {
        Message first = append();
        mailbox.expunge(inbox, List.of(first.uid()));
        assertTrue(afterRestart().append(inbox, MAIL, Set.of(), CLOCK.instant()).uid() > first.uid());
    }

    @Test
    void aFolderMadeAgainHasAnotherValidity() {
        Folder first = mailbox.create("a", "");
        mailbox.delete(first.id());
        Folder second = afterRestart().create("a", "");
        assertTrue(second.uidValidity() > first.uidValidity());
        assertTrue(second.id() > first.id());
        assertThrows(FolderGone.class, () -> mailbox.messages(first.id()));
    }

    @Test
    void octetsLiveAsLongAsTheLastCopy() {
        Message message = append();
        int trash = mailbox.folder("Trash").orElseThrow().id();
        mailbox.copy(inbox, List.of(message.uid()), trash, false);
        mailbox.expunge(inbox, List.of(message.uid()));
        Message copy = mailbox.messages(trash).getFirst();
        assertArrayEquals(MAIL, mailbox.body(copy).orElseThrow());
        mailbox.expunge(trash, List.of(copy.uid()));
        assertFalse(mailbox.body(copy).isPresent());
        assertTrue(vault.range(Vault.Area.BODIES, new byte[0]).isEmpty());
    }

    @Test
    void deletingAFolderDropsItsMessages() {
        Folder folder = mailbox.create("a/b/c", "");
        mailbox.append(folder.id(), MAIL, Set.of(), CLOCK.instant());
        mailbox.delete(folder.id());
        assertTrue(vault.range(Vault.Area.BODIES, new byte[0]).isEmpty());
        assertTrue(mailbox.folder("a/b").isPresent());
    }

    @Test
    void aRemovedMailboxLeavesNothingAndBeginsAnew() {
        var told = new ArrayList<Change>();
        mailbox.append(inbox, MAIL, Set.of(), CLOCK.instant());
        int other = mailbox.create("a/b", "").id();
        mailbox.copy(inbox, List.of(1L), other, false);
        new Mailbox("bobby", "bobby", vault, CLOCK, new DamagedMessages()).append(1, MAIL, Set.of(), CLOCK.instant());
        mailbox.feed().follow(told::add);
        assertEquals(new Mailbox.Contents(7, 2, 2L * MAIL.length), mailbox.contents());
        mailbox.remove(List.of());
        assertTrue(told.contains(new Change.Closed(inbox)), "sessions are told");
        assertThrows(FolderGone.class, () -> mailbox.messages(inbox));
        assertFalse(new Store(vault, CLOCK).exists("bob"));
        assertEquals(1, vault.range(Vault.Area.BODIES, new byte[0]).size(), "only bobby's is left");
        Folder anew = mailbox.folder("INBOX").orElseThrow();
        assertTrue(anew.id() != inbox && mailbox.messages(anew.id()).isEmpty());
    }

    @Test
    void renamingTakesWhatIsBelowAlong() {
        int id = mailbox.create("a/b", "").id();
        mailbox.rename(mailbox.folder("a").orElseThrow().id(), "z");
        assertEquals("z/b", afterRestart().folder(id).name());
        assertFalse(mailbox.folder("a").isPresent());
    }

    @Test
    void aMessageChangedSinceIsLeftAlone() {
        Message first = append();
        Message second = append();
        var change = new FlagChange(Manner.ADD, Set.of("\\Flagged"));
        List<Message> now = mailbox.flag(inbox, List.of(first.uid(), second.uid()), change, first.modSeq());
        assertTrue(now.get(0).is("\\Flagged"));
        assertFalse(now.get(1).is("\\Flagged"));
        assertEquals(now, mailbox.messages(inbox));
        assertEquals(now, afterRestart().messages(inbox));
    }

    @Test
    void aMessageIsRecentToTheFirstWhoAsks() {
        Message message = append();
        assertTrue(mailbox.claimRecent(inbox) <= message.uid());
        assertTrue(mailbox.claimRecent(inbox) > message.uid());
    }

    @Test
    void manyAtATimeLeaveNothingOutAndNothingTwice() throws InterruptedException {
        var told = Collections.synchronizedList(new ArrayList<Long>());
        mailbox.feed().follow(change -> {
            if (change instanceof Change.Added added) {
                told.add(added.message().uid());
            }
        });
        var threads = new ArrayList<Thread>();
        for (int i = 0; i < 200; i++) {
            threads.add(Thread.ofVirtual().start(this::append));
        }
        for (var thread : threads) {
            thread.join();
        }
        List<Long> all = LongStream.rangeClosed(1, 200).boxed().toList();
        assertEquals(all, mailbox.messages(inbox).stream().map(Message::uid).toList());
        assertEquals(all, told);
    }

    static LongStream seeds() {
        return LongStream.range(0, 20);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void memoryAndVaultAgreeWhateverIsDone(long seed) {
        var random = new Random(seed);
        var folders = List.of(inbox, mailbox.create("a", "").id());
        for (int i = 0; i < 200; i++) {
            int folder = folders.get(random.nextInt(2));
            List<Long> some = mailbox.messages(folder).stream()
                    .map(Message::uid)
                    .filter(uid -> random.nextInt(4) == 0)
                    .toList();
            switch (random.nextInt(5)) {
                case 0 -> mailbox.expunge(folder, some);
                case 1 -> mailbox.copy(folder, some, folders.get(random.nextInt(2)), random.nextBoolean());
                case 2 ->
                    mailbox.flag(
                            folder,
                            some,
                            new FlagChange(List.of(Manner.values()).get(random.nextInt(3)), Set.of("\\Seen")),
                            Long.MAX_VALUE);
                default -> mailbox.append(folder, MAIL, Set.of(), CLOCK.instant());
            }
        }
        Mailbox again = afterRestart();
        int messages = 0;
        for (int folder : folders) {
            assertEquals(mailbox.messages(folder), again.messages(folder));
            messages += again.messages(folder).size();
            again.messages(folder)
                    .forEach(message -> assertTrue(again.body(message).isPresent()));
        }
        assertTrue(vault.range(Vault.Area.BODIES, new byte[0]).size() <= messages);
    }

    @Test
    void aSubscriptionOutlivesItsFolderAndARestart() {
        int gone = mailbox.create("gone", "").id();
        mailbox.subscribe(gone, true);
        mailbox.delete(gone);
        Mailbox again = afterRestart();
        assertEquals(Set.of("gone"), again.orphanSubscriptions());
        again.unsubscribe("gone");
        assertEquals(Set.of(), afterRestart().orphanSubscriptions());
    }

    @Test
    void aFolderTakesTheSubscriptionThatItsNameHasAndNoOther() {
        assertFalse(mailbox.create("new", "").subscribed());
        int gone = mailbox.create("gone", "").id();
        mailbox.subscribe(gone, true);
        mailbox.delete(gone);
        assertTrue(mailbox.create("gone", "").subscribed());
    }

    @Test
    void ofManySessionsThatMakeOrRenameAFolderAtTheSameMomentOneSucceeds() {
        for (int round = 0; round < 50; round++) {
            String name = "new" + round;
            String other = "other" + round;
            assertEquals(1, atOnce(() -> mailbox.create(name, "")));
            List<Integer> ids = IntStream.range(0, SESSIONS)
                    .mapToObj(number -> mailbox.create(other + "-" + number, "").id())
                    .toList();
            var next = new AtomicInteger();
            assertEquals(1, atOnce(() -> mailbox.rename(ids.get(next.getAndIncrement()), other)));
        }
        List<String> names = mailbox.folders().stream().map(Folder::name).toList();
        assertEquals(Set.copyOf(names).size(), names.size());
    }

    // How many of several threads that start together succeed.
    private static long atOnce(Runnable work) {
        var start = new CountDownLatch(1);
        try (var sessions = Executors.newFixedThreadPool(SESSIONS)) {
            List<Future<Boolean>> made = IntStream.range(0, SESSIONS)
                    .mapToObj(_ -> sessions.submit(() -> {
                        start.await();
                        try {
                            work.run();
                            return true;
                        } catch (FolderExists exists) {
                            return false;
                        }
                    }))
                    .toList();
            start.countDown();
            return made.stream().filter(MailboxTest::succeeded).count();
        }
    }

    private static boolean succeeded(Future<Boolean> made) {
        try {
            return made.get();
        } catch (InterruptedException | ExecutionException fault) {
            throw new AssertionError(fault);
        }
    }

    @Test
    void aFolderThatAnEarlierRevisionMadeTwiceIsSeenTwice() {
        Folder one = mailbox.create("twice", "");
        Folder two = new Folder(99, "twice", 99, 1, 1, 1, "", true);
        vault.commit(List.of(new Vault.Write(Vault.Area.INDEX, new Keys("bob").folder(two.id()), Forms.of(two))));
        Mailbox again = afterRestart();
        assertEquals(one.id(), again.folder("twice").orElseThrow().id());
        assertEquals(two.id(), again.folder("twice-2").orElseThrow().id());
        assertEquals(again.folders(), afterRestart().folders());
    }

    @Test
    void foldersOfAnEarlierRevisionBelowTheInboxAreUnited() {
        Folder one = mailbox.create("INBOX/a", "");
        Folder astray = new Folder(99, "inbox/a", 99, 1, 1, 1, "", true);
        vault.commit(List.of(new Vault.Write(Vault.Area.INDEX, new Keys("bob").folder(astray.id()), Forms.of(astray))));
        Mailbox again = afterRestart();
        assertEquals(one.id(), again.folder("Inbox/a").orElseThrow().id());
        assertEquals(99, again.folder("inbox/a-2").orElseThrow().id());
        assertEquals(again.folders(), afterRestart().folders());
    }
}
