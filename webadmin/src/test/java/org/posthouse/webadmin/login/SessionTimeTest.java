package org.posthouse.webadmin.login;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

/** How long a visitor stays signed in. */
class SessionTimeTest {

    private static final Duration IDLE = Duration.ofMinutes(30);
    private static final Duration LONGEST = Duration.ofHours(12);

    private final SetClock clock = new SetClock();
    private final SessionTime time = new SessionTime(clock, IDLE, LONGEST);

    @Test
    void itEndsAfterTheIdleTime() {
        clock.pass(IDLE.minusSeconds(1));
        assertEquals(Duration.ofSeconds(1), time.left());
        clock.pass(Duration.ofSeconds(1));
        assertEquals(Duration.ZERO, time.left());
    }

    @Test
    void anActBeginsTheIdleTimeAnew() {
        clock.pass(Duration.ofMinutes(29));
        time.act();
        clock.pass(Duration.ofMinutes(29));
        assertEquals(Duration.ofMinutes(1), time.left());
    }

    @Test
    void whatIsOverStaysOver() {
        clock.pass(IDLE);
        time.act();
        assertEquals(Duration.ZERO, time.left());
    }

    @Test
    void noActPutsOffTheLongestTime() {
        for (Duration gone = Duration.ZERO; gone.compareTo(LONGEST) < 0; gone = gone.plusMinutes(20)) {
            time.act();
            clock.pass(Duration.ofMinutes(20));
        }
        assertEquals(Duration.ZERO, time.left());
    }

    private static final class SetClock extends Clock {
        private Instant now = Instant.EPOCH;

        void pass(Duration span) {
            now = now.plus(span);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
