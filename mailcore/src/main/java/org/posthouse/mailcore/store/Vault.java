package org.posthouse.mailcore.store;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An ordered store of keys and values. A commit is atomic, and durable when it returns. The account stands first in each
 * key, so that mailboxes could be spread over several machines.
 */
public interface Vault extends AutoCloseable {

    /** Where a value lies: small ones that are read in ranges, or large ones that are read one by one. */
    enum Area {
        INDEX,
        BODIES
    }

    /** One key with its value. */
    @SuppressWarnings("ArrayRecordComponent") // Handed on at once, never compared.
    record Pair(byte[] key, byte[] value) {}

    /** One step of a batch; a null value removes the key. */
    @SuppressWarnings("ArrayRecordComponent") // Handed on at once, never compared.
    record Write(Area area, byte[] key, byte @Nullable [] value) {}

    /** The value, or null when there is no such key. */
    byte @Nullable [] get(Area area, byte[] key);

    /** All pairs whose key begins so, in the order of the keys compared as unsigned octets. */
    List<Pair> range(Area area, byte[] prefix);

    /** The keys alone of all such pairs, in the same order. */
    List<byte[]> keys(Area area, byte[] prefix);

    /** How many mailboxes there are. Reads the keys of each account; a vault on disk is faster. */
    default long mailboxes() {
        return keys(Area.INDEX, new byte[0]).stream()
                .map(Keys::owner)
                .flatMap(Optional::stream)
                .distinct()
                .count();
    }

    /** The names under whose keys there are folders, in the order of their octets. Costs two steps for each name. */
    List<String> accounts();

    /** The folder for files that come and go: the Temp Directory where there is one. */
    default Path temp() {
        return Path.of(System.getProperty("java.io.tmpdir"));
    }

    /**
     * Why something cannot be read or written.
     *
     * @param reason what the disk said, with the folder
     * @param since since when
     * @param heals whether the store recovers by itself as soon as the disk works again
     */
    record Fault(String reason, Instant since, boolean heals) {}

    /** Why something cannot be read or written now; empty when the store works. */
    default Optional<Fault> fault() {
        return Optional.empty();
    }

    /** How many octets are free for it. Throws StoreFailure when nobody knows. */
    default long free() {
        return Long.MAX_VALUE;
    }

    /** Writes all or nothing; returns when it is durable. Throws StoreFailure when it cannot. */
    void commit(List<Write> batch);

    @Override
    void close();
}
