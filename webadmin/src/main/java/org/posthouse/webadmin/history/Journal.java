package org.posthouse.webadmin.history;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The append-only files of the history, one a month in UTC: lines of JSON, each with its number and the hash of the line
 * before. A line counts as written when {@link #sync} returns.
 *
 * <p>The order is that of the numbers, never that of the clock: a clock that was set back neither opens an older file
 * nor changes the order, and the line says by how much it went back.
 */
final class Journal implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Journal.class);
    private static final Duration LOGGED_EACH = Duration.ofMinutes(1);

    private final Path folder;
    private final Pages pages;
    private final Anchors anchors;
    private final Clock clock;
    // No channel: that would be closed for everybody when a thread that writes is interrupted.
    private @Nullable RandomAccessFile out;
    private Path file;
    private long end;
    private long number;
    private String hash;
    private Instant last = Instant.MIN;
    private Instant logged = Instant.MIN;

    /** Opens or begins the journal of a folder; takes a line that a crash left half written off its end. */
    Journal(Path folder, Clock clock) throws IOException {
        this.folder = folder;
        this.clock = clock;
        this.pages = new Pages(folder);
        this.anchors = new Anchors(folder.resolveSibling(folder.getFileName() + ".anchors"));
        Files.createDirectories(
                folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        this.hash = Frame.START;
        List<Path> known = pages.files();
        this.file = known.isEmpty() ? folder.resolve(month(clock.instant())) : known.getLast();
        continueFrom(known);
    }

    private static String month(Instant at) {
        return YearMonth.from(at.atZone(ZoneOffset.UTC)) + Pages.END;
    }

    Pages pages() {
        return pages;
    }

    Anchors anchors() {
        return anchors;
    }

    /** The number of the newest line; 0 before the first. */
    synchronized long number() {
        return number;
    }

    private void continueFrom(List<Path> known) throws IOException {
        for (int i = known.size() - 1; i >= 0 && number == 0; i--) {
            try (FileChannel in = FileChannel.open(known.get(i))) {
                lastSound(in).ifPresent(frame -> {
                    number = frame.number();
                    hash = frame.hash();
                });
            }
        }
        Optional<Map.Entry<Long, String>> head = anchors.head();
        boolean cut = head.isPresent() && head.get().getKey() > number;
        RandomAccessFile open = Pages.append(file);
        out = open;
        long whole = Pages.wholeEnd(open.getChannel());
        byte[] torn = Pages.at(open.getChannel(), whole, Math.toIntExact(Math.min(open.length() - whole, 4_000)));
        if (cut) {
            // The numbers that are gone are not given again, and the chain goes on from where it was.
            number = head.get().getKey();
            hash = head.get().getValue();
        }
        end = whole;
        if (torn.length > 0) {
            open.setLength(whole);
            LOG.info(
                    "The last line of {} was only partly written when the console ended. That change did not take place",
                    file);
            append(Lines.torn(clock.instant(), new String(torn, UTF_8)));
            sync();
        }
    }

    private static Optional<Frame> lastSound(FileChannel in) throws IOException {
        long stop = Pages.wholeEnd(in);
        while (stop > 0) {
            long begin = Pages.lineEndBefore(in, stop - 1);
            int length = Math.toIntExact(stop - 1 - begin);
            Optional<Frame> frame = Frame.of(Pages.at(in, begin, length), 0, length);
            if (frame.isPresent()) {
                return frame;
            }
            stop = begin;
        }
        return Optional.empty();
    }

    /**
     * What was appended.
     *
     * @param number its number
     * @param spot where it stands; its line number is not known
     */
    record Written(long number, Pages.Spot spot) {}

    /** Writes one line, not synced yet, unless {@link #sync} follows. */
    synchronized Written append(JsonObject content) throws IOException {
        turnPage();
        String text = content.toString();
        Frame.Line line = Frame.close(number + 1, hash, text.substring(1, text.length() - 1));
        RandomAccessFile open = open();
        try {
            open.seek(end);
            open.write(line.bytes());
        } catch (IOException full) {
            open.setLength(end);
            throw full;
        }
        var spot = new Pages.Spot(file, 0, end, line.bytes().length - 1);
        end += line.bytes().length;
        number++;
        hash = line.hash();
        return new Written(number, spot);
    }

    /** By how much the clock went back since the line before; zero nearly always. */
    synchronized Duration back(Instant now) {
        Duration back = last.isAfter(now) ? Duration.between(now, last) : Duration.ZERO;
        last = now;
        return back.compareTo(Duration.ofSeconds(1)) < 0 ? Duration.ZERO : back;
    }

    /** Takes the time of a line that was read, so that a clock set back while the console was down is seen. */
    synchronized void startAt(Instant newest) {
        if (last.equals(Instant.MIN)) {
            last = newest;
        }
    }

    // A month begins a new file; a clock set back never goes back to an older one.
    private void turnPage() throws IOException {
        Path due = folder.resolve(month(clock.instant()));
        if (due.compareTo(file) > 0 && end > 0) {
            open().getFD().sync();
            open().close();
            file = due;
            RandomAccessFile fresh = Pages.append(due);
            out = fresh;
            end = fresh.length();
        }
    }

    /** Everything appended is on disk when this returns, and anchored. */
    synchronized void sync() throws IOException {
        open().getFD().sync();
        Instant now = clock.instant();
        anchors.drop(number, hash, now);
        if (logged.isBefore(now.minus(LOGGED_EACH)) || logged.isAfter(now)) {
            logged = now;
            LOG.info("The history is at entry {}, SHA-256 {}", number, hash);
        }
    }

    private RandomAccessFile open() throws IOException {
        RandomAccessFile open = out;
        if (open == null) {
            throw new IOException("the history is closed");
        }
        return open;
    }

    @Override
    public synchronized void close() throws IOException {
        RandomAccessFile open = out;
        out = null;
        if (open != null) {
            open.close();
        }
        anchors.close();
    }
}
