package org.posthouse.mailcore.logging;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.event.Level;

/**
 * Logs a fault that lasts when it appears, and then at most once a minute with a count, however often it is found again.
 *
 * <p>Faults are told apart by a key. A fault whose text changes is logged again as soon as its minute has passed, so that
 * a text that holds a counter or an address cannot fill the log either. Safe for use by several threads.
 */
public final class RepeatedFault {

    private static final Duration QUIET = Duration.ofMinutes(1);
    private static final int MOST = 1_000;

    private record Known(Instant since, Instant logged, long unlogged) {}

    private final Logger log;
    private final Level level;
    private final Clock clock;
    private final Map<String, Known> faults = new HashMap<>();

    /** Writes warnings to this log. */
    public RepeatedFault(Logger log, Clock clock) {
        this(log, Level.WARN, clock);
    }

    /** Writes to this log at this level. */
    public RepeatedFault(Logger log, Level level, Clock clock) {
        this.log = log;
        this.level = level;
        this.clock = clock;
    }

    /** Notes that a fault is there, or is there still. Returns whether it was logged. */
    public synchronized boolean note(String key, String text) {
        Instant now = clock.instant();
        Known known = faults.get(key);
        if (known == null) {
            forgetOldest();
            faults.put(key, new Known(now, now, 0));
            log.atLevel(level).log(text);
            return true;
        }
        if (known.logged().plus(QUIET).isAfter(now)) {
            faults.put(key, new Known(known.since(), known.logged(), known.unlogged() + 1));
            return false;
        }
        long times = known.unlogged() + 1;
        log.atLevel(level).log("{} ({} more {} since {})", text, times, times == 1 ? "time" : "times", known.logged());
        faults.put(key, new Known(known.since(), now, 0));
        return true;
    }

    /** Notes that all faults whose keys begin so are over; the next one is logged at once. Returns whether there was one. */
    public synchronized boolean over(String prefix) {
        return faults.keySet().removeIf(key -> key.startsWith(prefix));
    }

    // Keys may come from outside, such as the addresses of peers.
    private void forgetOldest() {
        if (faults.size() >= MOST) {
            faults.entrySet().stream()
                    .min(Map.Entry.comparingByValue((one, two) -> one.logged().compareTo(two.logged())))
                    .map(Map.Entry::getKey)
                    .ifPresent(faults::remove);
        }
    }
}
