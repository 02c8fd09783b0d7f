package org.posthouse.webadmin.confirmation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.posthouse.schema.value.Place;

class WaitingTest {

    private static final Duration MINUTE = Duration.ofSeconds(60);
    private static final Place CONSOLE = Place.of("ou=WebAdmin host1,o=Internet Services,dc=posthouse");
    private static final List<Pending.Part> PORT =
            List.of(new Pending.Part("httpPort", "posthouseWebAdminPort", false, List.of(), List.of("9089")));

    @TempDir
    private Path folder;

    private Instant wall = Instant.parse("2026-11-28T12:00:00Z");
    private long ticks = 7;

    private Waiting waiting() {
        Clock clock = Clock.fixed(wall, ZoneOffset.UTC);
        return new Waiting(folder.resolve("confirmations"), clock, () -> ticks, MINUTE);
    }

    private void pass(Duration time) {
        wall = wall.plus(time);
        ticks += time.toNanos();
    }

    @Test
    void aChangeWaitsAMinuteAndNoLonger() {
        Waiting waiting = waiting();
        Pending pending = waiting.begin(CONSOLE, "cn=admin", PORT);
        pass(Duration.ofSeconds(59));
        assertEquals(Duration.ofSeconds(1), waiting.left(pending));
        assertEquals(List.of(), waiting.overdue());
        pass(Duration.ofSeconds(1));
        assertEquals(List.of(pending), waiting.overdue());
    }

    @Test
    void whatWasEndedWaitsNoMore() {
        Waiting waiting = waiting();
        Pending pending = waiting.begin(CONSOLE, "cn=admin", PORT);
        waiting.end(pending.id());
        pass(MINUTE.multipliedBy(2));
        assertEquals(List.of(), waiting.overdue());
        assertTrue(waiting.on(CONSOLE).isEmpty());
        assertEquals(List.of(), waiting().all());
    }

    @Test
    void anotherProcessGoesOnCounting() {
        Pending pending = waiting().begin(CONSOLE, "cn=admin", PORT);
        pass(Duration.ofSeconds(20));
        ticks = -500; // Another process counts from elsewhere.
        Waiting next = waiting();
        assertEquals(List.of(pending), next.all());
        assertEquals(Duration.ofSeconds(40), next.left(pending));
        pass(Duration.ofSeconds(40));
        assertEquals(List.of(pending), next.overdue());
    }

    @Test
    void aProcessThatComesTooLateTakesItBackAtOnce() {
        Pending pending = waiting().begin(CONSOLE, "cn=admin", PORT);
        pass(Duration.ofHours(3));
        assertEquals(List.of(pending), waiting().overdue());
    }

    @Test
    void aClockThatIsSetWhileItRunsChangesNothing() {
        Waiting waiting = waiting();
        Pending pending = waiting.begin(CONSOLE, "cn=admin", PORT);
        wall = wall.plus(Duration.ofDays(400));
        assertEquals(MINUTE, waiting.left(pending));
        wall = wall.minus(Duration.ofDays(800));
        ticks += MINUTE.toNanos();
        assertEquals(List.of(pending), waiting.overdue());
    }

    @Test
    void aClockSetBackBetweenTwoProcessesDoesNotKeepItForever() {
        Pending pending = waiting().begin(CONSOLE, "cn=admin", PORT);
        wall = wall.minus(Duration.ofDays(400));
        Waiting next = waiting();
        assertEquals(MINUTE, next.left(pending));
        pass(MINUTE);
        assertEquals(List.of(pending), next.overdue());
    }

    @Test
    void aClockSetForwardBetweenTwoProcessesTakesItBack() {
        Pending pending = waiting().begin(CONSOLE, "cn=admin", PORT);
        wall = wall.plus(Duration.ofDays(400));
        assertEquals(List.of(pending), waiting().overdue());
    }

    @Test
    void aFileThatCannotBeUnderstoodIsPassedOver() throws IOException {
        Pending pending = waiting().begin(CONSOLE, "cn=admin", PORT);
        Files.writeString(folder.resolve("confirmations/half.json"), "{\"id\": \"half");
        Files.writeString(folder.resolve("confirmations/other.json"), "{\"id\": 5}");
        assertEquals(List.of(pending), waiting().all());
    }

    @Test
    void whatWasChangedIsForTheOwnersEyesOnly() throws IOException {
        Pending pending = waiting().begin(CONSOLE, "cn=admin", PORT);
        Path file = folder.resolve("confirmations").resolve(pending.id() + ".json");
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        try (var files = Files.list(folder.resolve("confirmations"))) {
            assertFalse(files.anyMatch(each -> each.toString().endsWith(".new")));
        }
    }
}
