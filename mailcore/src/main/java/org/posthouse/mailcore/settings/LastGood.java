package org.posthouse.mailcore.settings;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.posthouse.schema.file.AtomicFile;
import org.posthouse.schema.tree.Entry;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.value.Place;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The last configuration that was in force, in a file, so that an engine can start while its directory is down. The file
 * holds the system secret and is readable by its owner alone.
 *
 * <p>One object is a block of lines: kind and revision, the place, then attribute and value, values in Base64; an empty
 * line ends it.
 */
public final class LastGood {

    private static final Logger LOG = LoggerFactory.getLogger(LastGood.class);

    private final Path file;

    /** Keeps it in this file. */
    public LastGood(Path file) {
        this.file = file;
    }

    /** A file beside it, for what else is kept of the last good configuration. */
    Path beside(String ending) {
        return file.resolveSibling(file.getFileName() + ending);
    }

    /** Writes the objects, whole or not at all. They are on the disk when it returns. */
    void keep(Collection<Entry> entries) {
        var text = new StringBuilder();
        entries.forEach(entry -> append(text, entry));
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            AtomicFile.replace(file, text.toString());
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    /** The objects kept; none when nothing was kept yet or the file is unreadable. */
    List<Entry> read() {
        try {
            return Files.exists(file) ? parse(Files.readAllLines(file)) : List.of();
        } catch (IOException | IllegalArgumentException | IndexOutOfBoundsException unreadable) {
            LOG.warn("The saved settings in {} cannot be read and are not used: {}", file, unreadable.toString());
            return List.of();
        }
    }

    private static void append(StringBuilder text, Entry entry) {
        text.append(entry.kind().name()).append(' ').append(entry.revision()).append('\n');
        text.append(encoded(entry.place().toString())).append('\n');
        entry.attributes()
                .forEach((name, values) -> values.forEach(value ->
                        text.append(name).append(' ').append(encoded(value)).append('\n')));
        text.append('\n');
    }

    private static List<Entry> parse(List<String> lines) {
        var entries = new ArrayList<Entry>();
        var block = new ArrayList<String>();
        for (String line : lines) {
            if (!line.isEmpty()) {
                block.add(line);
            } else {
                entries.add(entry(block));
                block.clear();
            }
        }
        return entries;
    }

    private static Entry entry(List<String> block) {
        if (block.size() < 2) {
            throw new IllegalArgumentException("a block without a place");
        }
        String[] head = block.getFirst().split(" ", 2);
        Map<String, List<String>> attributes = new TreeMap<>();
        for (String line : block.subList(2, block.size())) {
            int blank = line.indexOf(' ');
            attributes
                    .computeIfAbsent(line.substring(0, blank), name -> new ArrayList<>())
                    .add(decoded(line.substring(blank + 1)));
        }
        return new Entry(Place.of(decoded(block.get(1))), Kind.valueOf(head[0]), Long.parseLong(head[1]), attributes);
    }

    private static String encoded(String value) {
        return Base64.getEncoder().encodeToString(value.getBytes(UTF_8));
    }

    private static String decoded(String value) {
        return new String(Base64.getDecoder().decode(value), UTF_8);
    }
}
