package org.posthouse.webadmin.pulse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClockOffsetTest {

    private static final Instant NOON = Instant.parse("2026-11-25T12:00:00Z");

    @Test
    void aClockThatIsAheadIsSeenBehindTheWay() {
        ClockOffset offset = measured(5_000, 4, 6);
        assertEquals(Duration.ofMillis(4_999), offset.ahead(), "the way back took 2 ms longer than the way there");
        assertEquals(Duration.ofMillis(5), offset.error());
    }

    @Test
    void theTruthIsWithinTheErrorHoweverUnevenTheWay() {
        for (int there = 0; there <= 40; there++) {
            ClockOffset offset = measured(-250, there, 40 - there);
            Duration wrong = offset.ahead().minusMillis(-250).abs();
            assertTrue(wrong.compareTo(offset.error()) <= 0, () -> offset.toString());
        }
    }

    @Test
    void theShortestWayTellsTheMost() {
        assertEquals(
                Duration.ofMillis(1),
                ClockOffset.best(List.of(measured(0, 9, 9), measured(0, 1, 1), measured(0, 5, 0)))
                        .orElseThrow()
                        .error());
    }

    @Test
    void onlyWhatTheErrorCannotExplainIsTooFarApart() {
        assertTrue(measured(1_100, 10, 10).isBeyond(Duration.ofSeconds(1)));
        assertTrue(measured(-1_100, 10, 10).isBeyond(Duration.ofSeconds(1)));
        assertFalse(measured(1_100, 300, 300).isBeyond(Duration.ofSeconds(1)));
    }

    // A question asked at noon, answered after 3 ms of work by a clock that is so much ahead.
    private static ClockOffset measured(long aheadMillis, long there, long back) {
        Instant received = NOON.plusMillis(there + aheadMillis);
        return ClockOffset.of(NOON, received, received.plusMillis(3), NOON.plusMillis(there + 3 + back));
    }
}
