package org.posthouse.mailcore.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The mail of a former user becomes a folder of another mailbox, and nothing is lost. */
class HandOverTest {

    private static final Instant NOW = Instant.parse("2026-11-30T12:00:00Z");
    private static final Instant LONG_AGO = Instant.parse("2001-02-03T04:05:06Z");

    private final Store store = new Store(new MemoryVault(), Clock.fixed(NOW, ZoneOffset.UTC));

    private static void mail(Mailbox mailbox, String folder, String subject, Set<String> flags) {
        Folder into = mailbox.folder(folder).orElseGet(() -> mailbox.create(folder, ""));
        mailbox.append(into.id(), ("Subject: " + subject + "\r\n\r\n").getBytes(UTF_8), flags, LONG_AGO);
    }

    private static List<String> subjects(Mailbox mailbox, String folder) {
        return mailbox.messages(mailbox.folder(folder).orElseThrow().id()).stream()
                .map(message -> new String(mailbox.body(message).orElseThrow(), UTF_8))
                .map(text -> text.strip().substring("Subject: ".length()))
                .toList();
    }

    @Test
    void theMailIsInAFolderOfTheHeirWithItsFoldersFlagsAndDates() {
        Mailbox anna = store.mailbox("anna", "first");
        mail(anna, "INBOX", "hello", Set.of("\\Seen", "$Important"));
        mail(anna, "INBOX/kept", "below", Set.of());
        mail(anna, "Projects/2026", "plan", Set.of());
        Mailbox bob = store.mailbox("bob", "bob-id");
        mail(bob, "INBOX", "mine", Set.of());
        assertEquals("anna", store.handOver("anna", bob));
        assertEquals(List.of("mine"), subjects(bob, "INBOX"));
        assertEquals(List.of("hello"), subjects(bob, "anna"));
        assertEquals(List.of("below"), subjects(bob, "anna/kept"));
        assertEquals(List.of("plan"), subjects(bob, "anna/Projects/2026"));
        Message hello = bob.messages(bob.folder("anna").orElseThrow().id()).getFirst();
        assertTrue(hello.is("\\Seen") && hello.is("$Important"), hello::toString);
        assertEquals(LONG_AGO, hello.received());
        assertFalse(store.exists("anna"), "the former mailbox is gone");
    }

    @Test
    void aFolderOfThatNameStaysAsItIs() {
        Mailbox bob = store.mailbox("bob", "bob-id");
        mail(bob, "anna", "from anna", Set.of());
        mail(store.mailbox("anna", "first"), "INBOX", "old", Set.of());
        mail(store.mailbox("anna", "second"), "INBOX", "new", Set.of());
        assertEquals(List.of("anna/set-aside-1"), store.setAside());
        assertEquals(Optional.of(NOW), store.setAsideSince("anna/set-aside-1"));
        assertEquals("anna 2", store.handOver("anna/set-aside-1", bob));
        assertEquals(List.of("old"), subjects(bob, "anna 2"));
        assertEquals(List.of("from anna"), subjects(bob, "anna"));
        assertEquals(List.of(), store.setAside());
        assertEquals(List.of("new"), subjects(store.mailbox("anna", "second"), "INBOX"), "the new anna keeps hers");
    }

    @Test
    void mailboxesThatAreNotSetAsideAreListedByTheNamesOfTheirUsers() {
        mail(store.mailbox("anna", "first"), "INBOX", "old", Set.of());
        mail(store.mailbox("anna", "second"), "INBOX", "new", Set.of());
        mail(store.mailbox("a/b", "id"), "INBOX", "slash", Set.of());
        mail(store.mailbox("zoë", "id"), "INBOX", "x", Set.of());
        assertEquals(Set.of("anna", "a/b", "zoë"), Set.copyOf(store.accounts()));
        assertEquals(3, store.accounts().size());
    }
}
