package org.posthouse.mailcore.status;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;

/**
 * Forecasts when a volume is full from readings of its free space.
 *
 * <p>The slope is the median of the slopes between all pairs of readings (Theil and Sen), so that a large file that comes
 * or goes does not mislead it. It is worked out over the last week, the last day, and the last three hours; the earliest
 * result counts. A forecast never reaches further than seven times the time that was observed, and a short time of fast
 * growth says nothing about the next week.
 */
final class SpaceTrend {

    /** How long readings are of use. */
    static final Duration MEMORY = Duration.ofDays(7);

    private static final int REACH = 7;
    private static final int FEWEST = 4;
    private static final long DAY = Duration.ofDays(1).toSeconds();

    /**
     * The free space at one moment.
     *
     * @param at when
     * @param free octets free
     */
    record Reading(Instant at, long free) {}

    /**
     * What is to be expected at the present rate.
     *
     * @param fullAt when nothing is left
     * @param perDay how many octets of free space a day takes
     */
    record Forecast(Instant fullAt, long perDay) {}

    /**
     * How fast free space shrank over a time.
     *
     * @param perSecond octets that a second took
     * @param horizon how far ahead this may be believed
     */
    record Slope(double perSecond, Duration horizon) {}

    private record Window(Duration length, Duration step, Duration horizon) {}

    private static final List<Window> WINDOWS = List.of(
            new Window(MEMORY, Duration.ofHours(1), Duration.ofDays(30)),
            new Window(Duration.ofDays(1), Duration.ofMinutes(10), Duration.ofDays(1)),
            new Window(Duration.ofHours(3), Duration.ofMinutes(1), Duration.ofHours(6)));

    private SpaceTrend() {}

    /** The readings that are of use at this moment: of the last hours all, of earlier times fewer. Oldest first. */
    static List<Reading> thinned(List<Reading> readings, Instant now) {
        List<Reading> usable = readings.stream()
                .filter(reading -> isUsable(Duration.between(reading.at(), now)))
                .toList();
        return oneOfEach(usable, reading -> step(Duration.between(reading.at(), now)));
    }

    private static boolean isUsable(Duration age) {
        return !age.isNegative() && age.compareTo(MEMORY) <= 0;
    }

    private static long step(Duration age) {
        return WINDOWS.stream()
                .filter(window -> age.compareTo(window.length()) <= 0)
                .min(Comparator.comparing(Window::length))
                .map(window -> window.step().toSeconds())
                .orElse(DAY);
    }

    /** How fast the space of these readings, oldest first, shrinks; empty when it does not, or when they are too few. */
    static List<Slope> slopes(List<Reading> readings, Instant now) {
        return WINDOWS.stream()
                .flatMap(window -> slope(readings, window, now).stream())
                .toList();
    }

    private static Optional<Slope> slope(List<Reading> readings, Window window, Instant now) {
        List<Reading> points = readings.stream()
                .filter(reading -> !reading.at().isBefore(now.minus(window.length())))
                .toList();
        List<Reading> few = oneOfEach(points, any -> window.step().toSeconds());
        if (few.size() < FEWEST) {
            return Optional.empty();
        }
        Duration reach =
                Duration.between(few.getFirst().at(), few.getLast().at()).multipliedBy(REACH);
        double shrinks = -median(few);
        return shrinks <= 0
                ? Optional.empty()
                : Optional.of(new Slope(shrinks, reach.compareTo(window.horizon()) < 0 ? reach : window.horizon()));
    }

    // The first of each step; the steps may differ in length.
    private static List<Reading> oneOfEach(List<Reading> readings, ToLongFunction<Reading> step) {
        var kept = new ArrayList<Reading>();
        long last = Long.MIN_VALUE;
        for (Reading reading : readings) {
            long seconds = step.applyAsLong(reading);
            long begins = Math.floorDiv(reading.at().getEpochSecond(), seconds) * seconds;
            if (begins != last) {
                kept.add(reading);
                last = begins;
            }
        }
        return List.copyOf(kept);
    }

    private static double median(List<Reading> readings) {
        double[] slopes = new double[readings.size() * (readings.size() - 1) / 2];
        int number = 0;
        for (int later = 1; later < readings.size(); later++) {
            for (int earlier = 0; earlier < later; earlier++) {
                Reading from = readings.get(earlier);
                Reading to = readings.get(later);
                double seconds = Duration.between(from.at(), to.at()).toMillis() / 1000.0;
                slopes[number++] = seconds <= 0 ? 0 : (to.free() - from.free()) / seconds;
            }
        }
        Arrays.sort(slopes);
        int half = slopes.length / 2;
        return slopes.length % 2 == 1 ? slopes[half] : (slopes[half - 1] + slopes[half]) / 2;
    }

    /** When so many usable octets are gone; empty when that is beyond every horizon, or when they are gone already. */
    static Optional<Forecast> forecast(List<Slope> slopes, long usable, Instant now) {
        return usable <= 0
                ? Optional.empty()
                : slopes.stream()
                        .filter(slope ->
                                usable / slope.perSecond() <= slope.horizon().toSeconds())
                        .max(Comparator.comparingDouble(Slope::perSecond))
                        .map(slope -> new Forecast(now.plusSeconds((long) (usable / slope.perSecond())), (long)
                                (slope.perSecond() * DAY)));
    }
}
