package org.posthouse.mailcore.store;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** A vault that forgets everything when the program ends: for tests. */
public final class MemoryVault implements Vault {

    private final Map<Area, ConcurrentSkipListMap<String, byte[]>> areas = new EnumMap<>(Area.class);
    private final ReentrantLock writing = new ReentrantLock();

    /** An empty one. */
    public MemoryVault() {
        for (var area : Area.values()) {
            areas.put(area, new ConcurrentSkipListMap<>());
        }
    }

    private ConcurrentSkipListMap<String, byte[]> area(Area area) {
        return areas.getOrDefault(area, new ConcurrentSkipListMap<>());
    }

    // One character an octet sorts as unsigned octets do.
    private static String text(byte[] key) {
        return new String(key, StandardCharsets.ISO_8859_1);
    }

    @Override
    public byte @Nullable [] get(Area area, byte[] key) {
        return area(area).get(text(key));
    }

    @Override
    public List<Pair> range(Area area, byte[] prefix) {
        var found = new ArrayList<Pair>();
        for (var entry : area(area).tailMap(text(prefix), true).entrySet()) {
            if (!entry.getKey().startsWith(text(prefix))) {
                break;
            }
            found.add(new Pair(entry.getKey().getBytes(StandardCharsets.ISO_8859_1), entry.getValue()));
        }
        return found;
    }

    @Override
    public List<byte[]> keys(Area area, byte[] prefix) {
        return range(area, prefix).stream().map(Pair::key).toList();
    }

    @Override
    public List<String> accounts() {
        return keys(Area.INDEX, new byte[0]).stream()
                .flatMap(key -> Keys.owner(key).stream())
                .distinct()
                .toList();
    }

    @Override
    public void commit(List<Write> batch) {
        writing.lock();
        try {
            for (var write : batch) {
                byte[] value = write.value();
                if (value == null) {
                    area(write.area()).remove(text(write.key()));
                } else {
                    area(write.area()).put(text(write.key()), value);
                }
            }
        } finally {
            writing.unlock();
        }
    }

    @Override
    public void close() {}
}
