package org.posthouse.schema.file;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The free space that the embedded directory needs: with less, it can be read but refuses changes. */
public final class DirectorySpace {

    private static final long LEAST = 20L << 20;
    private static final long MOST = 100L << 20;
    private static final int PART = 50;

    /**
     * Too little space, in octets.
     *
     * @param free what is free
     * @param required what changes require
     */
    public record Shortage(long free, long required) {}

    private DirectorySpace() {}

    /**
     * What the directory in a folder lacks; empty when it has enough space, or is not there, or cannot be measured. Costs one
     * call of the operating system.
     */
    public static Optional<Shortage> shortage(Path folder) {
        try {
            if (!Files.isDirectory(folder)) {
                return Optional.empty();
            }
            FileStore volume = Files.getFileStore(folder);
            return shortage(volume.getUsableSpace(), volume.getTotalSpace());
        } catch (IOException unmeasured) {
            return Optional.empty();
        }
    }

    static Optional<Shortage> shortage(long free, long total) {
        long required = required(total);
        return free < required ? Optional.of(new Shortage(free, required)) : Optional.empty();
    }

    /** The free octets that changes require on a volume of {@code total} octets: a fiftieth, from 20 MB to 100 MB. */
    public static long required(long total) {
        return Math.clamp(total / PART, LEAST, MOST);
    }
}
