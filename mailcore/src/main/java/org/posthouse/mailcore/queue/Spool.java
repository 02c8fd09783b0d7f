package org.posthouse.mailcore.queue;

import java.nio.ByteBuffer;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.posthouse.mailcore.store.BodyPieces;
import org.posthouse.mailcore.store.TransitBuffer;
import org.posthouse.mailcore.store.Vault;
import org.posthouse.mailcore.store.Vault.Area;
import org.posthouse.mailcore.store.Vault.Write;

/**
 * Mail on its way, on disk.
 *
 * <p>A mail is two values in the vault under the account of no name, which no user has: its entry (envelope, stage, who
 * is still owed) and its octets. Every step of a mail is one commit, so that a crash finds it in exactly one place.
 */
public final class Spool {

    /** Told of each mail taken, with its octets while they are still in memory. */
    interface Taken {
        void tell(Entry entry, byte[] message);
    }

    private static final byte[] ENTRIES = {0, 'Q'};
    private static final byte[] OCTETS = {0, 'O'};
    private static final byte[] UNFINISHED = {0, 'U'};

    private final Vault vault;
    private final BodyPieces bodies;
    private final LongSupplier free;
    private final Supplier<QueueSettings> settings;
    private final AtomicLong lastId;
    private volatile @Nullable Taken taken;

    /**
     * Keeps mail in a vault, which stays the caller's to close.
     *
     * @param free how many octets are free on its volume
     */
    public Spool(Vault vault, LongSupplier free, Supplier<QueueSettings> settings, Clock clock) {
        this.vault = vault;
        this.bodies = new BodyPieces(vault);
        bodies.tidy(UNFINISHED);
        this.free = free;
        this.settings = settings;
        long highest = entries().stream().mapToLong(Entry::id).max().orElse(0);
        this.lastId = new AtomicLong(Math.max(highest, clock.millis() << 8));
    }

    /** Takes responsibility for a mail: when this returns its id, the mail is on disk. Throws DiskFull, StoreFailure. */
    public String take(Envelope envelope, byte[] message) {
        checkSpace();
        Entry entry = Entry.taken(lastId.incrementAndGet(), message.length, envelope);
        vault.commit(adding(entry, message));
        announce(entry, message);
        return entry.name();
    }

    /** Throws DiskFull when there is less free space than wanted. */
    public void checkSpace() {
        long minimum = settings.get().minimumSpace();
        long now = free.getAsLong();
        if (now < minimum) {
            throw new DiskFull(now, minimum);
        }
    }

    /** Octets that may still be taken. */
    public long space() {
        return Math.max(0, free.getAsLong() - settings.get().minimumSpace());
    }

    /** A buffer for a message on its way in, about so large. */
    public TransitBuffer buffer(int expected) {
        return new TransitBuffer(vault.temp(), expected);
    }

    void whenTaken(Taken listener) {
        taken = listener;
    }

    /** Tells whoever listens of an entry that is on disk now. */
    void announce(Entry entry, byte[] message) {
        Taken listener = taken;
        if (listener != null) {
            listener.tell(entry, message);
        }
    }

    /** A new entry that is not written yet. */
    Entry entry(Envelope envelope, int size) {
        return Entry.taken(lastId.incrementAndGet(), size, envelope);
    }

    /** What adds a mail. The octets of a large one are written now, in pieces, and count when the batch is committed. */
    List<Write> adding(Entry entry, byte[] message) {
        byte[] octets = key(OCTETS, entry.id());
        byte[] mark = key(UNFINISHED, entry.id());
        boolean large = BodyPieces.isLarge(message.length);
        if (large) {
            bodies.write(octets, mark, message);
        }
        return List.of(
                large ? new Write(Area.INDEX, mark, null) : new Write(Area.BODIES, octets, message),
                new Write(Area.INDEX, key(ENTRIES, entry.id()), entry.form()));
    }

    List<Write> changing(Entry entry) {
        return List.of(new Write(Area.INDEX, key(ENTRIES, entry.id()), entry.form()));
    }

    List<Write> removing(Entry entry) {
        var batch = new ArrayList<>(BodyPieces.removing(key(OCTETS, entry.id()), entry.size()));
        batch.add(new Write(Area.INDEX, key(ENTRIES, entry.id()), null));
        return batch;
    }

    void commit(List<Write> batch) {
        vault.commit(batch);
    }

    /** All entries, oldest first. */
    List<Entry> entries() {
        var entries = new ArrayList<Entry>();
        vault.range(Area.INDEX, ENTRIES)
                .forEach(pair ->
                        entries.add(Entry.of(ByteBuffer.wrap(pair.key()).getLong(ENTRIES.length), pair.value())));
        return entries;
    }

    /** The octets of a mail. */
    byte[] message(Entry entry) {
        byte[] message = bodies.read(key(OCTETS, entry.id()), entry.size());
        if (message == null) {
            throw new IllegalStateException("the octets of queue entry " + entry.name() + " are missing");
        }
        return message;
    }

    private static byte[] key(byte[] prefix, long id) {
        return ByteBuffer.allocate(prefix.length + 8).put(prefix).putLong(id).array();
    }
}
