package org.posthouse.webadmin.boot.directory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import org.posthouse.schema.file.AtomicFile;

/** Files that nobody but their owner can read, at no moment of their making. */
final class PrivateFile {

    private static final SecureRandom RANDOM = new SecureRandom();

    private PrivateFile() {}

    /** Puts a text in place of what the file held; a crash leaves the old text or the new, never half. */
    static void write(Path file, String text) throws IOException {
        AtomicFile.replace(file, text);
    }

    /** Takes everybody else's rights to a file that another program made. */
    static void restrict(Path file) throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(AtomicFile.PRIVATE));
    }

    /** A password of 256 random bits, in letters that need no escape anywhere. */
    static String secret() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(random(32));
    }

    /** Unpredictable octets. */
    static byte[] random(int octets) {
        var chance = new byte[octets];
        RANDOM.nextBytes(chance);
        return chance;
    }
}
