package org.posthouse.e2e.world;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/** Waits for something to become true, never longer than promised. */
public final class Await {

    // What takes longer than a moment is asked for less often, so that asking does not slow it down.
    private static final Duration QUICK = Duration.ofSeconds(1);
    private static final Duration SHORT = Duration.ofMillis(5);
    private static final Duration PAUSE = Duration.ofMillis(50);

    private Await() {}

    /** Asks until the answer is true; fails after {@code patience} with what was awaited and the last obstacle. */
    public static void until(String awaited, Duration patience, Callable<Boolean> question) {
        Throwable obstacle = null;
        long begin = System.nanoTime();
        while (true) {
            // Read before the question: a machine that stood still meanwhile gets a last look at what came of it.
            long waited = System.nanoTime() - begin;
            try {
                if (question.call()) {
                    return;
                }
            } catch (Exception | AssertionError notYet) {
                obstacle = notYet;
            }
            if (waited >= patience.toNanos()) {
                break;
            }
            LockSupport.parkNanos((waited < QUICK.toNanos() ? SHORT : PAUSE).toNanos());
        }
        throw new AssertionError("not within " + patience.toMillis() + " ms: " + awaited, obstacle);
    }
}
