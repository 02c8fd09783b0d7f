package org.posthouse.webadmin.history;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** The operations of this console that were begun and have not ended. */
final class Underway {

    private final Map<Long, List<Deed>> open = new ConcurrentHashMap<>();
    private final AtomicLong epoch = new AtomicLong();

    void begin(long operation, List<Deed> deeds) {
        open.put(operation, List.copyOf(deeds));
        epoch.incrementAndGet();
    }

    void end(long operation) {
        open.remove(operation);
        epoch.incrementAndGet();
    }

    /** A number that another one follows whenever an operation begins or ends. */
    long epoch() {
        return epoch.get();
    }

    /** Whether one of them concerns an object. */
    boolean concerns(String object) {
        String key = Names.key(object);
        return open.values().stream().flatMap(List::stream).anyMatch(deed -> concerns(deed, key));
    }

    private static boolean concerns(Deed deed, String key) {
        String own = Names.key(deed.object());
        return key.equals(own) || (deed.what() == Deed.What.REMOVED && key.endsWith("," + own));
    }

    boolean holds(long operation) {
        return open.containsKey(operation);
    }

    /** The number of the newest line before which nothing is under way. */
    long settled(long newest) {
        return open.keySet().stream().mapToLong(number -> number - 1).min().orElse(newest);
    }
}
