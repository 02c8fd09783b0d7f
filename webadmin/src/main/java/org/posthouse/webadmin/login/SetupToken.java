package org.posthouse.webadmin.login;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;

/** The one-time token of the first start: a line {@code token expiryEpochSeconds} in {@code HOME/setup-token}. */
@ApplicationScoped
public class SetupToken {

    private static final String FILE = "setup-token";

    @Inject
    private Installed installed;

    /** Whether this is the token, and not yet expired. Takes the same time for every wrong one. */
    public boolean opens(String token) {
        try {
            return opens(Files.readString(file()), token, installed.clock().instant());
        } catch (IOException none) {
            return false;
        }
    }

    static boolean opens(String line, String token, Instant now) {
        String[] parts = line.strip().split(" ", 2);
        if (parts.length != 2 || !parts[1].matches("[0-9]{1,12}")) {
            return false;
        }
        boolean same = MessageDigest.isEqual(
                parts[0].getBytes(StandardCharsets.UTF_8), token.getBytes(StandardCharsets.UTF_8));
        return same && !parts[0].isEmpty() && now.getEpochSecond() < Long.parseLong(parts[1]);
    }

    /** Takes the token away once it did its work. */
    public void withdraw() throws IOException {
        Files.deleteIfExists(file());
    }

    private Path file() {
        return installed.home().resolve(FILE);
    }
}
