package org.posthouse.webadmin.pulse;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * How far another host's clock is ahead of this one's.
 *
 * @param ahead the difference; negative when it is behind
 * @param error it is wrong by no more than this: half of what the question was on its way
 */
public record ClockOffset(Duration ahead, Duration error) {

    /**
     * From one question and its answer, RFC 5905 8: each of the two ways may have taken all the time or none of it.
     *
     * @param asked when it left, by the clock here
     * @param received when it arrived, by the clock there
     * @param sent when the answer left, by the clock there
     * @param answered when that arrived, by the clock here
     */
    static ClockOffset of(Instant asked, Instant received, Instant sent, Instant answered) {
        Duration there = Duration.between(asked, received);
        Duration back = Duration.between(answered, sent);
        Duration onTheWay = Duration.between(asked, answered).minus(Duration.between(received, sent));
        return new ClockOffset(
                there.plus(back).dividedBy(2), onTheWay.dividedBy(2).abs());
    }

    /** The most certain of several. */
    static Optional<ClockOffset> best(List<ClockOffset> several) {
        return several.stream().min(Comparator.comparing(ClockOffset::error));
    }

    /** Whether the clocks differ by more than this, whatever the error. */
    public boolean isBeyond(Duration limit) {
        return ahead.abs().minus(error).compareTo(limit) > 0;
    }

    /** The difference in milliseconds. */
    public double milliseconds() {
        return ahead.toNanos() / 1e6;
    }

    /** The error bound in milliseconds. */
    public double errorMilliseconds() {
        return error.toNanos() / 1e6;
    }
}
