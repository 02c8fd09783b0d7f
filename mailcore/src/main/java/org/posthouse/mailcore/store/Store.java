package org.posthouse.mailcore.store;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiPredicate;
import java.util.function.Function;
import org.posthouse.mailcore.compute.ComputePool;
import org.posthouse.schema.value.MailboxId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All mailboxes of one NMAP Agent. A mailbox comes to be when it is asked for: at the first login or message.
 *
 * <p>The store remembers whose a mailbox is. When a new user has the name of a deleted one, the mailbox of the deleted
 * user is set aside under the name {@code NAME/set-aside-N}, with everything in it, and the new user starts empty. Safe
 * for use by several threads.
 */
public final class Store {

    private static final Logger LOG = LoggerFactory.getLogger(Store.class);

    private final Vault vault;
    private final Clock clock;
    private final BiPredicate<String, String> users;
    private final MailboxNames names;
    private final DamagedMessages damaged = new DamagedMessages();
    private final ReentrantLock lock = new ReentrantLock();
    // All sessions of an account share one mailbox object: soft values stay as long as anybody holds them.
    private final Cache<String, Mailbox> mailboxes =
            Caffeine.newBuilder().softValues().build();

    /** Keeps mailboxes in this vault, which stays the caller's to close. No mailbox follows its user to another name. */
    public Store(Vault vault, Clock clock) {
        this(vault, clock, (name, owner) -> true);
    }

    /**
     * The same, with mailboxes that follow their users.
     *
     * @param users whether there is a user of this name with this mailbox identifier; may throw StoreFailure
     */
    public Store(Vault vault, Clock clock, BiPredicate<String, String> users) {
        this.vault = vault;
        this.clock = clock;
        this.users = users;
        this.names = new MailboxNames(vault);
    }

    /** The messages that were found to be damaged. */
    public DamagedMessages damaged() {
        return damaged;
    }

    /** How many octets are free on its volume. Throws StoreFailure when nobody knows. */
    public long free() {
        return vault.free();
    }

    /** The mailbox of this name, whoever its owner is: for administrators. */
    public Mailbox mailbox(String name) {
        return at(name, names.storage(name));
    }

    private Mailbox at(String name, String storage) {
        return mailboxes.get(storage, keys -> new Mailbox(name, keys, vault, clock, damaged));
    }

    /**
     * The mailbox of a user. One that belongs to another owner is set aside before; one that has no owner yet becomes
     * the user's. The owner {@link MailboxId#HAND_OVER} takes over the mailbox that is there. The mailbox of a user who was
     * renamed follows to the new name. Throws StoreFailure when that has to be found out and cannot.
     *
     * @param account the user's name, normalized
     * @param owner the user's mailbox identifier; empty when there is none, and then any mailbox of the name will do
     */
    public Mailbox mailbox(String account, String owner) {
        String storage = names.storage(account);
        if (owner.isEmpty() || names.owner(storage).filter(owner::equals).isPresent()) {
            return at(account, storage);
        }
        lock.lock();
        try {
            return at(account, owned(account, owner));
        } finally {
            lock.unlock();
        }
    }

    private String owned(String account, String owner) {
        String storage = names.storage(account);
        Optional<String> known = names.owner(storage);
        boolean handedOver = owner.equals(MailboxId.HAND_OVER) && !names.isSetAside(account, owner);
        Optional<String> former = isStored(storage) && known.isEmpty() ? Optional.empty() : former(owner);
        if (former.isPresent()) {
            names.rename(former.get(), account, isStored(storage), clock.instant());
            LOG.info("The mailbox {} is {} now, like its user", former.get(), account);
        } else if (known.isEmpty() || handedOver || !isStored(storage)) {
            names.own(storage, owner);
        } else if (!known.get().equals(owner)) {
            String aside = names.setAside(account, owner, clock.instant());
            LOG.warn("The mailbox {} belonged to another user of that name. It is set aside as {}.", account, aside);
        }
        return names.storage(account);
    }

    // The name that a user had before, when the mailbox of the user is still under it.
    private Optional<String> former(String owner) {
        return owner.equals(MailboxId.HAND_OVER)
                ? Optional.empty()
                : names.heldBy(owner)
                        .filter(this::exists)
                        .filter(name -> name.contains(MailboxNames.SET_ASIDE) || !users.test(name, owner));
    }

    /** When the account's owner last opened its mailbox; empty when nobody ever did, or there is none. */
    public Optional<Instant> opened(String account) {
        String storage = names.storage(account);
        Mailbox known = mailboxes.getIfPresent(storage);
        return known != null
                ? known.opened()
                : Optional.ofNullable(vault.get(Vault.Area.INDEX, new Keys(storage).opened()))
                        .map(Forms::moment);
    }

    /** Whether there is a mailbox of this name already. */
    public boolean exists(String name) {
        return isStored(names.storage(name));
    }

    private boolean isStored(String storage) {
        return !vault.range(Vault.Area.INDEX, new Keys(storage).folders()).isEmpty();
    }

    /** A buffer for a message on its way in or out, about so large. */
    public TransitBuffer buffer(int expected) {
        return new TransitBuffer(vault.temp(), expected);
    }

    /** Removes a mailbox with everything in it for good. All or nothing. */
    public void remove(String name) {
        ComputePool.shared().call(() -> {
            mailbox(name).remove(names.removal(name));
            return true;
        });
    }

    /** The names of the mailboxes whose owner lost the name to another user. */
    public List<String> setAside() {
        return names.allSetAside();
    }

    /** When a mailbox was set aside; empty for others, and where an earlier revision did it. */
    public Optional<Instant> setAsideSince(String name) {
        return names.since(name);
    }

    /** The names of the mailboxes that are not set aside, whether or not there is a user of the name. Reads each name. */
    public List<String> accounts() {
        return names.inUse();
    }

    /**
     * Copies all mail of a mailbox into a folder of another one, with the folders in it, and then removes the first one for
     * good. When it fails in between, the first one is still whole.
     *
     * @param name the mailbox that goes
     * @param target the mailbox that gets its mail
     * @return the folder in which the mail is now
     */
    public String handOver(String name, Mailbox target) {
        Mailbox source = mailbox(name);
        String former = formerOwner(name);
        String top = former;
        for (int number = 2; target.folder(top).isPresent(); number++) {
            top = former + " " + number;
        }
        for (Folder folder : source.folders()) {
            List<Message> messages = source.messages(folder.id());
            if (!messages.isEmpty() || folder.name().equals(Folder.INBOX)) {
                Folder into = folder(target, under(top, folder.name()));
                for (Message message : messages) {
                    source.body(message)
                            .ifPresent(octets -> target.append(into.id(), octets, message.flags(), message.received()));
                }
            }
        }
        remove(name);
        return top;
    }

    private static Folder folder(Mailbox target, String name) {
        return target.folder(name).orElseGet(() -> target.create(name, ""));
    }

    // What was in the inbox is in the folder itself; no folder within another one is an inbox.
    private static String under(String top, String folder) {
        String below = Folder.isInbox(folder) ? folder.substring(Folder.INBOX.length()) : "/" + folder;
        return top + below;
    }

    /** The name of the user whose mailbox it was: "anna" of {@code anna/set-aside-1}. */
    public static String formerOwner(String name) {
        int at = name.lastIndexOf(MailboxNames.SET_ASIDE);
        return at < 0 ? name : name.substring(0, at);
    }

    /** The identifier of the owner of a mailbox; empty when there is none, or nothing says whose it is. */
    public Optional<String> owner(String name) {
        return names.owner(names.storage(name));
    }

    /**
     * Notes whose the mailboxes are that an earlier revision made, once for each store: later a new user of the same
     * name could not be told from the old one. Stops at an exception and begins again with the next call.
     *
     * @param owners the identifier for the mailbox of a name
     * @return how many mailboxes were without an owner
     */
    public int identify(Function<String, String> owners) {
        if (names.isComplete()) {
            return 0;
        }
        int found = 0;
        for (String account : vault.accounts()) {
            if (names.owner(account).isEmpty()) {
                identify(account, owners);
                found++;
            }
        }
        names.complete();
        return found;
    }

    /** As {@link #identify(Function)}, for one mailbox. */
    public void identify(String name, Function<String, String> owners) {
        String storage = names.storage(name);
        if (names.owner(storage).isPresent() || !isStored(storage)) {
            return;
        }
        String owner = owners.apply(name);
        lock.lock();
        try {
            if (names.owner(storage).isEmpty()) {
                names.own(storage, owner);
            }
        } finally {
            lock.unlock();
        }
    }
}
