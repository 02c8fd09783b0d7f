package org.posthouse.mailcore.store;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.posthouse.mailcore.compute.ComputePool;
import org.posthouse.mailcore.store.Vault.Area;
import org.posthouse.mailcore.store.Vault.Write;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One user's messages in folders. Safe for many sessions at a time; each change is durable when its method returns, and
 * told to the {@link Feed} before that.
 */
public final class Mailbox {

    private static final Logger LOG = LoggerFactory.getLogger(Mailbox.class);
    private static final Duration NOTED = Duration.ofHours(1);
    // More messages than these are not read on a thread that others need.
    private static final int FEW = 250;

    private final String account;
    private final Keys keys;
    private final Vault vault;
    private final Clock clock;
    private final Feed feed = new Feed();
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Integer, Folder> folders = new HashMap<>();
    // Names that are subscribed to and have no folder any more (RFC 3501 6.3.6).
    private final Set<String> orphans = new TreeSet<>();
    private final Map<Integer, List<Message>> indexes = new HashMap<>();
    private final SummaryMemory summaries;
    private final BodyPieces bodies;
    private final DamagedMessages damaged;
    private int lastId;
    private long lastValidity;
    private volatile Optional<Instant> opened = Optional.empty();

    /** Opens or makes the mailbox of an account, kept under the keys of a name that may differ. */
    Mailbox(String account, String storage, Vault vault, Clock clock, DamagedMessages damaged) {
        this.damaged = damaged;
        this.account = account;
        this.keys = new Keys(storage);
        this.vault = vault;
        this.clock = clock;
        this.summaries = new SummaryMemory(vault, keys);
        this.bodies = new BodyPieces(vault);
        load();
        unite();
        furnish();
    }

    private void load() {
        bodies.tidy(keys.unfinished());
        opened = Optional.ofNullable(vault.get(Area.INDEX, keys.opened())).map(Forms::moment);
        vault.range(Area.INDEX, keys.subscriptions()).forEach(pair -> orphans.add(Forms.name(pair.value())));
        for (var pair : vault.range(Area.INDEX, keys.folders())) {
            Folder folder = Forms.folder(pair.value());
            lastId = Math.max(lastId, folder.id());
            lastValidity = Math.max(lastValidity, folder.uidValidity());
            if (!folder.name().isEmpty()) {
                folders.put(folder.id(), folder);
            }
        }
    }

    // Earlier revisions kept folders below "inbox" and "Inbox" apart from those below INBOX, and two sessions that made
    // a folder at the same moment got one each, of which only one could be seen.
    private void unite() {
        var names = new HashSet<String>();
        var astray = folders.values().stream()
                .sorted(Comparator.comparingInt(Folder::id))
                .filter(folder -> !folder.name().equals(Folder.canonical(folder.name())) || !names.add(folder.name()))
                .toList();
        for (Folder folder : astray) {
            String name = Folder.canonical(folder.name());
            String free = name;
            for (int number = 2; named(free); number++) {
                free = name + "-" + number;
            }
            write(List.of(folder.named(free)));
            LOG.info("The folder {} of {} is now {}", folder.name(), account, free);
        }
    }

    private boolean named(String name) {
        return folders.values().stream().anyMatch(folder -> folder.name().equals(name));
    }

    // A new mailbox has what mail programs look for, marked by use (RFC 6154): none of them needs to make its own. One
    // that was removed is new again when somebody asks for its folders.
    private void furnish() {
        if (folders.isEmpty()) {
            var batch = new ArrayList<Write>();
            var made = new ArrayList<Folder>();
            made.add(make(Folder.INBOX, "", true, batch));
            Folder.SPECIAL.forEach(name -> made.add(make(name, "\\" + name, true, batch)));
            vault.commit(batch);
            made.forEach(folder -> folders.put(folder.id(), folder));
        }
    }

    private Folder make(String name, String use, boolean subscribed, List<Write> batch) {
        lastValidity = Math.max(clock.instant().getEpochSecond(), lastValidity + 1);
        var folder = new Folder(++lastId, name, lastValidity, 1, 1, 1, use, subscribed);
        batch.add(new Write(Area.INDEX, keys.folder(folder.id()), Forms.of(folder)));
        return folder;
    }

    /** Whose it is. */
    public String account() {
        return account;
    }

    /** What happens in it. */
    public Feed feed() {
        return feed;
    }

    /** The time by the clock of the store. */
    public Instant now() {
        return clock.instant();
    }

    /** When its owner last opened it; empty when nobody ever did. Up to an hour early after a restart. */
    public Optional<Instant> opened() {
        return opened;
    }

    /** Notes that its owner opens it now. That the disk has no room for the note keeps nobody from the mail. */
    public void open() {
        locked(() -> {
            Instant now = clock.instant();
            Optional<Instant> before = opened;
            opened = Optional.of(now);
            // Programs that look every minute shall not cost a write each.
            if (before.filter(at -> at.plus(NOTED).isAfter(now)).isEmpty()) {
                note(now);
            }
            return opened;
        });
    }

    private void note(Instant now) {
        try {
            vault.commit(List.of(new Write(Area.INDEX, keys.opened(), Forms.of(now))));
        } catch (StoreFailure failure) {
            LOG.warn(
                    "The time at which the mailbox of {} was opened cannot be recorded: {}",
                    account,
                    failure.getMessage());
        }
    }

    private <T> T locked(Supplier<T> work) {
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }

    /** All folders by name. */
    public List<Folder> folders() {
        return locked(() -> {
            furnish();
            return folders.values().stream()
                    .sorted((a, b) -> a.name().compareTo(b.name()))
                    .toList();
        });
    }

    /** The folder of this name; the inbox has one in any case. */
    public Optional<Folder> folder(String name) {
        String known = Folder.canonical(name);
        return locked(() -> {
            furnish();
            return folders.values().stream()
                    .filter(folder -> folder.name().equals(known))
                    .findFirst();
        });
    }

    /** The folder as it is now. Throws FolderGone. */
    public Folder folder(int id) {
        return locked(() -> present(id));
    }

    private Folder present(int id) {
        Folder folder = folders.get(id);
        if (folder == null) {
            throw new FolderGone();
        }
        return folder;
    }

    /**
     * Makes a folder, and those above it that are missing. Nobody is subscribed to them (RFC 3501 6.3.6) who was not
     * subscribed to the name before. Throws FolderExists.
     */
    public Folder create(String wanted, String use) {
        String name = Folder.canonical(wanted);
        return locked(() -> {
            if (named(name)) {
                throw new FolderExists();
            }
            var batch = new ArrayList<Write>();
            var made = new ArrayList<Folder>();
            for (int at = name.indexOf('/'); at > 0; at = name.indexOf('/', at + 1)) {
                String above = name.substring(0, at);
                if (folder(above).isEmpty()) {
                    made.add(make(above, "", orphans.contains(above), batch));
                }
            }
            made.add(make(name, use, orphans.contains(name), batch));
            made.forEach(folder -> batch.add(new Write(Area.INDEX, keys.subscription(folder.name()), null)));
            vault.commit(batch);
            made.forEach(folder -> {
                folders.put(folder.id(), folder);
                orphans.remove(folder.name());
            });
            return made.getLast();
        });
    }

    /** Deletes a folder with its messages; folders below it stay. */
    public void delete(int id) {
        locked(() -> {
            Folder folder = present(id);
            var batch = new ArrayList<Write>();
            List<Message> gone = List.copyOf(index(id));
            remove(id, gone, batch);
            // The last folder's number must not come again, so its record stays without a name.
            byte[] left = folder.id() == lastId ? Forms.of(folder.named("")) : null;
            batch.add(new Write(Area.INDEX, keys.folder(id), left));
            if (folder.subscribed()) {
                batch.add(new Write(Area.INDEX, keys.subscription(folder.name()), Forms.name(folder.name())));
            }
            vault.commit(batch);
            if (folder.subscribed()) {
                orphans.add(folder.name());
            }
            folders.remove(id);
            indexes.remove(id);
            feed.tell(new Change.Closed(id));
            return folder;
        });
    }

    /** How much is in it now. */
    public Contents contents() {
        return ComputePool.shared().call(() -> locked(this::counted));
    }

    private Contents counted() {
        var messages =
                folders.keySet().stream().flatMap(id -> index(id).stream()).toList();
        return new Contents(
                folders.size(),
                messages.size(),
                messages.stream().mapToLong(Message::size).sum());
    }

    /**
     * How much a mailbox holds.
     *
     * @param folders how many folders
     * @param messages how many messages in all of them
     * @param octets their sizes together; copies that share their octets count each
     */
    public record Contents(int folders, int messages, long octets) {}

    /**
     * Removes the mailbox with everything in it for good; sessions that look at a folder lose it. All or nothing.
     *
     * @param along what is written in the same commit
     */
    void remove(List<Write> along) {
        locked(() -> {
            var batch = new ArrayList<>(along);
            for (Area area : Area.values()) {
                vault.keys(area, keys.all()).forEach(key -> batch.add(new Write(area, key, null)));
            }
            vault.commit(batch);
            List<Integer> gone = List.copyOf(folders.keySet());
            folders.clear();
            orphans.clear();
            indexes.clear();
            opened = Optional.empty();
            gone.forEach(id -> feed.tell(new Change.Closed(id)));
            return gone;
        });
    }

    /**
     * Gives another name to a folder and to all below it. The inbox cannot be renamed: move its messages. Throws
     * FolderExists when one of the new names is taken, and FolderGone.
     */
    public void rename(int id, String wanted) {
        String to = Folder.canonical(wanted);
        locked(() -> {
            String from = present(id).name();
            var renamed = folders.values().stream()
                    .filter(folder -> folder.id() == id || folder.name().startsWith(from + "/"))
                    .map(folder -> folder.named(to + folder.name().substring(from.length())))
                    .toList();
            if (renamed.stream().anyMatch(folder -> named(folder.name()))) {
                throw new FolderExists();
            }
            write(renamed);
            renamed.forEach(folder -> unsubscribe(folder.name()));
            return from;
        });
    }

    /** Subscribes to a folder, or no longer. */
    public void subscribe(int id, boolean wanted) {
        locked(() -> {
            write(List.of(present(id).subscribed(wanted)));
            return wanted;
        });
    }

    /** The names that are subscribed to although there is no such folder any more. */
    public Set<String> orphanSubscriptions() {
        return locked(() -> Set.copyOf(orphans));
    }

    /** Forgets the subscription to a name that has no folder. */
    public void unsubscribe(String name) {
        String known = Folder.canonical(name);
        locked(() -> {
            vault.commit(List.of(new Write(Area.INDEX, keys.subscription(known), null)));
            return orphans.remove(known);
        });
    }

    private void write(List<Folder> changed) {
        vault.commit(changed.stream()
                .map(folder -> new Write(Area.INDEX, keys.folder(folder.id()), Forms.of(folder)))
                .toList());
        changed.forEach(folder -> folders.put(folder.id(), folder));
    }

    /** The first UID that no session has seen yet; from now on none is. */
    public long claimRecent(int id) {
        return locked(() -> {
            Folder folder = present(id);
            folders.put(id, folder.claimed());
            return folder.recentFrom();
        });
    }

    /** The messages of a folder by UID, as they are now: this list never changes. */
    public List<Message> messages(int id) {
        Supplier<List<Message>> listed = () -> locked(() -> List.copyOf(index(id)));
        return toLoad(id) > FEW ? ComputePool.shared().call(listed) : listed.get();
    }

    /** How many messages a folder has that must be read from the store before it can be shown; 0 when they were read. */
    int toLoad(int id) {
        return locked(() -> indexes.containsKey(id) ? 0 : present(id).most());
    }

    private List<Message> index(int id) {
        present(id);
        return indexes.computeIfAbsent(id, missing -> {
            var read = new ArrayList<Message>();
            vault.range(Area.INDEX, keys.messages(id)).forEach(pair -> read.add(Forms.message(pair.value())));
            return read;
        });
    }

    /** The octets of a message, or a stand-in when they are damaged; empty when it has been expunged. */
    public Optional<byte[]> body(Message message) {
        try {
            byte[] octets = bodies.read(keys.body(message.body()), message.size());
            return octets != null || references(message.body()) == 0
                    ? Optional.ofNullable(octets)
                    : Optional.of(standIn(message));
        } catch (Damage found) {
            StoreFaults.note("Mailbox " + account, found);
            return Optional.of(standIn(message));
        }
    }

    private byte[] standIn(Message message) {
        String subject = summary(message).map(DamagedMessages::subject).orElse("");
        for (byte[] reference : vault.keys(Area.INDEX, keys.references(message.body()))) {
            Keys.Position at = Keys.position(reference);
            String folder = locked(() -> Optional.ofNullable(folders.get(at.folder())))
                    .map(Folder::name)
                    .orElse("");
            var found = new DamagedMessages.Damaged(account, folder, at.uid(), subject);
            if (damaged.add(found)) {
                LOG.error("A message is damaged. {}", found);
            }
        }
        return DamagedMessages.standIn(subject, message.size());
    }

    /** A buffer for a message on its way in or out, about so large. */
    public TransitBuffer buffer(int expected) {
        return new TransitBuffer(vault.temp(), expected);
    }

    /** What lists show of a message; empty when it has been expunged. */
    public Optional<Summary> summary(Message message) {
        return summaries.of(message);
    }

    /** Adds a message. */
    public Message append(int id, byte[] octets, Set<String> flags, Instant received) {
        return append(id, octets, flags, received, List.of());
    }

    /** Adds a message; {@code along} is written in the same commit, such as its departure from the queue. */
    public Message append(int id, byte[] octets, Set<String> flags, Instant received, List<Write> along) {
        Summary summary = ComputePool.shared().callFor(octets.length, () -> Summary.of(octets));
        var message =
                new Message(0, new FlagChange(FlagChange.Manner.REPLACE, flags).flags(), received, octets.length, 0, 0);
        if (BodyPieces.isLarge(octets.length)) {
            return appendLarge(id, octets, message, summary, along);
        }
        return locked(() -> {
            long body = (long) id << 32 | present(id).uidNext();
            var batch = new ArrayList<>(along);
            batch.add(new Write(Area.BODIES, keys.body(body), octets));
            return append(id, message.of(body), summary, batch);
        });
    }

    // Nobody waits for the mailbox while a large message is written: only the entry in the index needs it.
    private Message appendLarge(int id, byte[] octets, Message message, Summary summary, List<Write> along) {
        folder(id);
        // Smaller messages are numbered from 0 up.
        long body = Long.MIN_VALUE | ThreadLocalRandom.current().nextLong();
        byte[] mark = keys.unfinished(body);
        bodies.write(keys.body(body), mark, octets);
        try {
            return locked(() -> {
                var batch = new ArrayList<>(along);
                batch.add(new Write(Area.INDEX, mark, null));
                return append(id, message.of(body), summary, batch);
            });
        } catch (FolderGone | StoreFailure failure) {
            bodies.discard(keys.body(body), mark, octets.length, failure);
            throw failure;
        }
    }

    private Message append(int id, Message unnumbered, Summary summary, List<Write> batch) {
        Folder folder = present(id);
        Message message = unnumbered.as(folder.uidNext(), folder.modSeq() + 1);
        batch.add(new Write(Area.INDEX, keys.summary(message.body()), Forms.of(summary)));
        add(folder, List.of(message), batch);
        vault.commit(batch);
        added(folder, List.of(message));
        return message;
    }

    private void add(Folder folder, List<Message> messages, List<Write> batch) {
        Folder grown = folder.grown(messages.size(), messages.getLast().modSeq());
        batch.add(new Write(Area.INDEX, keys.folder(folder.id()), Forms.of(grown)));
        for (var message : messages) {
            batch.add(new Write(Area.INDEX, keys.message(folder.id(), message.uid()), Forms.of(message)));
            byte[] reference = keys.reference(message.body(), folder.id(), message.uid());
            batch.add(new Write(Area.INDEX, reference, new byte[0]));
        }
    }

    private void added(Folder folder, List<Message> messages) {
        folders.put(
                folder.id(), folder.grown(messages.size(), messages.getLast().modSeq()));
        List<Message> index = indexes.get(folder.id());
        for (var message : messages) {
            if (index != null) {
                index.add(message);
            }
            feed.tell(new Change.Added(folder.id(), message));
        }
    }

    /**
     * Changes flags.
     *
     * @param unchangedSince messages changed later are left alone; Long.MAX_VALUE for none, 0 for those that have one of
     *     the flags
     * @return the messages as they are now, those left alone too
     */
    public List<Message> flag(int id, Collection<Long> uids, FlagChange change, long unchangedSince) {
        return locked(() -> {
            Folder folder = present(id);
            long sequence = folder.modSeq() + 1;
            var all = new ArrayList<Message>();
            var changed = new ArrayList<Message>();
            // Thousands of messages carry the same few sets of flags.
            var known = new HashMap<Set<String>, Set<String>>();
            for (var message : chosen(id, uids)) {
                Set<String> flags = known.computeIfAbsent(message.flags(), change::on);
                boolean same = flags.equals(message.flags()) || change.isRefused(message, unchangedSince);
                Message now = same ? message : message.flagged(flags, sequence);
                all.add(now);
                if (!same) {
                    changed.add(now);
                }
            }
            store(folder, changed, sequence);
            return all;
        });
    }

    private void store(Folder folder, List<Message> changed, long sequence) {
        if (changed.isEmpty()) {
            return;
        }
        Folder grown = folder.grown(0, sequence);
        var batch = new ArrayList<Write>();
        batch.add(new Write(Area.INDEX, keys.folder(folder.id()), Forms.of(grown)));
        changed.forEach(message ->
                batch.add(new Write(Area.INDEX, keys.message(folder.id(), message.uid()), Forms.of(message))));
        vault.commit(batch);
        folders.put(folder.id(), grown);
        List<Message> index = index(folder.id());
        for (var message : changed) {
            index.set(Positions.of(index, message.uid()), message);
            feed.tell(new Change.Flagged(folder.id(), message));
        }
    }

    private List<Message> chosen(int id, Collection<Long> uids) {
        List<Message> index = index(id);
        return uids.stream()
                .map(uid -> Positions.of(index, uid))
                .filter(position -> position >= 0)
                .map(index::get)
                .toList();
    }

    /** Removes these messages for good; those that are gone already do not matter. Returns how many there were. */
    public int expunge(int id, Collection<Long> uids) {
        return locked(() -> {
            Folder folder = present(id);
            List<Message> gone = chosen(id, uids);
            var batch = new ArrayList<Write>();
            remove(id, gone, batch);
            batch.add(new Write(Area.INDEX, keys.folder(id), Forms.of(folder.grown(0, folder.modSeq() + 1))));
            vault.commit(batch);
            folders.put(id, folder.grown(0, folder.modSeq() + 1));
            removed(id, gone);
            return gone.size();
        });
    }

    private void removed(int id, List<Message> gone) {
        var uids = Set.copyOf(gone.stream().map(Message::uid).toList());
        index(id).removeIf(message -> uids.contains(message.uid()));
        gone.forEach(message -> feed.tell(new Change.Expunged(id, message.uid())));
    }

    // A message and, where no other message refers to them, its octets: in one commit, so that none is left behind.
    private void remove(int id, List<Message> gone, List<Write> batch) {
        var left = new HashMap<Long, Integer>();
        for (var message : gone) {
            forget(id, message, batch);
            int others = left.computeIfAbsent(message.body(), this::references) - 1;
            left.put(message.body(), others);
            if (others <= 0) {
                batch.addAll(BodyPieces.removing(keys.body(message.body()), message.size()));
                batch.add(new Write(Area.INDEX, keys.summary(message.body()), null));
            }
        }
    }

    private int references(long body) {
        return vault.keys(Area.INDEX, keys.references(body)).size();
    }

    private void forget(int id, Message message, List<Write> batch) {
        batch.add(new Write(Area.INDEX, keys.message(id, message.uid()), null));
        batch.add(new Write(Area.INDEX, keys.reference(message.body(), id, message.uid()), null));
    }

    /** The messages copied, and their copies in the same order. */
    public record Copied(List<Message> from, List<Message> to) {}

    /** Copies messages to the end of a folder, or moves them there: all or nothing. */
    public Copied copy(int id, Collection<Long> uids, int target, boolean move) {
        return locked(() -> {
            List<Message> from = chosen(id, uids);
            Folder folder = present(target);
            if (from.isEmpty()) {
                return new Copied(List.of(), List.of());
            }
            var to = new ArrayList<Message>();
            for (var message : from) {
                to.add(message.as(folder.uidNext() + to.size(), folder.modSeq() + 1));
            }
            var batch = new ArrayList<Write>();
            add(folder, to, batch);
            if (move) {
                from.forEach(message -> forget(id, message, batch));
            }
            vault.commit(batch);
            added(folder, to);
            if (move) {
                removed(id, from);
            }
            return new Copied(from, to);
        });
    }
}
