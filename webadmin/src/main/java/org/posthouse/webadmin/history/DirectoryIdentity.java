package org.posthouse.webadmin.history;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import org.posthouse.schema.directory.Directory;
import org.posthouse.schema.file.AtomicFile;
import org.posthouse.schema.tree.Entry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which directory a history is about. Each setup makes a system secret of its own, which the directory keeps, so that its
 * hash tells one directory from another, whatever their revisions are. Used by one thread, except for {@link #forget}.
 */
final class DirectoryIdentity {

    private static final Logger LOG = LoggerFactory.getLogger(DirectoryIdentity.class);
    private static final String SECRET = "posthouseSystemSecret";
    private static final int OCTETS = 16;

    private final Path file;

    /** Remembers in this file. */
    DirectoryIdentity(Path file) {
        this.file = file;
    }

    /** Whether this is another directory than the one that the history is about. Costs a request. */
    boolean isOther(Directory directory) {
        Optional<String> known = read();
        Optional<String> now = of(directory);
        return known.isPresent() && now.isPresent() && !known.equals(now);
    }

    /** The history is about this directory from now on, once its setup is complete; until then a setup may begin again. */
    void keep(Directory directory) {
        if (read().isPresent() || directory.read(directory.administrators()).isEmpty()) {
            return;
        }
        of(directory).ifPresent(this::write);
    }

    /** Somebody decided what counts: the history is about the directory that is there next. */
    void forget() {
        try {
            AtomicFile.delete(file);
        } catch (IOException unwritable) {
            LOG.warn("{} cannot be deleted: {}", file, unwritable.toString());
        }
    }

    private Optional<String> read() {
        try {
            return Files.exists(file) ? Optional.of(Files.readString(file).strip()) : Optional.empty();
        } catch (IOException unreadable) {
            LOG.warn("{} cannot be read: {}", file, unreadable.toString());
            return Optional.empty();
        }
    }

    private void write(String identity) {
        try {
            AtomicFile.replace(file, identity + "\n");
        } catch (IOException unwritable) {
            LOG.warn("{} cannot be written: {}", file, unwritable.toString());
        }
    }

    private static Optional<String> of(Directory directory) {
        return directory
                .read(directory.internetServices())
                .flatMap((Entry services) -> services.value(SECRET))
                .map(DirectoryIdentity::hash);
    }

    private static String hash(String secret) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest(("Posthouse directory " + secret).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, OCTETS);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
