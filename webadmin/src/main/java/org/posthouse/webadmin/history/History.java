package org.posthouse.webadmin.history;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongPredicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.posthouse.schema.directory.Scribe;
import org.posthouse.schema.tree.Kind;
import org.posthouse.webadmin.history.Change.Effect;
import org.posthouse.webadmin.history.Change.State;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Every change ever made to the tree, as far back as the journal in the home goes: written down by the scribes it hands
 * out, found, compared, and proven whole.
 *
 * <p>Opening it reads only the end of the journal; the rest is read in the background, and whoever asks before that is
 * done waits for it.
 */
public final class History implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(History.class);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int SHOWN = 100;

    /**
     * What is told when a change was carried out.
     *
     * @param number its number
     * @param revision the revision it got
     * @param at when
     * @param deeds what was done; of a removal only the topmost object
     * @param noticed whether another one did it, by a tool of his own, so that it has no revision
     */
    public record Done(long number, long revision, Instant at, List<Deed> deeds, boolean noticed) {}

    private final Journal journal;
    private final Path folder;
    private final Clock clock;
    private final Secrets secrets;
    private final Index index = new Index();
    private final CountDownLatch loaded = new CountDownLatch(1);
    private final Map<Long, List<Deed>> open = new ConcurrentHashMap<>();
    private final List<Consumer<Done>> listeners = new CopyOnWriteArrayList<>();
    private final List<Appended> waiting = new ArrayList<>();
    private final AtomicLong epoch = new AtomicLong();
    private volatile @Nullable Verdict verdict;
    private boolean loading = true;
    private boolean closed;

    private record Appended(long number, Glance line, Pages.Spot spot) {}

    private History(Path folder, Clock clock, Supplier<Optional<String>> systemSecret) throws IOException {
        this.folder = folder;
        this.clock = clock;
        this.secrets = new Secrets(systemSecret);
        this.journal = new Journal(folder, clock);
        long until = journal.number();
        Thread.ofPlatform().daemon().name("history").start(() -> load(until));
    }

    /**
     * Opens the history of a home, or begins it.
     *
     * @param home the folder in which {@code history} lies
     * @param clock the time written down
     * @param systemSecret what secrets are sealed with; empty while there is none
     */
    public static History open(Path home, Clock clock, Supplier<Optional<String>> systemSecret) throws IOException {
        return new History(home.resolve("history"), clock, systemSecret);
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
            LOG.warn(
                    "Line {} of {} cannot be understood",
                    spot.line(),
                    spot.file().getFileName());
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
            LOG.error("The history is not as it was written: {}", fault);
            if (!index.breaks().contains(fault.toString()) && fault.from() <= until) {
                append(Lines.note(clock.instant(), "broken", fault.toString()));
                journal.sync();
            }
        }
    }

    private synchronized Journal.Written append(JsonObject line) throws IOException {
        Journal.Written written = journal.append(line);
        byte[] text = line.toString().getBytes(UTF_8);
        var appended = new Appended(written.number(), Glance.at(text, 0, text.length), written.spot());
        if (loading) {
            waiting.add(appended);
        } else {
            take(appended);
        }
        return written;
    }

    private void take(Appended each) {
        Pages.Spot spot = each.spot();
        index.take(each.number(), each.line(), spot.file(), spot.offset(), spot.length());
    }

    /** Whoever writes down what an author does. */
    public Scribe scribe(Author author) {
        return new Pen(() -> this, author);
    }

    /** Has a listener told of every change that was carried out, on the thread that made it. */
    public void whenDone(Consumer<Done> listener) {
        listeners.add(listener);
    }

    /** How attributes are kept. */
    Secrets secrets() {
        return secrets;
    }

    /** One act's line, not synced yet; returns its number. */
    long write(long operation, Author author, Deed deed) throws IOException {
        Instant now = clock.instant();
        Duration back = operation == 0 ? journal.back(now) : Duration.ZERO;
        return append(Lines.act(operation, now, back, author, deed)).number();
    }

    /** All acts are on disk and it may begin. */
    void begin(long operation, List<Deed> deeds) throws IOException {
        journal.sync();
        open.put(operation, List.copyOf(deeds));
        epoch.incrementAndGet();
    }

    /** It ended. A line that cannot be written now is made up for at the next start, from what the directory shows. */
    void end(long operation, State state, long revision, String remark, List<Deed> deeds) {
        Instant at = clock.instant();
        try {
            append(Lines.end(operation, at, state, revision, remark));
            journal.sync();
        } catch (IOException full) {
            LOG.error("How change {} ended cannot be written into the history", operation, full);
        }
        if (state == State.DONE) {
            var done = new Done(operation, revision, at, List.copyOf(deeds), false);
            listeners.forEach(listener -> listener.accept(done));
        }
        open.remove(operation);
        epoch.incrementAndGet();
    }

    /** Nobody knows how it ended; the follower of the directory finds out. */
    void leave(long operation, String why) {
        open.remove(operation);
        epoch.incrementAndGet();
        LOG.warn("Whether change {} was carried out is not known yet: {}", operation, why);
    }

    /** A change that was noticed, not made here: written down as carried out. */
    long noticed(Author author, List<Deed> deeds, Instant at, String remark) throws IOException {
        long operation = 0;
        for (Deed deed : deeds) {
            long number = append(Lines.act(operation, at, Duration.ZERO, author, deed))
                    .number();
            operation = operation == 0 ? number : operation;
        }
        append(Lines.end(operation, clock.instant(), State.DONE, 0, remark));
        journal.sync();
        var done = new Done(operation, 0, at, List.copyOf(deeds), true);
        listeners.forEach(listener -> listener.accept(done));
        return operation;
    }

    /** Writes down what the engines made of a change. */
    public void effect(long operation, Effect effect) {
        try {
            append(Lines.effect(operation, clock.instant(), effect));
            journal.sync();
        } catch (IOException full) {
            LOG.error("What came of change {} cannot be written into the history", operation, full);
        }
    }

    /** A note about the history itself. */
    void note(String what, String text) throws IOException {
        append(Lines.note(clock.instant(), what, text));
        journal.sync();
    }

    /** A number that another one follows whenever an operation begins or ends. */
    long epoch() {
        return epoch.get();
    }

    /** Ends an operation of which it was found out whether it was carried out. */
    void settle(Change change, State state, String remark) {
        end(change.number(), state, change.revision(), remark, change.deeds());
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

    /** Whether all of the journal is read. */
    public boolean isLoaded() {
        return loaded.getCount() == 0;
    }

    /** What was found when the journal was read at the start; empty while it is being read. */
    public Optional<Verdict> verdict() {
        return Optional.ofNullable(verdict);
    }

    /** Reads the whole journal again and says whether it is as it was written. */
    public Verdict verify() throws IOException {
        index();
        Verdict found;
        synchronized (this) {
            // Nothing is written meanwhile, so the newest line is not taken for one too many.
            found = Chain.verify(folder);
        }
        verdict = found;
        return found;
    }

    /** Some changes, the newest first: those before a number, or all when it is 0. */
    public Found find(Filter filter, long before, int size) throws IOException {
        Index known = index();
        List<Operation> all = known.find(filter, saying(filter.text()));
        List<Operation> page = all.stream()
                .filter(operation -> before == 0 || operation.number < before)
                .limit(size + 1L)
                .toList();
        boolean more = page.size() > size;
        try (var lines = new LineReader()) {
            List<Change> changes = page.stream()
                    .limit(size)
                    .map(operation -> change(operation, lines, SHOWN))
                    .toList();
            return new Found(changes, all.size(), more ? changes.getLast().number() : 0);
        }
    }

    /** Hands over every change that fits, the oldest first, each with everything it did. */
    public void each(Filter filter, Consumer<Change> to) throws IOException {
        List<Operation> all = index().find(filter, saying(filter.text()));
        try (var lines = new LineReader()) {
            all.reversed().forEach(operation -> to.accept(change(operation, lines, Integer.MAX_VALUE)));
        }
    }

    private Optional<LongPredicate> saying(String text) throws IOException {
        return text.isBlank() ? Optional.empty() : Optional.of(new Search(journal.pages(), text.strip()).run());
    }

    /** One change with everything it did; empty when there is none of this number. */
    public Optional<Change> change(long number) {
        try (var lines = new LineReader()) {
            return index().operation(number).map(operation -> change(operation, lines, Integer.MAX_VALUE));
        }
    }

    private Change change(Operation operation, LineReader lines, int most) {
        synchronized (index) {
            List<Mark> marks = operation.marks;
            JsonObject first = lines.json(marks.getFirst());
            return new Change(
                    operation.number,
                    Instant.ofEpochMilli(operation.at),
                    Duration.ofMillis(operation.back),
                    Lines.author(first),
                    operation.state,
                    operation.revision,
                    operation.remark,
                    operation.effect,
                    marks.stream().limit(most).map(lines::deed).toList(),
                    marks.size());
        }
    }

    /** Every deed that was carried out and stands in a line after this one, in their order. */
    void replay(long after, Consumer<Deed> to) {
        try (var lines = new LineReader()) {
            index().between(after, Long.MAX_VALUE, "").forEach(mark -> to.accept(lines.deed(mark)));
        }
    }

    /** The folder it lies in. */
    Path folder() {
        return folder;
    }

    /** What the journal says last of an object's attributes; of those it never spoke of, nothing. */
    Map<String, List<Value>> known(String object) {
        var known = new TreeMap<String, List<Value>>(String.CASE_INSENSITIVE_ORDER);
        compare(0, Long.MAX_VALUE, object, 0, 1).differences().stream()
                .filter(difference -> Names.key(difference.object()).equals(Names.key(object)))
                .flatMap(difference -> difference.alterations().stream())
                .filter(Alteration::whole)
                .forEach(each -> known.put(each.attribute(), each.after()));
        return known;
    }

    /** Whether the journal ever spoke of an object. */
    boolean isKnown(String object) {
        return !index().between(0, Long.MAX_VALUE, object).isEmpty();
    }

    /** The numbers of whatever was begun and is not ended, with its acts. */
    List<Change> unended() {
        try (var lines = new LineReader()) {
            return index().open().stream()
                    .map(operation -> change(operation, lines, Integer.MAX_VALUE))
                    .toList();
        }
    }

    /** Everybody who changed anything. */
    public List<String> authors() {
        return index().authors();
    }

    /** How many changes there are. */
    public int size() {
        return index().size();
    }

    /** The number of the newest line. */
    public long newest() {
        return journal.number();
    }

    /** The number of the newest line before which nothing is under way. */
    long settledUpTo() {
        long newest = journal.number();
        return open.keySet().stream().mapToLong(number -> number - 1).min().orElse(newest);
    }

    /** The number of the last change of before a moment; 0 when it is from before the history. */
    public long at(Instant moment) {
        return index().at(moment);
    }

    /**
     * What differs between two moments.
     *
     * @param differences some of what differs, object by object
     * @param objects how many objects were touched between
     */
    public record Compared(List<Difference> differences, int objects) {}

    /**
     * What differs between after one change and after another; of an object and those below it, or of everything.
     *
     * @param after the number of the first; 0: before the first change of all
     * @param until the number of the second
     * @param object the object; empty: everything
     * @param skipped so many of the touched objects are passed over
     * @param most at most so many are looked at
     */
    public Compared compare(long after, long until, String object, int skipped, int most) {
        List<Mark> marks = index().between(after, until, object);
        try (var lines = new LineReader()) {
            var comparison = new Comparison(marks, lines::deed);
            return new Compared(comparison.differences(skipped, most), comparison.objects());
        }
    }

    /** Values as the history keeps them: secrets sealed. */
    public List<Value> kept(String attribute, List<String> texts) {
        return secrets.kept(attribute, texts);
    }

    /** Whether an attribute comes back with its object: an engine's marks are made anew by the engine. */
    public static boolean isLasting(Kind kind, String attribute) {
        return Alterations.isLasting(kind, attribute);
    }

    /** Whether the values of an attribute are never shown. */
    public static boolean isSecret(String attribute) {
        return Secrets.isSecret(attribute);
    }

    /** The texts of values, secrets opened; empty when one of them cannot be. */
    public Optional<List<String>> opened(String attribute, List<Value> values) {
        List<Optional<String>> texts =
                values.stream().map(value -> secrets.opened(attribute, value)).toList();
        return texts.stream().allMatch(Optional::isPresent)
                ? Optional.of(texts.stream().map(Optional::orElseThrow).toList())
                : Optional.empty();
    }

    /** Whether an object is concerned by an operation under way. */
    boolean isUnderWay(String object) {
        String key = Names.key(object);
        return open.values().stream().flatMap(List::stream).anyMatch(deed -> concerns(deed, key));
    }

    private static boolean concerns(Deed deed, String key) {
        String own = Names.key(deed.object());
        return key.equals(own) || (deed.what() == Deed.What.REMOVED && key.endsWith("," + own));
    }

    /** Whether an operation of this console is under way. */
    boolean isUnderWay(long operation) {
        return open.containsKey(operation);
    }

    @Override
    public synchronized void close() throws IOException {
        if (!closed) {
            closed = true;
            journal.close();
        }
    }

    /** Reads lines by their marks; keeps files open between. */
    private static final class LineReader implements AutoCloseable {
        private final Map<Path, FileChannel> files = new HashMap<>();

        Deed deed(Mark mark) {
            return Lines.deed(json(mark));
        }

        JsonObject json(Mark mark) {
            try {
                FileChannel in = files.get(mark.file());
                if (in == null) {
                    in = FileChannel.open(mark.file());
                    files.put(mark.file(), in);
                }
                byte[] line = Pages.at(in, mark.offset(), mark.length());
                return Lines.read(line, 0, line.length);
            } catch (IOException | JsonException unreadable) {
                throw new IllegalStateException("The history at " + mark.file() + " cannot be read", unreadable);
            }
        }

        @Override
        public void close() {
            for (FileChannel in : files.values()) {
                try {
                    in.close();
                } catch (IOException ignored) {
                    // It was only read from.
                }
            }
        }
    }
}
