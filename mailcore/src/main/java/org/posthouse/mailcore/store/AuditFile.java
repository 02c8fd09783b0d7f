package org.posthouse.mailcore.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.time.Clock;

/** A file that remembers, a line each with the time before it, what was done and cannot be undone. */
public final class AuditFile {

    private final Path file;
    private final Clock clock;

    /** Remembers in this file, which is made when it is needed. */
    public AuditFile(Path file, Clock clock) {
        this.file = file;
        this.clock = clock;
    }

    /** Adds a line; it is on disk when this returns. Throws {@link StoreFailure}. */
    public void add(String line) {
        // A name with a line break in it must not make a line of its own.
        String whole = clock.instant() + " " + line.replaceAll("\\p{Cntrl}", "?") + "\n";
        try (FileChannel channel = FileChannel.open(file, CREATE, APPEND)) {
            ByteBuffer octets = ByteBuffer.wrap(whole.getBytes(UTF_8));
            while (octets.hasRemaining()) {
                channel.write(octets);
            }
            channel.force(true);
        } catch (IOException failed) {
            throw new StoreFailure("the record " + file + " cannot be written: " + failed.getMessage(), failed);
        }
    }

    @Override
    public String toString() {
        return file.toString();
    }
}
