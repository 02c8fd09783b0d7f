package org.posthouse.webadmin.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HomeTest {
    private final Clock noon = Clock.fixed(Instant.parse("2026-11-23T12:00:00Z"), ZoneOffset.UTC);

    @TempDir
    Path folder = Path.of("");

    @Test
    void aHomeIsForItsOwnerAlone() throws IOException {
        try (var home = Home.take(folder.resolve("new"))) {
            assertEquals("rwx------", mode(home.folder()));
            home.write("secret", "x");
            assertEquals("rw-------", mode(home.at("secret")));
        }
    }

    @Test
    void whereItRunsIsToldToOthersAndWithdrawnAtTheEnd() throws IOException {
        try (var home = Home.take(folder)) {
            home.announce(42, "http://127.0.0.1:8089/");
            assertEquals(
                    "{\"pid\": 42, \"url\": \"http://127.0.0.1:8089/\", \"status\": \"http://127.0.0.1:8089/api/status\", \"pin\": \"\"}",
                    Files.readString(home.at("run.json")).strip());
        }
        assertFalse(Files.exists(folder.resolve("run.json")));
    }

    @Test
    void theSetupLinkCarriesTheSecretThatLiesInTheHomeForAQuarterOfAnHour() throws IOException {
        try (var home = Home.take(folder)) {
            var link = SetupLink.renew(home, noon, "http://c/");
            var file = Files.readString(home.at("setup-token")).strip().split(" ");
            assertEquals("http://c/setup?token=" + file[0], link);
            assertEquals(noon.instant().plusSeconds(900).getEpochSecond(), Long.parseLong(file[1]));
            assertEquals("rw-------", mode(home.at("setup-token")));
            assertNotEquals(link, SetupLink.renew(home, noon, "http://c/"));
        }
    }

    private static String mode(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }
}
