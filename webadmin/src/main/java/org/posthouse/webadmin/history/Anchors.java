package org.posthouse.webadmin.history;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.posthouse.schema.file.AtomicFile;

/**
 * The file beside the journal that remembers number and hash of what was written, so that a journal that ends too early
 * or was written anew is found out. One line for each write; the older half goes when it grows.
 */
final class Anchors implements AutoCloseable {

    private static final Pattern FORM = Pattern.compile("(\\d{1,18}) ([0-9a-f]{64}) .*");
    private static final long FULL = 1L << 20;

    private final Path file;
    private @Nullable RandomAccessFile out;

    Anchors(Path file) {
        this.file = file;
    }

    /** Its name, for people. */
    String name() {
        return String.valueOf(file.getFileName());
    }

    boolean exist() {
        return Files.exists(file);
    }

    /** The hash remembered for each number; a line half written is passed over. */
    NavigableMap<Long, String> read() throws IOException {
        var known = new TreeMap<Long, String>();
        for (String line : lines()) {
            Matcher anchor = FORM.matcher(line);
            if (anchor.matches()) {
                known.put(Long.parseLong(anchor.group(1)), anchor.group(2));
            }
        }
        return known;
    }

    /** The newest one. */
    Optional<Map.Entry<Long, String>> head() throws IOException {
        return Optional.ofNullable(read().lastEntry());
    }

    private List<String> lines() throws IOException {
        return Files.exists(file)
                ? new ArrayList<>(List.of(new String(Files.readAllBytes(file), UTF_8).split("\n")))
                : List.of();
    }

    /** Remembers a line that is on disk. */
    void drop(long number, String hash, Instant at) throws IOException {
        RandomAccessFile open = opened();
        if (open.length() > FULL) {
            halve();
            open = opened();
        }
        open.seek(open.length());
        open.write((number + " " + hash + " " + at + "\n").getBytes(UTF_8));
    }

    private RandomAccessFile opened() throws IOException {
        RandomAccessFile open = out;
        if (open == null) {
            open = Pages.append(file);
            out = open;
        }
        return open;
    }

    private void halve() throws IOException {
        List<String> all = lines();
        close();
        AtomicFile.replace(file, String.join("\n", all.subList(all.size() / 2, all.size())) + "\n");
    }

    @Override
    public void close() throws IOException {
        RandomAccessFile open = out;
        out = null;
        if (open != null) {
            open.close();
        }
    }
}
