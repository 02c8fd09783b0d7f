package org.posthouse.mailcore.queue;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.posthouse.mailcore.status.Tally;
import org.posthouse.mailcore.store.RocksVault;
import org.posthouse.mailcore.store.Vault;

/** What becomes of mail between its acceptance and its end. */
class QueueTest {

    private static final Map<Hands, Vault> VAULTS = new ConcurrentHashMap<>();
    private static final byte[] MAIL = "Subject: hello\r\n\r\nhello\r\n".getBytes(UTF_8);

    private final Path folder;
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-23T12:00:00Z"));
    private final Clock clock = new Clock() {
        @Override
        public ZoneOffset getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now.get();
        }
    };
    private final AtomicLong free = new AtomicLong(1L << 40);
    private Hands hands = new Hands();
    private Vault vault;
    private Spool spool;
    private Queue queue;

    static Vault vaultOf(Hands hands) {
        return Objects.requireNonNull(VAULTS.get(hands));
    }

    private final Tally tally = new Tally(Instant.EPOCH);

    QueueTest(@TempDir Path folder) {
        this.folder = folder;
        vault = RocksVault.open(folder);
        spool = new Spool(vault, free::get, this::settings, clock);
        queue = new Queue(spool, this::settings, tally, clock);
        start();
    }

    private void start() {
        VAULTS.put(hands, vault);
        queue.register(Stage.DELIVER, hands);
        queue.register(Stage.OUTGOING, hands);
        queue.start();
    }

    private void reopen() {
        vault = RocksVault.open(folder);
        spool = new Spool(vault, free::get, this::settings, clock);
        queue = new Queue(spool, this::settings, tally, clock);
        start();
    }

    @AfterEach
    void close() {
        queue.close(Duration.ofSeconds(5));
        vault.close();
        VAULTS.remove(hands);
    }

    private QueueSettings settings() {
        return new QueueSettings(
                "mail.example",
                Duration.ofMinutes(30),
                Duration.ofDays(5),
                1 << 20,
                address -> address.endsWith("@here.example")
                        ? Optional.of(address.substring(0, address.indexOf('@')))
                        : Optional.empty());
    }

    private static Recipient local(String name) {
        return new Recipient(Recipient.Kind.LOCAL, name, "", "", "");
    }

    private static Recipient remote(String address) {
        return new Recipient(Recipient.Kind.REMOTE, address, "", "", "");
    }

    private Envelope envelope(String sender, Recipient... recipients) {
        return new Envelope(now.get(), sender, "", "", "192.0.2.1", 0, List.of(recipients));
    }

    private void await(BooleanSupplier condition) {
        long end = System.nanoTime() + Duration.ofMinutes(1).toNanos();
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < end, () -> "not in time: " + queue.list() + queue.figures());
            LockSupport.parkNanos(1_000_000);
        }
    }

    private boolean isEmpty() {
        return queue.list().isEmpty() && spool.entries().isEmpty();
    }

    @Test
    void aSpoolThatOpensLeavesTheOwnersOfMailboxesAlone() {
        byte[] mark = {0, 'W'};
        byte[] owner = {0, 'W', 'a', 'n', 'n'};
        vault.commit(List.of(
                new Vault.Write(Vault.Area.INDEX, mark, new byte[] {1}),
                new Vault.Write(Vault.Area.INDEX, owner, "cn=ann,o=Acme".getBytes(UTF_8))));
        var _ = new Spool(vault, free::get, this::settings, clock);
        assertArrayEquals(new byte[] {1}, vault.get(Vault.Area.INDEX, mark));
        assertArrayEquals("cn=ann,o=Acme".getBytes(UTF_8), vault.get(Vault.Area.INDEX, owner));
    }

    @Test
    void agentsOfAStageAreCalledByTheirRankAndNoMoreOnceTheyLeave() {
        var second = named("second");
        queue.register(Stage.DELIVER, second, 2);
        queue.register(Stage.DELIVER, named("first"), 1);
        assertEquals(List.of("first", "second", hands.name()), queue.agents(Stage.DELIVER));
        queue.deregister(second);
        assertEquals(List.of("first", hands.name()), queue.agents(Stage.DELIVER));
    }

    private static StageAgent named(String name) {
        return new StageAgent() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public void handle(Item item) {}
        };
    }

    @Test
    void manyMailsToASlowHostLeaveRoomForOthers() {
        var gate = new CountDownLatch(1);
        queue.register(Stage.INCOMING, new StageAgent() {
            @Override
            public String name() {
                return "slow";
            }

            @Override
            public void handle(Item item) {
                if (item.pending().getFirst().address().endsWith("@slow.example")) {
                    try {
                        gate.await();
                    } catch (InterruptedException ended) {
                        Thread.currentThread().interrupt();
                    }
                }
            }
        });
        hands.answers.put("x@quick.example", new Outcome.Relayed("quick.example"));
        for (int i = 0; i < 300; i++) {
            hands.answers.put(i + "@slow.example", new Outcome.Relayed("slow.example"));
            spool.take(envelope("a@there.example", remote(i + "@slow.example")), MAIL);
        }
        spool.take(envelope("a@there.example", remote("x@quick.example")), MAIL);
        await(() -> relayed() == 1);
        gate.countDown();
        await(() -> relayed() == 301);
    }

    @Test
    void aMailTakenIsDeliveredToEachRecipientOnceAndLeavesNothing() {
        spool.take(envelope("a@there.example", local("anna"), local("bob")), MAIL);
        await(this::isEmpty);
        assertEquals(List.of("anna", "bob"), hands.got);
        assertEquals(2, queue.figures().get("delivered"));
        assertTrue(vault.range(Vault.Area.BODIES, new byte[] {0}).isEmpty());
    }

    @Test
    void aLargeMailIsTheSameAfterARestartAndLeavesNothing() {
        byte[] large = Arrays.copyOf(MAIL, 5 << 20);
        large[large.length - 1] = 'x';
        hands.answers.put("c@there.example", new Outcome.Later("451 4.4.1 no answer", "host mx.there.example"));
        spool.take(envelope("a@here.example", remote("c@there.example")), large);
        await(() -> queue.list().size() == 1 && queue.list().getFirst().stage() == Stage.OUTGOING);
        close();
        hands = new Hands();
        reopen();
        assertArrayEquals(large, spool.message(spool.entries().getFirst()));
        hands.answers.put("c@there.example", new Outcome.Relayed("mx.there.example"));
        queue.run(queue.list().getFirst().id());
        await(this::isEmpty);
        assertTrue(vault.range(Vault.Area.BODIES, new byte[] {0}).isEmpty());
    }

    @Test
    void whatWaitsIsTriedAgainAfterTheRetryInterval() {
        hands.answers.put("c@there.example", new Outcome.Later("451 4.4.1 no answer", "host mx.there.example"));
        spool.take(envelope("a@here.example", local("anna"), remote("c@there.example")), MAIL);
        await(() -> queue.list().size() == 1 && queue.list().getFirst().stage() == Stage.OUTGOING);
        assertEquals(1, queue.length());
        assertEquals(1, queue.figures().get("waiting"));
        assertEquals(
                "451 4.4.1 no answer host mx.there.example",
                queue.list().getFirst().recipients().get("c@there.example"));
        hands.answers.clear();
        now.updateAndGet(instant -> instant.plus(Duration.ofMinutes(31)));
        await(this::isEmpty);
        assertEquals(List.of("anna", "c@there.example"), hands.got);
    }

    @Test
    void aMailTakenBeforeARestartIsDeliveredAfterIt() {
        hands.answers.put("anna", new Outcome.Later("451 4.3.0 not now", ""));
        spool.take(envelope("a@there.example", local("anna")), MAIL);
        await(() -> queue.list().getFirst().stage() == Stage.DELIVER);
        close();
        hands = new Hands();
        reopen();
        now.updateAndGet(instant -> instant.plus(Duration.ofMinutes(2)));
        await(this::isEmpty);
        assertEquals(List.of("anna"), hands.got);
        assertTrue(Arrays.equals(MAIL, hands.mails.getFirst()));
    }

    private long relayed() {
        return Objects.requireNonNull(queue.figures().get("relayed"));
    }

    private boolean isPutOff(String recipient) {
        return !queue.list().getFirst().recipients().getOrDefault(recipient, "").isEmpty();
    }

    /** Puts two members in the place of a group, unless the directory is down. */
    private static final class Groups implements StageAgent {

        private volatile boolean down = true;

        @Override
        public String name() {
            return "groups";
        }

        @Override
        public void handle(Item item) {
            item.pending().stream()
                    .filter(recipient -> recipient.address().equals("team"))
                    .forEach(team -> {
                        if (down) {
                            item.settle(team, new Outcome.Later("451 4.3.0 The directory is unavailable", ""));
                        } else {
                            item.replace(team, List.of(local("anna"), local("bob")));
                        }
                    });
        }
    }

    @Test
    void mailPutOffAtAStageIsTriedAgainFromThatStage() {
        var groups = new Groups();
        queue.register(Stage.INCOMING, groups);
        spool.take(envelope("a@there.example", local("team"), local("carl"), remote("c@there.example")), MAIL);
        await(() -> hands.got.equals(List.of("carl", "c@there.example"))
                && queue.list().getFirst().recipients().keySet().equals(Set.of("team")));
        groups.down = false;
        now.updateAndGet(instant -> instant.plus(Duration.ofMinutes(2)));
        await(this::isEmpty);
        assertEquals(List.of("carl", "c@there.example", "anna", "bob"), hands.got);
    }

    @Test
    void mailPutOffAtAnEarlyStageIsStillTriedFromThereAfterARestart() {
        queue.register(Stage.INCOMING, new Groups());
        spool.take(envelope("a@there.example", local("team")), MAIL);
        await(() -> isPutOff("team"));
        close();
        vault = RocksVault.open(folder);
        spool = new Spool(vault, free::get, this::settings, clock);
        queue = new Queue(spool, this::settings, tally, clock);
        var groups = new Groups();
        groups.down = false;
        queue.register(Stage.INCOMING, groups);
        start();
        now.updateAndGet(instant -> instant.plus(Duration.ofMinutes(2)));
        await(this::isEmpty);
        assertEquals(List.of("anna", "bob"), hands.got);
    }

    @Test
    void mailForAGroupThatAnEarlierRevisionKeptAtOutgoingIsExpanded() {
        queue.close(Duration.ofSeconds(5));
        var owed = List.of(new Owed(local("team"), "451 4.3.0 The directory is unavailable", ""));
        Entry kept = spool.entry(envelope("a@there.example", local("team")), MAIL.length)
                .owing(owed)
                .at(Stage.OUTGOING, now.get());
        vault.commit(spool.adding(kept, MAIL));
        queue = new Queue(spool, this::settings, tally, clock);
        var groups = new Groups();
        groups.down = false;
        queue.register(Stage.INCOMING, groups);
        start();
        await(this::isEmpty);
        assertEquals(List.of("anna", "bob"), hands.got);
    }

    @Test
    void mailForAGroupThatWaitsTooLongGoesBack() {
        queue.register(Stage.INCOMING, new Groups());
        spool.take(envelope("anna@here.example", local("team")), MAIL);
        await(() -> isPutOff("team"));
        now.updateAndGet(instant -> instant.plus(Duration.ofDays(6)));
        await(this::isEmpty);
        assertTrue(new String(hands.mails.getFirst(), UTF_8).contains("Too long in the queue. Last answer: 451 4.3.0"));
    }

    @Test
    void whatFailsForGoodGoesBackToItsSenderOnce() {
        hands.answers.put(
                "c@there.example", new Outcome.Never("550 5.1.1 no such user", "host mx.there.example [192.0.2.7]"));
        spool.take(envelope("anna@here.example", remote("c@there.example"), local("bob")), MAIL);
        await(this::isEmpty);
        assertEquals(List.of("bob", "anna"), hands.got);
        String bounce = new String(hands.mails.getLast(), UTF_8);
        assertTrue(bounce.contains("Content-Type: multipart/report; report-type=delivery-status"), bounce);
        assertTrue(
                bounce.contains("Final-Recipient: rfc822;c@there.example\r\nAction: failed\r\nStatus: 5.1.1\r\n"),
                bounce);
        assertTrue(bounce.contains("Remote-MTA: dns; mx.there.example"), bounce);
    }

    @Test
    void aBounceThatFailsIsNotBouncedAgain() {
        hands.answers.put("c@there.example", new Outcome.Never("550 5.1.1 no such user", ""));
        spool.take(envelope("", remote("c@there.example")), MAIL);
        await(this::isEmpty);
        assertEquals(1, queue.figures().get("taken"));
    }

    @Test
    void whatIsTooOldGoesBackWithItsLastAnswer() {
        hands.answers.put("c@there.example", new Outcome.Later("451 4.4.1 no answer", ""));
        spool.take(envelope("anna@here.example", remote("c@there.example")), MAIL);
        await(() -> queue.list().getFirst().stage() == Stage.OUTGOING);
        now.updateAndGet(instant -> instant.plus(Duration.ofDays(6)));
        await(this::isEmpty);
        assertTrue(new String(hands.mails.getFirst(), UTF_8).contains("Too long in the queue. Last answer: 451 4.4.1"));
    }

    @Test
    void aSenderWhoAskedHearsOfTheDelivery() {
        var asked = new Recipient(Recipient.Kind.LOCAL, "bob", "rfc822;bob@here.example", "SUCCESS,FAILURE", "");
        spool.take(envelope("anna@here.example", asked), MAIL);
        await(this::isEmpty);
        assertEquals(List.of("bob", "anna"), hands.got);
        assertTrue(new String(hands.mails.getLast(), UTF_8).contains("Action: delivered"));
    }

    @Test
    void withoutRoomOnDiskNothingIsTaken() {
        free.set(1000);
        assertThrows(DiskFull.class, () -> spool.take(envelope("", local("anna")), MAIL));
        assertTrue(spool.entries().isEmpty());
    }

    @Test
    void mailForADomainThatAsksIsTriedAtOnceAndOtherMailCanBeDropped() {
        hands.answers.put("c@there.example", new Outcome.Later("451 4.4.1 no answer", ""));
        hands.answers.put("d@elsewhere.example", new Outcome.Later("451 4.4.1 no answer", ""));
        spool.take(envelope("", remote("c@there.example")), MAIL);
        String other = spool.take(envelope("", remote("d@elsewhere.example")), MAIL);
        await(() -> queue.list().stream()
                        .filter(each -> each.stage() == Stage.OUTGOING)
                        .count()
                == 2);
        hands.answers.clear();
        assertEquals(1, queue.runNow("there.example"));
        await(() -> queue.list().size() == 1);
        assertTrue(queue.remove(other));
        assertTrue(isEmpty());
    }

    private String report() {
        return new String(hands.mails.getLast(), UTF_8);
    }

    @Test
    void aReportNamesTheAddressAsTheSenderWroteIt() {
        hands.answers.put("nobody.here", new Outcome.Never("550 5.1.1 User unknown", ""));
        var given = new Recipient(
                Recipient.Kind.LOCAL, "nobody.here", "rfc822;No+2BBody@x", "", "", "Nobody.Here@here.example");
        spool.take(envelope("anna@here.example", given), MAIL);
        await(this::isEmpty);
        assertTrue(report().contains("Final-Recipient: rfc822;Nobody.Here@here.example\r\n"), report());
        assertTrue(report().contains("Original-Recipient: rfc822;No+Body@x\r\n"), report());
        assertTrue(report().contains("  <Nobody.Here@here.example>\r\n"), report());
        assertTrue(!report().contains("8bit"), report());
    }

    @Test
    void aMailboxNameBecomesAWholeAddress() {
        assertEquals("bob@h", local("bob").outer("h"));
        assertEquals("\"a b\"@h", local("a b").outer("h"));
        assertEquals("\"a b\"@x", new Recipient(Recipient.Kind.LOCAL, "a", "", "", "", "\"a b\"@x").outer("h"));
        assertEquals("eve@hosted.example", local("eve@hosted.example").outer("h"));
        assertEquals("Bob@h", new Recipient(Recipient.Kind.LOCAL, "bob", "", "", "", "Bob").outer("h"));
    }

    @Test
    void aMailInUtf8IsReportedInUtf8AndAnyOtherInAscii() {
        String address = "j\u00fcrgen@there.example";
        hands.answers.put(address, new Outcome.Never("550 5.1.1 kein J\u00fcrgen", ""));
        var one = new Recipient(Recipient.Kind.REMOTE, address, "utf-8;j\\x{FC}rgen@there.example", "", "");
        var envelope = new Envelope(now.get(), "anna@here.example", "", "", "", MailFlags.INTERNATIONAL, List.of(one));
        spool.take(envelope, "Subject: \u00fc\r\n\r\nx\r\n".getBytes(UTF_8));
        await(this::isEmpty);
        assertTrue(report().contains("report-type=global-delivery-status"), report());
        assertTrue(
                report().contains("message/global-delivery-status\r\nContent-Transfer-Encoding: 8bit\r\n"), report());
        assertTrue(report().contains("Original-Recipient: utf-8;" + address + "\r\n"), report());
        assertTrue(report().contains("Final-Recipient: utf-8;" + address + "\r\n"), report());
        spool.take(envelope("anna@here.example", one), MAIL);
        await(() -> hands.mails.size() == 2);
        assertTrue(report().contains("message/delivery-status\r\nContent-Transfer-Encoding: 7bit\r\n"), report());
        assertTrue(report().contains("Original-Recipient: utf-8;j\\x{FC}rgen@there.example\r\n"), report());
        assertTrue(report().contains("Diagnostic-Code: smtp; 550 5.1.1 kein J?rgen\r\n"), report());
    }

    @Test
    void whatAHostWithoutReportsTakesIsReportedAsRelayed() {
        hands.answers.put("c@there.example", new Outcome.Relayed("mx.there.example", false));
        var asked = new Recipient(Recipient.Kind.REMOTE, "c@there.example", "", "SUCCESS,FAILURE", "");
        spool.take(envelope("anna@here.example", asked, local("bob")), MAIL);
        await(this::isEmpty);
        assertTrue(
                report().contains("Action: relayed\r\nStatus: 2.0.0\r\nRemote-MTA: dns; mx.there.example"), report());
        hands.answers.put("c@there.example", new Outcome.Relayed("mx.there.example"));
        spool.take(envelope("anna@here.example", asked), MAIL);
        await(this::isEmpty);
        assertEquals(2, hands.mails.size());
    }

    @Test
    void aDelayIsReportedOnceToASenderWhoAsked() {
        hands.answers.put("c@there.example", new Outcome.Later("451 4.4.1 no answer", ""));
        var asked = new Recipient(Recipient.Kind.REMOTE, "c@there.example", "", "DELAY", "");
        spool.take(envelope("anna@here.example", asked), MAIL);
        await(() -> queue.list().getFirst().stage() == Stage.OUTGOING);
        now.updateAndGet(instant -> instant.plus(Duration.ofHours(5)));
        await(() -> hands.mails.size() == 1);
        assertTrue(report().contains("Action: delayed\r\nStatus: 4.4.1\r\nWill-Retry-Until: "), report());
        await(() -> spool.entries().size() == 1);
        Recipient left = spool.entries().getFirst().owed().getFirst().recipient();
        assertEquals("DELAY", left.notifyParameter());
        assertEquals(false, left.wantsDelay());
        now.updateAndGet(instant -> instant.plus(Duration.ofHours(5)));
        hands.answers.clear();
        await(this::isEmpty);
        assertEquals(List.of("anna", "c@there.example"), hands.got);
    }
}
