package org.posthouse.webadmin.history;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The journal with its index. Opening it reads only the end of the journal; the rest is read in the background, and
 * whoever asks before that is done waits for it.
 */
final class Book implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Book.class);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Journal journal;
    private final Path folder;
    private final Clock clock;
    private final Index index = new Index();
    private final CountDownLatch loaded = new CountDownLatch(1);
    private final List<Appended> waiting = new ArrayList<>();
    private volatile @Nullable Verdict verdict;
    private boolean loading = true;
    private boolean closed;

    private record Appended(long number, Glance line, Pages.Spot spot) {}

    Book(Path folder, Clock clock) throws IOException {
        this.folder = folder;
        this.clock = clock;
        this.journal = new Journal(folder, clock);
        long until = journal.number();
        Thread.ofPlatform().daemon().name("history").start(() -> load(until));
    }

    Journal journal() {
        return journal;
    }

    Path folder() {
        return folder;
    }

    // Also where lines were tampered with, everything that can be read is.
    private void load(long until) {
        try {
            var chain = new Chain(journal.anchors().read());
            journal.pages().read((spot, bytes, from) -> {
                Optional<Frame> frame = Frame.of(bytes, from, spot.length());
                if (frame.isEmpty() || frame.get().number() <= until) {
                    chain.take(spot, frame);
                    frame.ifPresent(found -> take(found.number(), spot, bytes, from));
                }
            });
            judge(chain, until);
        } catch (IOException | RuntimeException unreadable) {
            LOG.error("The history cannot be read", unreadable);
        } finally {
            catchUp();
        }
    }

    private void take(long number, Pages.Spot spot, byte[] bytes, int from) {
        try {
            index.take(number, Glance.at(bytes, from, spot.length()), spot.file(), spot.offset(), spot.length());
        } catch (JsonException | IllegalArgumentException | DateTimeException tampered) {
            LOG.warn("Line {} of {} cannot be read", spot.line(), spot.file().getFileName());
        }
    }

    private synchronized void catchUp() {
        waiting.forEach(this::take);
        waiting.clear();
        loading = false;
        journal.startAt(index.newest());
        loaded.countDown();
    }

    // What is broken is said in the log and in the history itself, each break once.
    private void judge(Chain chain, long until) throws IOException {
        Verdict found = chain.end(journal.anchors());
        verdict = found;
        for (Fault fault : found.faults()) {
            LOG.error("The history was altered: {}", fault);
            if (!index.breaks().contains(fault.toString()) && fault.from() <= until) {
                write(Lines.note(clock.instant(), "broken", fault.toString()));
            }
        }
    }

    /** Appends a line and has everything appended on disk; returns its number. */
    long write(JsonObject line) throws IOException {
        long number = append(line);
        journal.sync();
        return number;
    }

    /** Appends a line, not on disk yet; returns its number. */
    synchronized long append(JsonObject line) throws IOException {
        Journal.Written written = journal.append(line);
        byte[] text = line.toString().getBytes(UTF_8);
        var appended = new Appended(written.number(), Glance.at(text, 0, text.length), written.spot());
        if (loading) {
            waiting.add(appended);
        } else {
            take(appended);
        }
        return written.number();
    }

    private void take(Appended each) {
        Pages.Spot spot = each.spot();
        index.take(each.number(), each.line(), spot.file(), spot.offset(), spot.length());
    }

    /** The index, once all of the journal is read. Throws IllegalStateException when that takes too long. */
    Index index() {
        try {
            if (!loaded.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new IllegalStateException("The history is still being read; try again in a minute");
            }
            return index;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Stopped while the history was being read", stopped);
        }
    }

    boolean isLoaded() {
        return loaded.getCount() == 0;
    }

    /** What was found when the journal was read last; empty while it is being read for the first time. */
    Optional<Verdict> verdict() {
        return Optional.ofNullable(verdict);
    }

    /** Reads the whole journal again and says whether it is as it was written. */
    Verdict verify() throws IOException {
        index();
        Verdict found;
        synchronized (this) {
            // Nothing is written meanwhile, so the newest line is not taken for one too many.
            found = Chain.verify(folder);
        }
        verdict = found;
        return found;
    }

    @Override
    public synchronized void close() throws IOException {
        if (!closed) {
            closed = true;
            journal.close();
        }
    }
}
