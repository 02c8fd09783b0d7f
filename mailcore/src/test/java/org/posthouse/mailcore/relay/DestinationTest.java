package org.posthouse.mailcore.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class DestinationTest {

    private static final Duration QUICK = Duration.ofSeconds(1);
    private static final Duration SLOW = Duration.ofMinutes(5);

    private final Destination destination = new Destination();

    private void call(Duration taken, boolean failed) {
        destination.enter();
        destination.leave(Optional.empty(), taken, failed);
    }

    @Test
    void aHostThatAnswersWellGetsMoreCallsUpToALimit() {
        for (int i = 0; i < 20; i++) {
            call(QUICK, false);
        }
        assertEquals(Destination.MOST, destination.limit());
    }

    @Test
    void aSlowOrSilentHostKeepsOneCall() {
        for (int i = 0; i < 8; i++) {
            call(QUICK, false);
        }
        call(SLOW, false);
        assertEquals(5, destination.limit());
        call(QUICK, true);
        call(SLOW, false);
        call(SLOW, false);
        assertEquals(1, destination.limit());
    }

    @Test
    void whoIsOneTooManyWaitsForItsTurn() throws InterruptedException {
        destination.enter();
        destination.enter();
        var inside = new CountDownLatch(1);
        Thread.ofVirtual().start(() -> {
            destination.enter();
            inside.countDown();
        });
        destination.leave(Optional.empty(), SLOW, false);
        assertEquals(1, inside.getCount(), "one call is all it gets now");
        destination.leave(Optional.empty(), QUICK, false);
        assertTrue(inside.await(60, TimeUnit.SECONDS));
    }
}
