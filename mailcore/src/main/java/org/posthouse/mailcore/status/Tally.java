package org.posthouse.mailcore.status;

import java.time.Instant;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.posthouse.mailcore.wire.WireException;

/**
 * The counters of one messaging server, over all starts of its agents. Only what somebody counts is there: whoever asks
 * for a meter counts from then on, and all else has no figure, instead of nought.
 */
public final class Tally {

    private final Map<Count, LongAdder> meters = new ConcurrentHashMap<>();
    private volatile Instant since;

    /** Counts from a moment on. */
    public Tally(Instant since) {
        this.since = since;
    }

    /** The meter of a count, to be kept by who counts. */
    public LongAdder meter(Count count) {
        return meters.computeIfAbsent(count, any -> new LongAdder());
    }

    /** What was counted; empty when nobody counts it. */
    public OptionalLong of(Count count) {
        LongAdder meter = meters.get(count);
        return meter == null ? OptionalLong.empty() : OptionalLong.of(meter.sum());
    }

    /** Runs a session, counting its begin, its end, and a fault of ours in it. */
    public void session(Count begin, Count end, Runnable session) {
        meter(begin).increment();
        try {
            session.run();
        } catch (WireException gone) {
            throw gone;
        } catch (RuntimeException fault) {
            meter(Count.ERRORS).increment();
            throw fault;
        } finally {
            meter(end).increment();
        }
    }

    /** Since when it counts. */
    public Instant since() {
        return since;
    }

    /** Begins anew. */
    public void reset(Instant now) {
        meters.values().forEach(LongAdder::reset);
        since = now;
    }

    /** Every count by group and name, in their order; empty for what nobody counts. */
    public Map<Count.Group, Map<String, OptionalLong>> figures() {
        var groups = new EnumMap<Count.Group, Map<String, OptionalLong>>(Count.Group.class);
        for (Count count : Count.values()) {
            groups.computeIfAbsent(count.group(), group -> new LinkedHashMap<>())
                    .put(name(count), of(count));
        }
        return groups;
    }

    /** {@code MESSAGES_SENT_REMOTE} as "messagesSentRemote". */
    private static String name(Count count) {
        var name = new StringBuilder();
        for (String word : count.name().split("_")) {
            name.append(word.charAt(0)).append(word.substring(1).toLowerCase(Locale.ROOT));
        }
        return name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1);
    }
}
