package org.posthouse.mailcore.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.posthouse.schema.file.AtomicFile;

/**
 * A copy of RocksDB's list of files, which is small and without which nothing in a store can be found. It is kept in the
 * folder {@code manifest-copy} of the store and used by a repair alone. Used by one thread at a time.
 */
final class ManifestCopy {

    private static final String CURRENT = "CURRENT";

    private final Path folder;
    private final Path copy;
    private String last = "";

    /** Of the store in a folder. */
    ManifestCopy(Path folder) {
        this.folder = folder;
        this.copy = folder.resolve("manifest-copy");
    }

    /** Copies the list as it is now, unless it is what was copied last. Throws IOException. */
    void keep() throws IOException {
        String current = Files.readString(folder.resolve(CURRENT));
        Path list = folder.resolve(current.strip());
        byte[] content = Files.readAllBytes(list);
        String now = current + content.length;
        if (now.equals(last)) {
            return;
        }
        Files.createDirectories(copy);
        AtomicFile.replace(copy.resolve("MANIFEST"), AtomicFile.PRIVATE, content);
        AtomicFile.replace(copy.resolve(CURRENT), current);
        last = now;
    }

    /** Puts the copy in the place of the list. Returns whether there was one. Throws IOException. */
    boolean restore() throws IOException {
        try {
            String current = Files.readString(copy.resolve(CURRENT));
            byte[] content = Files.readAllBytes(copy.resolve("MANIFEST"));
            AtomicFile.replace(folder.resolve(current.strip()), AtomicFile.READABLE, content);
            AtomicFile.replace(
                    folder.resolve(CURRENT), AtomicFile.READABLE, current.getBytes(StandardCharsets.US_ASCII));
            return true;
        } catch (NoSuchFileException none) {
            return false;
        }
    }
}
