package org.posthouse.mailcore.status;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.posthouse.mailcore.status.History.Bar;
import org.posthouse.mailcore.status.History.Reading;

class HistoryTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private final History history = new History();

    @Test
    void countsWhatHappenedInEachMinuteAndKeepsTheMostThatWaited() {
        note(0, 3, 7);
        note(30, 5, 2);
        note(70, 6, 1);
        assertEquals(2, history.hour().size());
        Bar first = history.hour().getFirst();
        assertEquals(NOON, first.at());
        assertEquals(5, first.counted().received());
        assertEquals(7, first.counted().waiting());
        assertEquals(1, history.hour().getLast().counted().received());
        assertEquals(6, history.day().getLast().counted().received());
    }

    @Test
    void whatHappenedBetweenTheLastLookAndTheTurnOfAMinuteIsNotLost() {
        note(59, 1, 0);
        note(61, 4, 0);
        assertEquals(
                4,
                history.hour().stream()
                        .mapToLong(bar -> bar.counted().received())
                        .sum());
    }

    @Test
    void forgetsWhatIsOlderThanAnHourAndADay() {
        for (int minute = 0; minute < 3 * 24 * 60; minute++) {
            note(minute * 60, minute, 0);
        }
        assertEquals(60, history.hour().size());
        assertEquals(144, history.day().size());
        assertEquals(10, history.day().get(7).counted().received());
    }

    @Test
    void aMinuteInWhichNothingWasReadHasNoBar() {
        note(0, 0, 0);
        note(240, 0, 0);
        assertEquals(NOON.plus(Duration.ofMinutes(4)), history.hour().get(1).at());
        assertEquals(2, history.hour().size());
    }

    @Test
    void countersThatBeginAnewDoNotCountBackwards() {
        note(0, 100, 0);
        note(10, 2, 0);
        assertEquals(2, history.hour().getFirst().counted().received());
    }

    private void note(int seconds, long received, long waiting) {
        history.note(NOON.plusSeconds(seconds), new Reading(received, 0, 0, 0, waiting, 0));
    }
}
