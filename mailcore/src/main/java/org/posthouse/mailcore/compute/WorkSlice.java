package org.posthouse.mailcore.compute;

import java.time.Duration;

/** The portion of time and memory that a piece of work has before others get theirs. Used by one thread. */
public final class WorkSlice {

    /** Messages above this size, in octets, need a grant of memory before they are read. */
    public static final long LARGE = 1 << 20;

    // What a session's own thread may do before the work moves to the pool.
    private static final Duration OWN_TIME = Duration.ofMillis(5);
    static final long OWN_OCTETS = 256 << 10;
    private static final Duration TIME = Duration.ofMillis(40);

    private final long end;
    private final long granted;
    private long octetsLeft;
    private long wanted;

    private WorkSlice(Duration time, long octets, long granted) {
        this.end = System.nanoTime() + time.toNanos();
        this.octetsLeft = octets;
        this.granted = granted;
    }

    /** The first slice, on the session's own thread. */
    static WorkSlice own() {
        return new WorkSlice(OWN_TIME, OWN_OCTETS, 0);
    }

    /** A slice on the pool, with so many octets of memory granted. */
    static WorkSlice pooled(long granted) {
        return new WorkSlice(TIME, Long.MAX_VALUE, granted);
    }

    /** Whether others are to have their turn now. */
    public boolean isOver() {
        return System.nanoTime() - end >= 0;
    }

    /** Whether it is the first slice, which is to be short. */
    public boolean isOwn() {
        return octetsLeft <= OWN_OCTETS;
    }

    /**
     * Whether so many octets may be read now. When not, the work returns, and gets them with the next slice.
     *
     * @param octets the size of one message
     */
    public boolean admits(long octets) {
        if (octets > LARGE && octets > granted) {
            wanted = octets;
            return false;
        }
        if (octets > octetsLeft) {
            return false;
        }
        octetsLeft -= isOwn() ? octets : 0;
        return true;
    }

    /** The memory that the work was not admitted to, in octets; 0 when there was enough. */
    long wanted() {
        return wanted;
    }
}
