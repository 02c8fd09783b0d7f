package org.posthouse.mailcore.nmap;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.posthouse.mailcore.agent.DiskThatFills;
import org.posthouse.mailcore.queue.QueueSettings;
import org.posthouse.mailcore.queue.Spool;

/** Mail that another engine hands over by NMAP, on a disk that is full. */
class IntakeTest {

    private static final byte[] MESSAGE = "Subject: x\r\n\r\ny\r\n".getBytes(US_ASCII);

    private final DiskThatFills disk = new DiskThatFills();
    private long free = 1 << 30;

    private Intake intake() {
        var settings = new QueueSettings(
                "mail.example.com", Duration.ofMinutes(1), Duration.ofDays(1), 1 << 20, name -> Optional.empty());
        var spool = new Spool(disk, () -> free, () -> settings, Clock.systemUTC());
        return new Intake(spool, () -> new byte[0], Clock.systemUTC());
    }

    private static String handOver(Intake intake) {
        assertEquals("1000 Queue entry created", intake.create(""));
        assertEquals("1000 OK", intake.store("FROM", "anna@example.com -"));
        assertEquals("1000 OK", intake.store("LOCAL", "bob rfc822;bob@example.com FAILURE"));
        assertEquals(
                "1000 OK",
                intake.message(
                        Integer.toString(MESSAGE.length), (octets, taker) -> taker.take(MESSAGE, 0, MESSAGE.length)));
        return intake.run();
    }

    @Test
    void aDiskThatFillsInBetweenRefusesTheMailAndTakesItWhenThereIsSpace() {
        try (var intake = intake()) {
            disk.fill();
            assertEquals("5221 Disk space low", handOver(intake));
            disk.makeRoom();
            assertTrue(handOver(intake).startsWith("1000 "));
        }
    }

    @Test
    void belowMinimumSpaceNoEntryIsBegun() {
        try (var intake = intake()) {
            free = 1 << 19;
            assertEquals("5221 Disk space low", intake.create(""));
            free = 1 << 30;
            assertTrue(handOver(intake).startsWith("1000 "));
        }
    }
}
