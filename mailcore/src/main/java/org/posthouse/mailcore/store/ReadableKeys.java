package org.posthouse.mailcore.store;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Optional;
import org.posthouse.mailcore.store.Vault.Area;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;

/**
 * Reads what can be read of an area of a damaged database. RocksDB stops at the first block that it cannot read; this goes on
 * behind it. Used by one thread.
 */
final class ReadableKeys {

    /** Takes a pair that could be read. */
    interface Taker {
        void take(byte[] key, byte[] value) throws RocksDBException;
    }

    /** What is found where a search begins. */
    private enum Ground {
        GOOD,
        DAMAGED,
        END
    }

    private static final int OCTET = 8;
    // Longer than any key differs from its neighbor in the same block.
    private static final int MORE = 8;

    private final Database database;
    private final Area area;
    private int gaps;

    ReadableKeys(Database database, Area area) {
        this.database = database;
        this.area = area;
    }

    /** How many times something could not be read. */
    int gaps() {
        return gaps;
    }

    /** Gives every pair that can be read, in the order of the keys, to the taker. */
    void forEach(Taker taker) throws RocksDBException {
        byte[] last = {};
        Optional<byte[]> next = Optional.of(last);
        while (next.isPresent()) {
            last = next.get();
            try (ReadOptions options = options();
                    RocksIterator at = database.db().newIterator(database.handle(area), options)) {
                for (at.seek(last); at.isValid(); at.next()) {
                    last = at.key();
                    taker.take(last, at.value());
                }
                if (isWhole(at)) {
                    return;
                }
            }
            gaps++;
            next = behind(last);
        }
    }

    private static ReadOptions options() {
        return new ReadOptions().setFillCache(false).setTotalOrderSeek(true);
    }

    private static boolean isWhole(RocksIterator at) {
        try {
            at.status();
            return true;
        } catch (RocksDBException damaged) {
            return false;
        }
    }

    // First with growing steps, so that little is jumped over, then between the last two.
    private Optional<byte[]> behind(byte[] last) {
        int width = last.length + MORE;
        var from = new BigInteger(1, Arrays.copyOf(last, width));
        BigInteger limit = BigInteger.ONE.shiftLeft(width * OCTET);
        BigInteger step = BigInteger.ONE;
        BigInteger bad = from;
        BigInteger good = limit;
        while (from.add(step).compareTo(limit) < 0) {
            BigInteger tried = from.add(step);
            if (ground(octets(tried, width)) != Ground.DAMAGED) {
                good = tried;
                break;
            }
            bad = tried;
            step = step.shiftLeft(1);
        }
        while (good.subtract(bad).compareTo(BigInteger.ONE) > 0) {
            BigInteger middle = bad.add(good).shiftRight(1);
            if (ground(octets(middle, width)) == Ground.DAMAGED) {
                bad = middle;
            } else {
                good = middle;
            }
        }
        return good.equals(limit) || ground(octets(good, width)) != Ground.GOOD
                ? Optional.empty()
                : Optional.of(octets(good, width));
    }

    private Ground ground(byte[] key) {
        try (ReadOptions options = options();
                RocksIterator at = database.db().newIterator(database.handle(area), options)) {
            at.seek(key);
            return at.isValid() ? Ground.GOOD : isWhole(at) ? Ground.END : Ground.DAMAGED;
        }
    }

    private static byte[] octets(BigInteger number, int width) {
        byte[] raw = number.toByteArray();
        byte[] octets = new byte[width];
        int length = Math.min(raw.length, width);
        System.arraycopy(raw, raw.length - length, octets, width - length, length);
        return octets;
    }
}
