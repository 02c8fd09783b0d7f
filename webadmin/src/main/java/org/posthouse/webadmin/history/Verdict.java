package org.posthouse.webadmin.history;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Whether a history is as it was written.
 *
 * @param lines how many lines were looked at
 * @param last the number of the newest
 * @param hash its hash
 * @param faults where it is not, in their order; empty: it is whole
 */
public record Verdict(long lines, long last, String hash, List<Fault> faults) {

    /**
     * Goes over the files of a home, whether or not anything runs on it. Throws NoSuchFileException where there never was
     * a history, or another IOException for what cannot be read.
     */
    public static Verdict of(Path home) throws IOException {
        Path folder = home.resolve("history");
        if (!Files.exists(folder) && !Files.exists(home.resolve("history.anchors"))) {
            throw new NoSuchFileException(folder.toString());
        }
        return Chain.verify(folder);
    }

    /** The fault with the first entry that is not as it was written. */
    public Optional<Fault> first() {
        return faults.stream().min(Comparator.comparingLong(Fault::from));
    }

    /** Whether nothing is wrong. */
    public boolean isWhole() {
        return faults.isEmpty();
    }
}
