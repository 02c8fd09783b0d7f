package org.posthouse.webadmin.setup;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Instant;

/**
 * The one-time secret in {@code HOME/setup-token}: a line {@code token expiryEpochSeconds}. Whoever can read the home may
 * set up the tree, or bring back what of it was lost.
 */
public final class SetupToken {

    private final Path file;
    private final Clock clock;

    /** The token of this home. */
    public SetupToken(Path home, Clock clock) {
        this.file = home.resolve("setup-token");
        this.clock = clock;
    }

    /** Whether this is the token, and still valid; takes the same time for every wrong one. */
    public boolean isRight(String shown) {
        try {
            return opens(Files.readString(file), shown, clock.instant());
        } catch (IOException none) {
            return false;
        }
    }

    static boolean opens(String line, String shown, Instant now) {
        String[] words = line.strip().split(" ", 2);
        if (words.length != 2 || words[0].isEmpty() || !words[1].matches("[0-9]{1,12}")) {
            return false;
        }
        boolean same = MessageDigest.isEqual(
                words[0].getBytes(StandardCharsets.UTF_8), shown.getBytes(StandardCharsets.UTF_8));
        return same && now.getEpochSecond() < Long.parseLong(words[1]);
    }

    /** Makes it worthless: what it was for is done. */
    public void withdraw() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException stays) {
            // It expires within minutes, and a directory that was set up refuses another set-up.
        }
    }
}
