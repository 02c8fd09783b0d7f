package org.posthouse.webadmin.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogTest {
    @TempDir
    Path folder = Path.of("");

    @Test
    void aLineBreakInAMessageCannotForgeASecondEvent() {
        var text = new LogLine().format(event("user \"a\r\n2026 SEVERE forged\" refused"));
        assertEquals(1, text.lines().count());
        assertTrue(
                text.endsWith("INFO smtp: user \"a\\r\\n2026 SEVERE forged\" refused" + System.lineSeparator()), text);
    }

    @Test
    void aFullFileMovesUpAndTheOldestOfTenIsDropped() throws IOException {
        var file = folder.resolve("posthouse.log");
        var log = new Log(file, 200);
        for (int number = 0; number < 50; number++) {
            log.publish(event("event " + number + " " + "x".repeat(60)));
        }
        log.close();
        try (var kept = Files.list(folder)) {
            assertEquals(10, kept.count());
        }
        assertTrue(Files.readString(file).contains("event 49 "));
        assertTrue(Files.readString(folder.resolve("posthouse.log.1")).contains("event 48 "));
        assertTrue(Files.size(file) <= 200);
    }

    private static LogRecord event(String message) {
        var event = new LogRecord(Level.INFO, message);
        event.setLoggerName("org.posthouse.smtp");
        event.setInstant(Instant.parse("2026-11-23T12:00:00Z"));
        return event;
    }
}
