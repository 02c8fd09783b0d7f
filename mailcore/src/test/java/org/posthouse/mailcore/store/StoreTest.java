package org.posthouse.mailcore.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.posthouse.schema.value.MailboxId;

class StoreTest {

    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-30T09:00:00Z"), ZoneOffset.UTC);

    private final MemoryVault vault = new MemoryVault();
    private Store store = new Store(vault, CLOCK);

    private static void mail(Mailbox mailbox, String text) {
        int inbox = mailbox.folder(Folder.INBOX).orElseThrow().id();
        mailbox.append(inbox, ("Subject: " + text + "\r\n\r\n").getBytes(UTF_8), Set.of(), CLOCK.instant());
    }

    private static int messages(Mailbox mailbox) {
        return mailbox.contents().messages();
    }

    private void restart() {
        store = new Store(vault, CLOCK);
    }

    @Test
    void aNewUserOfADeletedUsersNameStartsEmptyAndNothingIsLost() {
        mail(store.mailbox("anna", "first"), "secret");
        restart();
        Mailbox second = store.mailbox("anna", "second");
        assertEquals(0, messages(second));
        mail(second, "mine");
        mail(second, "mine too");
        restart();
        assertEquals(2, messages(store.mailbox("anna", "second")));
        assertEquals(List.of("anna/set-aside-1"), store.setAside());
        assertEquals(1, messages(store.mailbox("anna/set-aside-1")));
        assertEquals(Optional.of("first"), store.owner("anna/set-aside-1"));
    }

    @Test
    void theOwnerWhoComesBackFindsTheMailAndTheOtherKeepsTheirs() {
        mail(store.mailbox("anna", "first"), "old");
        mail(store.mailbox("anna", "second"), "one");
        mail(store.mailbox("anna", "second"), "two");
        assertEquals(1, messages(store.mailbox("anna", "first")));
        restart();
        assertEquals(1, messages(store.mailbox("anna", "first")));
        assertEquals(2, messages(store.mailbox("anna", "second")));
        assertEquals(0, messages(store.mailbox("anna", "third")));
        assertEquals(2, store.setAside().size());
    }

    @Test
    void aSessionOfTheOldOwnerStaysInTheOldMailbox() {
        Mailbox old = store.mailbox("anna", "first");
        Mailbox fresh = store.mailbox("anna", "second");
        mail(old, "late");
        assertEquals(0, messages(fresh));
        assertSame(old, store.mailbox("anna/set-aside-1"));
    }

    @Test
    void aMailboxOfAnEarlierRevisionBelongsToItsUserAndNotToTheNextOne() {
        mail(store.mailbox("anna"), "hers");
        mail(store.mailbox("gone"), "nobody's");
        assertEquals(2, store.identify(name -> name.equals("anna") ? "anna-id" : "unknown-1"));
        assertEquals(0, store.identify(name -> "another"));
        restart();
        assertEquals(1, messages(store.mailbox("anna", "anna-id")));
        assertEquals(0, messages(store.mailbox("gone", "new-id")));
        assertEquals(1, messages(store.mailbox("gone", "unknown-1")), "handed over by its identifier");
    }

    @Test
    void aMailboxThatHasNoOwnerYetBecomesTheFirstVisitors() {
        mail(store.mailbox("anna"), "hers");
        assertEquals(1, messages(store.mailbox("anna", "anna-id")));
        assertEquals(0, messages(store.mailbox("anna", "another")));
    }

    @Test
    void aMailboxThatIsHandedOverKeepsItsMailAndIsNotTheNextUsers() {
        mail(store.mailbox("anna", "first"), "old");
        assertEquals(1, messages(store.mailbox("anna", MailboxId.HAND_OVER)));
        restart();
        assertEquals(1, messages(store.mailbox("anna", MailboxId.HAND_OVER)));
        assertEquals(0, messages(store.mailbox("anna", "third")));
        mail(store.mailbox("anna", "third"), "private");
        mail(store.mailbox("anna", "third"), "private too");
        assertEquals(1, messages(store.mailbox("anna", MailboxId.HAND_OVER)), "restored by undo");
    }

    @Test
    void whatWasSetAsideCanBeRemovedForGood() {
        mail(store.mailbox("anna", "first"), "old");
        store.mailbox("anna", "second");
        store.remove("anna/set-aside-1");
        restart();
        assertEquals(List.of(), store.setAside());
        assertFalse(store.exists("anna/set-aside-1"));
        assertTrue(store.exists("anna"));
        store.remove("anna");
        assertEquals(0, messages(store.mailbox("anna", "third")));
        assertEquals(List.of(), store.setAside());
    }

    @Test
    void everyAccountIsListedOnceHoweverMuchMailItHas() {
        var names = new ArrayList<String>();
        for (String name : List.of("anna", "anna b", "bob", "eva@xn--bcher-kva.test", "zoë")) {
            mail(store.mailbox(name, "id"), "x");
            store.mailbox(name).open();
            names.add(name);
        }
        assertEquals(names, vault.accounts());
    }

    private final Set<String> users = new HashSet<>();

    private void following() {
        store = new Store(vault, CLOCK, (name, owner) -> users.contains(name + " " + owner));
    }

    @Test
    void aMailboxFollowsItsUserToAnotherName() {
        following();
        mail(store.mailbox("anna", "first"), "old");
        following();
        assertEquals(1, messages(store.mailbox("anna maria", "first")));
        assertEquals(List.of("anna maria"), store.accounts());
        assertEquals(0, messages(store.mailbox("anna", "second")), "the next anna starts empty");
        assertEquals(List.of(), store.setAside());
        following();
        assertEquals(1, messages(store.mailbox("anna maria", "first")));
        mail(store.mailbox("anna", "second"), "hers");
        assertEquals(Set.of("anna", "anna maria"), Set.copyOf(store.accounts()));
        store.remove("anna maria");
        assertEquals(1, messages(store.mailbox("anna", "second")));
        assertEquals(List.of("anna"), store.accounts());
    }

    @Test
    void aMailboxFollowsThereAndBackAndOnTopOfThatOfAFormerUser() {
        following();
        mail(store.mailbox("bob", "bob-id"), "bob's");
        mail(store.mailbox("anna", "first"), "old");
        mail(store.mailbox("anna", "first"), "old too");
        assertEquals(2, messages(store.mailbox("bob", "first")));
        assertEquals(List.of("bob/set-aside-1"), store.setAside());
        assertEquals(2, messages(store.mailbox("anna", "first")));
        assertEquals(1, messages(store.mailbox("bob", "bob-id")));
        assertEquals(1, messages(store.mailbox("robert", "bob-id")), "from where it was set aside");
    }

    @Test
    void whatWasSetAsideFollowsItsOwner() {
        following();
        mail(store.mailbox("anna", "first"), "old");
        mail(store.mailbox("anna", "second"), "new");
        mail(store.mailbox("anna", "second"), "new too");
        assertEquals(1, messages(store.mailbox("maria", "first")));
        assertEquals(List.of(), store.setAside());
        assertEquals(2, messages(store.mailbox("anna", "second")));
    }

    @Test
    void aMailboxOfAnotherUserWhoHasTheSameIdentifierStays() {
        users.add("anna shared");
        following();
        mail(store.mailbox("anna", "shared"), "hers");
        assertEquals(0, messages(store.mailbox("bob", "shared")));
        assertEquals(1, messages(store.mailbox("anna", "shared")));
    }

    @Test
    void aMailboxOfAnEarlierRevisionFollowsToo() {
        store.mailbox("anna");
        vault.commit(List.of(new Vault.Write(Vault.Area.INDEX, "\0Wanna".getBytes(UTF_8), "first".getBytes(UTF_8))));
        mail(store.mailbox("anna"), "old");
        following();
        assertEquals(1, messages(store.mailbox("anna maria", "first")));
    }

    @Test
    void nobodyOpensAMailboxByAGuessWhileTheDirectoryIsDown() {
        following();
        mail(store.mailbox("anna", "first"), "old");
        store = new Store(vault, CLOCK, (name, owner) -> {
            throw new StoreFailure("down", new IllegalStateException());
        });
        assertThrows(StoreFailure.class, () -> store.mailbox("anna maria", "first"));
        assertEquals(1, messages(store.mailbox("anna", "first")));
        assertEquals(0, messages(store.mailbox("karl", "third")), "who has no mailbox yet gets one");
    }
}
