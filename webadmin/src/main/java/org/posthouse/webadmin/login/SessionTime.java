package org.posthouse.webadmin.login;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * How long a visitor stays signed in: until a time without any act of his, and in no case beyond a longest time. What a
 * page asks by itself is no act. Safe for use by several threads.
 */
final class SessionTime {

    private final Clock clock;
    private final Duration idle;
    private final Instant end;
    private Instant lastAct;

    /** Begins now. */
    SessionTime(Clock clock, Duration idle, Duration longest) {
        this.clock = clock;
        this.idle = idle;
        this.lastAct = clock.instant();
        this.end = lastAct.plus(longest);
    }

    /** The visitor did something. A session that is over stays over. */
    synchronized void act() {
        if (!left().isZero()) {
            lastAct = clock.instant();
        }
    }

    /** How long it lasts if nothing more is done; zero when it is over. */
    synchronized Duration left() {
        Instant idleEnd = lastAct.plus(idle);
        Duration left = Duration.between(clock.instant(), idleEnd.isBefore(end) ? idleEnd : end);
        return left.isNegative() ? Duration.ZERO : left;
    }
}
