package org.posthouse.mailcore.store;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.posthouse.mailcore.store.Vault.Area;
import org.posthouse.mailcore.store.Vault.Write;

/**
 * Octets of messages in a vault. Those of a large message are several values, each in a commit of its own: the commits of
 * others go between them, and no lock is held and little memory used while they are written.
 *
 * <p>Until the message that they belong to is committed, a mark says that they may be left over from a crash. Earlier
 * revisions wrote one value whatever its size, and that is read as well. Safe for use by several threads.
 */
public final class BodyPieces {

    /** Larger messages are divided into pieces of this size, in octets. Pieces of other sizes can be read as well. */
    static final int PIECE = 2 << 20;

    private final Vault vault;

    /** In this vault. */
    public BodyPieces(Vault vault) {
        this.vault = vault;
    }

    /** Whether a message of so many octets is written in pieces. */
    public static boolean isLarge(long octets) {
        return octets > PIECE;
    }

    /**
     * Writes the pieces of a large message. They are on disk when this returns; the caller commits what refers to them
     * together with the removal of the mark. When it fails, nothing is left.
     *
     * @param key where the octets would be if they were one value
     * @param mark the key of the mark
     */
    public void write(byte[] key, byte[] mark, byte[] octets) {
        try {
            for (int at = 0; at < octets.length; at += PIECE) {
                var batch = new ArrayList<Write>(2);
                if (at == 0) {
                    batch.add(new Write(Area.INDEX, mark, marked(key, octets.length)));
                }
                byte[] piece = Arrays.copyOfRange(octets, at, Math.min(octets.length, at + PIECE));
                batch.add(new Write(Area.BODIES, piece(key, at / PIECE), piece));
                vault.commit(batch);
            }
        } catch (StoreFailure failure) {
            discard(key, mark, octets.length, failure);
            throw failure;
        }
    }

    /** Removes what was written of a message that did not come to be. What fails now is done by {@link #tidy}. */
    public void discard(byte[] key, byte[] mark, int octets, RuntimeException why) {
        try {
            var batch = new ArrayList<>(removing(key, octets));
            batch.add(new Write(Area.INDEX, mark, null));
            vault.commit(batch);
        } catch (StoreFailure still) {
            why.addSuppressed(still);
        }
    }

    /**
     * The octets of a message, or null when there are none, or not all of them.
     *
     * @param size how many there are
     */
    public byte @Nullable [] read(byte[] key, int size) {
        byte[] whole = vault.get(Area.BODIES, key);
        if (whole != null || !isLarge(size)) {
            return whole;
        }
        var octets = new byte[size];
        int have = 0;
        for (int number = 0; have < size; number++) {
            byte[] piece = vault.get(Area.BODIES, piece(key, number));
            if (piece == null || piece.length == 0 || piece.length > size - have) {
                return null;
            }
            System.arraycopy(piece, 0, octets, have, piece.length);
            have += piece.length;
        }
        return octets;
    }

    /** What removes the octets of a message, in whichever way they were written. */
    public static List<Write> removing(byte[] key, long size) {
        var batch = new ArrayList<Write>();
        batch.add(new Write(Area.BODIES, key, null));
        if (isLarge(size)) {
            for (int number = 0; number * (long) PIECE < size; number++) {
                batch.add(new Write(Area.BODIES, piece(key, number), null));
            }
        }
        return batch;
    }

    /**
     * Removes what a crash left of messages that did not come to be. To be called before anything is written under these
     * marks.
     *
     * @param marks what their marks begin with
     */
    public void tidy(byte[] marks) {
        for (var mark : vault.range(Area.INDEX, marks)) {
            var value = ByteBuffer.wrap(mark.value());
            int size = value.getInt();
            var key = new byte[value.remaining()];
            value.get(key);
            var batch = new ArrayList<>(removing(key, size));
            batch.add(new Write(Area.INDEX, mark.key(), null));
            vault.commit(batch);
        }
    }

    private static byte[] marked(byte[] key, int size) {
        return ByteBuffer.allocate(4 + key.length).putInt(size).put(key).array();
    }

    /** The key of a piece, counted from 0. */
    static byte[] piece(byte[] key, int number) {
        return ByteBuffer.allocate(key.length + 4).put(key).putInt(number).array();
    }
}
