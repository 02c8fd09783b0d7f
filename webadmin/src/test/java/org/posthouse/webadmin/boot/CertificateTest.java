package org.posthouse.webadmin.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CertificateTest {
    @TempDir
    Path folder = Path.of("");

    @Test
    void itStaysTheSameFromStartToStartAndIsRenewedAMonthBeforeItEnds() throws Exception {
        var store = folder.resolve("keystore.p12");
        Certificate.ensure(store, "127.0.0.2", Clock.systemUTC());
        var first = Certificate.fingerprint(store);
        assertTrue(first.matches("([0-9A-F]{2}:){31}[0-9A-F]{2}"), first);
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(store)));

        Certificate.ensure(store, "127.0.0.2", Clock.systemUTC());
        assertEquals(first, Certificate.fingerprint(store));

        Certificate.ensure(store, "127.0.0.2", Clock.offset(Clock.systemUTC(), Duration.ofDays(370)));
        assertNotEquals(first, Certificate.fingerprint(store));
    }
}
