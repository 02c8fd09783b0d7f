package org.posthouse.mailcore.status;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Instant;
import java.util.Objects;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class TallyTest {

    private final Tally tally = new Tally(Instant.EPOCH);

    @Test
    void whatNobodyCountsHasNoFigure() {
        tally.meter(Count.ROUTING_DENIED);
        var spam = Objects.requireNonNull(tally.figures().get(Count.Group.SPAM));
        assertEquals(OptionalLong.of(0), spam.get("routingDenied"));
        assertEquals(OptionalLong.empty(), spam.get("rblBlocked"));
    }

    @Test
    void aSessionIsCountedAtItsBeginAndEndAndAFaultInIt() {
        assertThrows(
                IllegalStateException.class,
                () -> tally.session(Count.INCOMING_CLIENTS, Count.SERVICED_CLIENTS, () -> {
                    assertEquals(OptionalLong.empty(), tally.of(Count.SERVICED_CLIENTS));
                    throw new IllegalStateException();
                }));
        assertEquals(OptionalLong.of(1), tally.of(Count.SERVICED_CLIENTS));
        assertEquals(OptionalLong.of(1), tally.of(Count.ERRORS));
    }

    @Test
    void aResetKeepsTheMetersAndSaysSinceWhen() {
        tally.meter(Count.ERRORS).add(3);
        tally.reset(Instant.MAX);
        assertEquals(OptionalLong.of(0), tally.of(Count.ERRORS));
        assertEquals(Instant.MAX, tally.since());
    }
}
