package org.posthouse.e2e.world;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/** Waits for something to become true, never longer than promised. */
public final class Await {

    private Await() {}

    /** Asks until the answer is true; fails after {@code patience} with what was awaited and the last obstacle. */
    public static void until(String awaited, Duration patience, Callable<Boolean> question) {
        long end = System.nanoTime() + patience.toNanos();
        Throwable obstacle = null;
        while (System.nanoTime() < end) {
            try {
                if (question.call()) {
                    return;
                }
            } catch (Exception | AssertionError notYet) {
                obstacle = notYet;
            }
            LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
        }
        throw new AssertionError("not within " + patience.toMillis() + " ms: " + awaited, obstacle);
    }
}
