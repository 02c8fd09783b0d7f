package org.posthouse.mailcore.ims;

import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.posthouse.schema.file.AtomicFile;
import org.posthouse.schema.file.FileProblem;

/** The claim of one process on a home: a lock, and {@code run.json}, by which {@code posthouse stop} finds it. */
final class Claim implements AutoCloseable {

    private final Path home;
    private final FileChannel lock;

    private Claim(Path home, FileChannel lock) {
        this.home = home;
        this.lock = lock;
    }

    /** Claims a home, made when it is not there. Throws IllegalStateException when another process has it. */
    static Claim of(Path home) {
        try {
            Files.createDirectories(
                    home, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            Files.createDirectories(home.resolve("logs"));
            var channel =
                    FileChannel.open(home.resolve("run.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (channel.tryLock() == null) {
                channel.close();
                throw new IllegalStateException("Posthouse is already running on " + home + ". Choose another --home.");
            }
            return new Claim(home, channel);
        } catch (IOException unusable) {
            throw new IllegalStateException(
                    "The home " + home + " cannot be used: " + FileProblem.words(unusable), unusable);
        }
    }

    /** Says in {@code run.json} who runs here. */
    void announce(URI board) {
        try {
            String at = board.toString().replaceFirst("/#.*", "");
            AtomicFile.replace(
                    home.resolve("run.json"),
                    "{\"pid\": %d, \"status\": \"%s/status\"}%n"
                            .formatted(ProcessHandle.current().pid(), at));
        } catch (IOException unwritable) {
            throw new IllegalStateException("Cannot write in " + home + ": " + unwritable.getMessage(), unwritable);
        }
    }

    @Override
    public void close() {
        try {
            Files.deleteIfExists(home.resolve("run.json"));
            lock.close();
        } catch (IOException untidy) {
            throw new IllegalStateException("The claim on " + home + " could not be released", untidy);
        }
    }
}
