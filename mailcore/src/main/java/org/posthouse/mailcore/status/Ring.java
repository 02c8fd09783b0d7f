package org.posthouse.mailcore.status;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.posthouse.mailcore.status.History.Bar;
import org.posthouse.mailcore.status.History.Reading;

/** The last so many steps of time. A step in which nothing was read has no bar. */
final class Ring {

    private final long step;
    private final int size;
    private final Deque<Bar> past = new ArrayDeque<>();
    private long slot = Long.MIN_VALUE;
    private Reading base = Reading.ZERO;
    private Reading last = Reading.ZERO;
    private long mostWaiting;
    private long mostSessions;

    Ring(Duration step, int size) {
        this.step = step.toSeconds();
        this.size = size;
    }

    void note(Instant now, Reading reading) {
        long current = Math.floorDiv(now.getEpochSecond(), step);
        if (current != slot) {
            turn(current);
        }
        if (reading.received() < last.received() || reading.stored() < last.stored()) {
            // The counters began anew.
            base = Reading.ZERO;
        }
        last = reading;
        mostWaiting = Math.max(mostWaiting, reading.waiting());
        mostSessions = Math.max(mostSessions, reading.sessions());
    }

    private void turn(long current) {
        if (slot != Long.MIN_VALUE) {
            past.add(bar());
        }
        slot = current;
        base = last;
        mostWaiting = 0;
        mostSessions = 0;
        while (!past.isEmpty() && past.getFirst().at().getEpochSecond() <= (slot - size) * step) {
            past.removeFirst();
        }
    }

    private Bar bar() {
        return new Bar(
                Instant.ofEpochSecond(slot * step),
                new Reading(
                        last.received() - base.received(),
                        last.stored() - base.stored(),
                        last.sent() - base.sent(),
                        last.failed() - base.failed(),
                        mostWaiting,
                        mostSessions));
    }

    List<Bar> bars() {
        var bars = new ArrayList<>(past);
        if (slot != Long.MIN_VALUE) {
            bars.add(bar());
        }
        return bars;
    }
}
