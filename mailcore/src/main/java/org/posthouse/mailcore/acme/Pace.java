package org.posthouse.mailcore.acme;

import java.time.Duration;

/**
 * How long the ACME client waits for what, and how it tries again.
 *
 * @param answer for the head of one answer
 * @param order for a whole order
 * @param retry after the first failure; doubled with each further one
 * @param longestRetry at most so long
 */
public record Pace(Duration answer, Duration order, Duration retry, Duration longestRetry) {

    /** For production. Let's Encrypt bears five failures of a name in an hour; this makes four. */
    public static final Pace USUAL =
            new Pace(Duration.ofSeconds(15), Duration.ofMinutes(10), Duration.ofMinutes(5), Duration.ofHours(12));

    /** How long after so many failures in a row the next attempt is made. */
    Duration after(int failures) {
        Duration wait = retry;
        for (int each = 1; each < failures && wait.compareTo(longestRetry) < 0; each++) {
            wait = wait.multipliedBy(2);
        }
        return wait.compareTo(longestRetry) < 0 ? wait : longestRetry;
    }
}
