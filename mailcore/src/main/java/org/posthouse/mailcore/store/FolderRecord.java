package org.posthouse.mailcore.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.posthouse.schema.file.AtomicFile;

/**
 * A file that remembers in which folders a server works, so that a folder that is refused after a restart does not keep
 * the server from the one it worked in before. One line for each use: a name, "=", and the folder as its option has it.
 */
public final class FolderRecord {

    private final Path file;

    /** Remembers in the server's home. */
    public FolderRecord(Path serverHome) {
        this.file = serverHome.resolve("folders-in-use");
    }

    /** What is remembered; empty when nothing was so far. Throws {@link StoreFailure} when it cannot be read. */
    public Map<String, String> read() {
        try {
            var folders = new TreeMap<String, String>();
            for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
                int equals = line.indexOf('=');
                if (equals > 0) {
                    folders.put(line.substring(0, equals), line.substring(equals + 1));
                }
            }
            return folders;
        } catch (NoSuchFileException first) {
            return Map.of();
        } catch (IOException unreadable) {
            throw new StoreFailure(file + " cannot be read: " + unreadable.getMessage(), unreadable);
        }
    }

    /** Remembers these alone, all or nothing. Throws {@link StoreFailure} when it cannot. */
    public void write(Map<String, String> folders) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            String lines = new TreeMap<>(folders)
                    .entrySet().stream()
                            .map(use -> use.getKey() + "=" + use.getValue() + "\n")
                            .collect(Collectors.joining());
            AtomicFile.replace(file, AtomicFile.READABLE, lines.getBytes(StandardCharsets.UTF_8));
        } catch (IOException failed) {
            throw new StoreFailure(file + " cannot be written: " + failed.getMessage(), failed);
        }
    }
}
