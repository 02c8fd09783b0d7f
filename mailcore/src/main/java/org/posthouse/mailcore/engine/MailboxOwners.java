package org.posthouse.mailcore.engine;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.posthouse.mailcore.people.People;
import org.posthouse.mailcore.status.Orders.NotPossible;
import org.posthouse.mailcore.status.Orders.Verdict;
import org.posthouse.mailcore.store.Store;
import org.posthouse.mailcore.store.StoreFailure;
import org.posthouse.schema.directory.Directory;
import org.posthouse.schema.directory.DirectoryException;
import org.posthouse.schema.tree.Entry;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.value.LoginName;
import org.posthouse.schema.value.MailboxId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out whose the mailboxes are that an earlier revision made without noting it.
 *
 * @param store the mailboxes
 * @param residents the people whose mailboxes are here
 * @param directory where users are looked for who are no residents now, but may be again
 */
record MailboxOwners(Store store, People residents, Supplier<Directory> directory) {

    private static final Logger LOG = LoggerFactory.getLogger(MailboxOwners.class);
    private static final int FEW = 20;

    /** Notes the owners of all mailboxes once for each store, beside the agents, which need not wait for it. */
    void begin() {
        Thread.ofVirtual().name("mailbox-owners").start(this::identify);
    }

    private void identify() {
        try {
            int found = store.identify(this::of);
            if (found > 0) {
                LOG.info("Recorded the owners of {} mailboxes from an earlier version", found);
            }
        } catch (DirectoryException | StoreFailure later) {
            LOG.info("The owners of mailboxes are recorded later: {}", later.getMessage());
        }
    }

    // An owner that is nobody keeps the mail from whoever gets the name next, until somebody hands it over.
    private String of(String account) {
        return residents.owner(account).or(() -> elsewhere(account)).orElseGet(() -> "unknown-" + UUID.randomUUID());
    }

    private Optional<String> elsewhere(String account) {
        List<Entry> users = directory.get().find(account, Set.of(Kind.USER), FEW).stream()
                .filter(user -> LoginName.same(user.name(), account))
                .toList();
        return users.size() == 1 ? users.getFirst().value(MailboxId.ATTRIBUTE) : Optional.empty();
    }

    /**
     * Whether no user has this mailbox any more, under its name or another one, here or where this server may keep
     * mailboxes again. Asks the directory.
     */
    boolean isDeserted(String account) {
        return residents.owner(account).or(() -> elsewhere(account)).isEmpty() && isAbandoned(account);
    }

    /** Whether no user has the identifier of this mailbox, whatever the names are. Asks the directory. */
    boolean isAbandoned(String mailbox) {
        return store.owner(mailbox)
                .filter(owner -> !directory.get().usersOfMailbox(owner).isEmpty())
                .isEmpty();
    }

    /**
     * Whether a user of this name has a mailbox identifier. Asks the directory. Throws StoreFailure when it does not answer, as
     * nobody's mailbox may be opened by a guess.
     */
    static boolean isUser(Supplier<Directory> directory, String name, String owner) {
        try {
            return directory.get().usersOfMailbox(owner).stream().anyMatch(user -> LoginName.same(user.name(), name));
        } catch (DirectoryException unknown) {
            throw new StoreFailure(
                    "it is not known whether the user " + name + " was renamed: " + unknown.getMessage(), unknown);
        }
    }

    /** What is in the mailbox of a name: how many messages, and the identifier of its owner. */
    Verdict verdict(String name) {
        try {
            String account = LoginName.key(name);
            store.identify(account, this::of);
            int messages =
                    store.exists(account) ? store.mailbox(account).contents().messages() : 0;
            return messages == 0
                    ? new Verdict("empty", "")
                    : new Verdict("mail", messages + " " + store.owner(account).orElse(""));
        } catch (StoreFailure failure) {
            throw new NotPossible("The message store cannot be read: " + failure.getMessage() + ".");
        }
    }
}
