package org.posthouse.webadmin.setup;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Instant;

/** The one-time secret in {@code HOME/setup-token}: {@code token expiryEpochSeconds}. Whoever shows it may set up. */
public final class SetupToken {

    private final Path file;
    private final Clock clock;

    /** The token of this home. */
    public SetupToken(Path home, Clock clock) {
        this.file = home.resolve("setup-token");
        this.clock = clock;
    }

    /** Whether this is the token, and still valid; compared in constant time. */
    public boolean isRight(String shown) {
        try {
            String[] words = Files.readString(file).strip().split(" ");
            return words.length == 2
                    && Instant.ofEpochSecond(Long.parseLong(words[1])).isAfter(clock.instant())
                    && MessageDigest.isEqual(
                            words[0].getBytes(StandardCharsets.UTF_8), shown.getBytes(StandardCharsets.UTF_8));
        } catch (IOException | NumberFormatException none) {
            return false;
        }
    }

    /** Makes it worthless: set-up is done. */
    public void withdraw() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException stays) {
            // It expires within minutes, and a directory that was set up refuses another set-up.
        }
    }
}
