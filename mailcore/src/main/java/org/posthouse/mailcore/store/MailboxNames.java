package org.posthouse.mailcore.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.posthouse.mailcore.store.Vault.Area;
import org.posthouse.mailcore.store.Vault.Write;

/**
 * Which mailbox a name means, and whose it is.
 *
 * <p>Mail never moves: a mailbox keeps the keys it was made under, and only the name that leads there changes. Without a
 * record a name leads to the keys of the same name, as in earlier revisions. Not safe for several threads that write.
 */
final class MailboxNames {

    /** What the name of a mailbox that was set aside has between the user's name and a number. */
    static final String SET_ASIDE = "/set-aside-";

    private static final byte[] NAME = {0, 'N'};
    private static final byte[] OWNER = {0, 'W'};
    private static final byte[] SINCE = {0, 'T'};
    // The other way around: the keys of the mailbox that an owner has.
    private static final byte[] HELD = {0, 'H'};

    private final Vault vault;

    MailboxNames(Vault vault) {
        this.vault = vault;
    }

    /** Under which keys the mailbox of a name is. */
    String storage(String name) {
        return text(key(NAME, name)).orElse(name);
    }

    /** The identifier of the owner of the mailbox under these keys; empty when nothing says so yet. */
    Optional<String> owner(String storage) {
        return text(key(OWNER, storage));
    }

    private Optional<String> text(byte[] key) {
        return Optional.ofNullable(vault.get(Area.INDEX, key)).map(found -> new String(found, UTF_8));
    }

    void own(String storage, String owner) {
        var batch = new ArrayList<>(List.of(owned(storage, owner), held(storage, owner)));
        owner(storage)
                .filter(former -> !former.equals(owner))
                .flatMap(former -> released(storage, former))
                .ifPresent(batch::add);
        vault.commit(batch);
    }

    private static Write held(String storage, String owner) {
        return new Write(Area.INDEX, key(HELD, owner), storage.getBytes(UTF_8));
    }

    // An owner may have got another mailbox in the meantime.
    private Optional<Write> released(String storage, String owner) {
        return text(key(HELD, owner)).filter(storage::equals).map(any -> new Write(Area.INDEX, key(HELD, owner), null));
    }

    /**
     * The name of the mailbox that an owner has, whatever it is called; empty when there is none. Looks at every mailbox once
     * for each store of an earlier revision, and otherwise at those that were renamed or set aside.
     */
    Optional<String> heldBy(String owner) {
        if (vault.get(Area.INDEX, HELD) == null) {
            index();
        }
        return text(key(HELD, owner)).filter(storage -> isOwned(storage, owner)).flatMap(this::leading);
    }

    private void index() {
        var batch = new ArrayList<Write>();
        vault.keys(Area.INDEX, OWNER).stream()
                .map(key -> new String(key, OWNER.length, key.length - OWNER.length, UTF_8))
                .filter(storage -> !storage.isEmpty())
                .forEach(storage -> owner(storage).ifPresent(owner -> batch.add(held(storage, owner))));
        batch.add(new Write(Area.INDEX, HELD, new byte[] {1}));
        vault.commit(batch);
    }

    private Optional<String> leading(String storage) {
        return storage(storage).equals(storage)
                ? Optional.of(storage)
                : names("").filter(name -> storage(name).equals(storage)).findFirst();
    }

    /**
     * Gives the mailbox of one name another name. Whoever gets the old name later starts empty.
     *
     * @param kept whether there is anything under the new name, which is then set aside
     */
    void rename(String before, String after, boolean kept, Instant now) {
        String storage = storage(before);
        var batch = new ArrayList<Write>();
        if (before.contains(SET_ASIDE)) {
            batch.add(new Write(Area.INDEX, key(NAME, before), null));
            batch.add(new Write(Area.INDEX, key(SINCE, before), null));
        } else {
            batch.add(named(before, before + "/" + UUID.randomUUID()));
        }
        if (kept) {
            String aside = free(after, setAside(after));
            batch.add(named(aside, storage(after)));
            batch.add(new Write(Area.INDEX, key(SINCE, aside), now.toString().getBytes(UTF_8)));
        }
        batch.add(named(after, storage));
        vault.commit(batch);
    }

    private static Write owned(String storage, String owner) {
        return new Write(Area.INDEX, key(OWNER, storage), owner.getBytes(UTF_8));
    }

    private static Write named(String name, String storage) {
        return new Write(Area.INDEX, key(NAME, name), storage.getBytes(UTF_8));
    }

    /**
     * Gives a name to the mailbox of an owner. What the name led to is set aside under a name of its own.
     *
     * @return the name under which it is now
     */
    String setAside(String name, String owner, Instant now) {
        String before = storage(name);
        List<String> others = setAside(name);
        Optional<String> back =
                others.stream().filter(other -> isOwned(storage(other), owner)).findFirst();
        String aside = back.orElseGet(() -> free(name, others));
        String after = back.map(this::storage).orElse(name + "/" + owner);
        vault.commit(List.of(
                named(aside, before),
                named(name, after),
                owned(after, owner),
                held(after, owner),
                new Write(Area.INDEX, key(SINCE, aside), now.toString().getBytes(UTF_8))));
        return aside;
    }

    /** When a mailbox was set aside; empty where an earlier revision did. */
    Optional<Instant> since(String name) {
        return text(key(SINCE, name)).map(Instant::parse);
    }

    /** The names of all mailboxes that are not set aside. Reads the name of each. */
    List<String> inUse() {
        List<String> records = names("").toList();
        List<String> stored = vault.accounts();
        Set<String> filled = Set.copyOf(stored);
        Set<String> led = records.stream().map(this::storage).collect(Collectors.toSet());
        return Stream.concat(
                        stored.stream().filter(account -> !led.contains(account) && !records.contains(account)),
                        // Nothing is in the mailbox of a name whose user was renamed, until another user has the name.
                        records.stream().filter(name -> !name.contains(SET_ASIDE) && filled.contains(storage(name))))
                .toList();
    }

    /** Whether a mailbox of this name and owner was set aside. */
    boolean isSetAside(String name, String owner) {
        return setAside(name).stream().anyMatch(other -> isOwned(storage(other), owner));
    }

    private boolean isOwned(String storage, String owner) {
        return owner(storage).filter(owner::equals).isPresent();
    }

    private static String free(String name, List<String> taken) {
        int number = 1;
        while (taken.contains(name + SET_ASIDE + number)) {
            number++;
        }
        return name + SET_ASIDE + number;
    }

    /** The names of the mailboxes of earlier owners of a name. */
    List<String> setAside(String name) {
        return names(name + SET_ASIDE).toList();
    }

    /** The names of all mailboxes that were set aside. */
    List<String> allSetAside() {
        return names("").filter(name -> name.contains(SET_ASIDE)).toList();
    }

    private Stream<String> names(String beginning) {
        return vault.keys(Area.INDEX, key(NAME, beginning)).stream()
                .map(key -> new String(key, NAME.length, key.length - NAME.length, UTF_8));
    }

    /** What to write along when the mailbox of a name is removed for good. */
    List<Write> removal(String name) {
        var batch = new ArrayList<Write>();
        String storage = storage(name);
        owner(storage).flatMap(owner -> released(storage, owner)).ifPresent(batch::add);
        batch.add(new Write(Area.INDEX, key(OWNER, storage), null));
        if (name.contains(SET_ASIDE)) {
            batch.add(new Write(Area.INDEX, key(NAME, name), null));
            batch.add(new Write(Area.INDEX, key(SINCE, name), null));
        }
        return batch;
    }

    /** Whether every mailbox of an earlier revision has an owner. */
    boolean isComplete() {
        return vault.get(Area.INDEX, OWNER) != null;
    }

    void complete() {
        vault.commit(List.of(new Write(Area.INDEX, OWNER, new byte[] {1})));
    }

    private static byte[] key(byte[] kind, String name) {
        byte[] text = name.getBytes(UTF_8);
        return ByteBuffer.allocate(kind.length + text.length)
                .put(kind)
                .put(text)
                .array();
    }
}
