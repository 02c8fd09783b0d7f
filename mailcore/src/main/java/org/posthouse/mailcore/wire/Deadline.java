package org.posthouse.mailcore.wire;

import java.time.Duration;

/** A moment by the monotonic clock that may be moved but is never crossed unnoticed. */
final class Deadline {

    // About 292 years: far enough for "never", near enough that sums do not overflow.
    private static final long FAR = Long.MAX_VALUE / 4;

    private volatile long end;
    private volatile long at;

    /** Ends for good after {@code whole}; zero for never. */
    Deadline(Duration whole) {
        end = System.nanoTime() + (whole.isZero() ? FAR : whole.toNanos());
        at = end;
    }

    /** Ends for good after so long, or at the end given before when that comes first; returns that end. */
    long shorten(Duration whole) {
        long before = end;
        long shorter = System.nanoTime() + whole.toNanos();
        if (shorter - before < 0) {
            end = shorter;
            at = at - shorter < 0 ? at : shorter;
        }
        return before;
    }

    /** Ends for good after so long, whatever was said before. */
    void end(Duration whole) {
        end = System.nanoTime() + whole.toNanos();
    }

    /** Ends for good when it would have before {@link #shorten}. */
    void restore(long before) {
        end = before;
    }

    /** Sets it to so long from now, but never beyond the end. */
    void in(Duration wait) {
        long now = System.nanoTime();
        at = end - now < wait.toNanos() ? end : now + wait.toNanos();
    }

    /** Moves it back by so many nanoseconds, but never beyond the end. */
    void later(long nanos) {
        at = end - at < nanos ? end : at + nanos;
    }

    /** What is left, in milliseconds for a socket time-out; never below 1. */
    int leftMillis() {
        long left = at - System.nanoTime();
        return Math.clamp(left / 1_000_000, 1, Integer.MAX_VALUE);
    }

    boolean passed() {
        return at - System.nanoTime() <= 0;
    }
}
