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
 * A file that remembers what a server uses, such as its folders or its ports, so that a value that is refused after a
 * restart does not keep the server from the one it used before. One line for each option: its name, "=", and its text.
 */
public final class InUseRecord {

    private final Path file;

    /** Remembers in a file of this name in the server's home. */
    public InUseRecord(Path serverHome, String name) {
        this.file = serverHome.resolve(name);
    }

    /** What is remembered; empty when nothing was so far. Throws {@link StoreFailure} when it cannot be read. */
    public Map<String, String> read() {
        try {
            var values = new TreeMap<String, String>();
            for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
                int equals = line.indexOf('=');
                if (equals > 0) {
                    values.put(line.substring(0, equals), line.substring(equals + 1));
                }
            }
            return values;
        } catch (NoSuchFileException first) {
            return Map.of();
        } catch (IOException unreadable) {
            throw new StoreFailure(file + " cannot be read: " + unreadable.getMessage(), unreadable);
        }
    }

    /** Remembers these alone, all or nothing. Throws {@link StoreFailure} when it cannot. */
    public void write(Map<String, String> values) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            String lines = new TreeMap<>(values)
                    .entrySet().stream()
                            .map(value -> value.getKey() + "=" + value.getValue() + "\n")
                            .collect(Collectors.joining());
            AtomicFile.replace(file, AtomicFile.READABLE, lines.getBytes(StandardCharsets.UTF_8));
        } catch (IOException failed) {
            throw new StoreFailure(file + " cannot be written: " + failed.getMessage(), failed);
        }
    }
}
