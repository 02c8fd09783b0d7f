package org.posthouse.mailcore.status;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.posthouse.mailcore.status.FolderSpace.State;

/** The free space of folders, and when it will be used up. */
class DiskSpaceTest {

    private static final long GIGABYTE = 1L << 30;
    private static final long TOTAL = 1000 * GIGABYTE;
    private static final Duration MINUTE = Duration.ofMinutes(1);

    @TempDir
    Path folder;

    private final Hands clock = new Hands();
    private long free = 500 * GIGABYTE;
    private long total = TOTAL;

    @Test
    void spaceIsLowBelowATenthOrAGigabyte() {
        assertEquals(State.ENOUGH, DiskSpace.state(150 * GIGABYTE, TOTAL, 0));
        assertEquals(State.ENOUGH, DiskSpace.state(2 * GIGABYTE, 8 * GIGABYTE, 0));
        assertEquals(State.LOW, DiskSpace.state(50 * GIGABYTE, TOTAL, 0));
        assertEquals(State.LOW, DiskSpace.state(GIGABYTE - 1, 4 * GIGABYTE, 0));
        assertEquals(State.LOW, DiskSpace.state(5 * GIGABYTE, 100 * GIGABYTE, 0));
    }

    @Test
    void minimumSpaceDecidesWhenAServerTakesNoMoreMail() {
        assertEquals(State.LOW, DiskSpace.state(3 * GIGABYTE, 4 * GIGABYTE, 2 * GIGABYTE));
        assertEquals(State.FULL, DiskSpace.state(GIGABYTE, 4 * GIGABYTE, 2 * GIGABYTE));
    }

    @Test
    void theDirectoryIsFullBelowWhatItRequires() {
        free = 99L << 20;
        assertEquals(State.FULL, space().of(folder("directory", 0)).state());
        assertEquals(State.LOW, space().of(folder("history", 0)).state());
    }

    @Test
    void steadyGrowthIsForecastDaysAhead() {
        var space = space();
        pass(space, Duration.ofDays(2), -10 * GIGABYTE);
        assertEquals(Optional.empty(), space.of(folder("home", 0)).fullAt(), "48 days are beyond seven times two days");
        free = 160 * GIGABYTE;
        assertNear(Duration.ofDays(6), space.of(folder("messageStore", 100 * GIGABYTE)), "100 GB are kept free");
        free = 130 * GIGABYTE;
        assertNear(Duration.ofDays(13), space.of(folder("home", 0)), "nothing is kept free");
    }

    @Test
    void theForecastSurvivesARestart() {
        var space = space();
        pass(space, Duration.ofDays(3), -10 * GIGABYTE);
        free = 50 * GIGABYTE;
        space.save();
        clock.advance(MINUTE);
        assertNear(Duration.ofDays(5), space().of(folder("home", 0)), "read from the file");
    }

    @Test
    void aFileThatCannotBeReadStartsTheForecastAnew() throws IOException {
        Files.writeString(folder.resolve("readings"), "1 2\nnot a reading at all\n");
        var space = space();
        assertEquals(Optional.empty(), space.of(folder("home", 0)).fullAt());
        pass(space, Duration.ofDays(1), -10 * GIGABYTE);
        free = 20 * GIGABYTE;
        assertNear(Duration.ofDays(2), space.of(folder("home", 0)), "new readings");
    }

    @Test
    void aLargeFileThatComesOrGoesMisleadsNobody() {
        var space = space();
        pass(space, Duration.ofDays(3), -GIGABYTE);
        free -= 100 * GIGABYTE;
        pass(space, Duration.ofHours(1), 0);
        free += 100 * GIGABYTE;
        pass(space, Duration.ofDays(1), -GIGABYTE);
        free = 5 * GIGABYTE;
        assertNear(Duration.ofDays(5), space.of(folder("home", 0)), "a gigabyte a day");
    }

    @Test
    void fastGrowthIsForecastWithinMinutesButNotForDays() {
        var space = space();
        pass(space, Duration.ofDays(2), 0);
        free = 100 * GIGABYTE;
        pass(space, Duration.ofHours(2), -24 * 20 * GIGABYTE);
        assertNear(Duration.ofHours(3), space.of(folder("home", 0)), "20 GB an hour, 60 GB left");
        free = 400 * GIGABYTE;
        assertEquals(Optional.empty(), space.of(folder("home", 0)).fullAt(), "two hours say nothing about tomorrow");
    }

    @Test
    void spaceThatDoesNotShrinkIsNotForecast() {
        var space = space();
        pass(space, Duration.ofDays(2), 0);
        pass(space, Duration.ofDays(2), GIGABYTE);
        assertEquals(Optional.empty(), space.of(folder("home", 0)).fullAt());
        assertEquals(0, space.of(folder("home", 0)).perDay());
    }

    @Test
    void anotherVolumeInThePlaceOfOneHasItsOwnForecast() {
        var space = space();
        pass(space, Duration.ofDays(3), -10 * GIGABYTE);
        total = TOTAL / 2;
        free = 40 * GIGABYTE;
        assertEquals(Optional.empty(), space.of(folder("home", 0)).fullAt());
    }

    @Test
    void aWeekOfReadingsStaysSmall() throws IOException {
        var space = space();
        pass(space, Duration.ofDays(9), -GIGABYTE);
        pass(space, Duration.ofHours(5), 0);
        space.save();
        assertTrue(Files.readAllLines(folder.resolve("readings")).size() < 500, "1,440 minutes a day");
    }

    private void pass(DiskSpace space, Duration time, long perDay) {
        var folders = List.of(folder("home", 0), folder("messageStore", 0));
        long first = free;
        long minutes = time.toMinutes();
        long step = time.compareTo(Duration.ofHours(6)) < 0 ? 1 : 30;
        for (long minute = step; minute <= minutes; minute += step) {
            clock.advance(MINUTE.multipliedBy(step));
            free = first + perDay * minute / Duration.ofDays(1).toMinutes();
            space.look(folders);
        }
    }

    private void assertNear(Duration expected, FolderSpace seen, String why) {
        Duration left =
                seen.fullAt().map(at -> Duration.between(clock.instant(), at)).orElse(Duration.ZERO);
        assertTrue(left.minus(expected).abs().compareTo(expected.dividedBy(20)) <= 0, why + ": " + seen);
    }

    private DiskSpace space() {
        return new DiskSpace(
                folder.resolve("readings"), clock, path -> new DiskSpace.Volume("/ (disk one)", free, total));
    }

    private Machine.Folder folder(String use, long floor) {
        return new Machine.Folder(use, "", folder, floor);
    }

    /** A clock that its test moves. */
    private static final class Hands extends Clock {

        private Instant now = Instant.parse("2026-11-28T00:00:00Z");

        void advance(Duration time) {
            now = now.plus(time);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
