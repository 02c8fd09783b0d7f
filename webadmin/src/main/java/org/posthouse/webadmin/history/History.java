package org.posthouse.webadmin.history;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.posthouse.schema.directory.Scribe;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.value.Place;
import org.posthouse.webadmin.history.Change.Effect;
import org.posthouse.webadmin.history.Change.State;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Every change ever made to the tree, as far back as the journal in the home goes: written down by the scribes it hands
 * out, found, compared, and proven whole. Whoever asks before the journal is read waits for that.
 */
public final class History implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(History.class);

    /**
     * What is told when a change was carried out.
     *
     * @param number its number
     * @param revision the revision it got
     * @param at when
     * @param deeds what was done; of a removal only the topmost object
     * @param noticed whether another one did it, by a tool of his own, so that it has no revision
     * @param revisions of a change of several objects one after the other, the revision that each got; else empty
     */
    public record Done(
            long number, long revision, Instant at, List<Deed> deeds, boolean noticed, Map<Place, Long> revisions) {

        /** Of a change that gave all objects one revision. */
        public Done(long number, long revision, Instant at, List<Deed> deeds, boolean noticed) {
            this(number, revision, at, deeds, noticed, Map.of());
        }

        /** The same as an object sees it, or an agent in a server: with the revision that this one got. */
        public Done of(Place place) {
            long own = Math.max(
                    revisions.getOrDefault(place, 0L),
                    place.parent()
                            .map(above -> revisions.getOrDefault(above, 0L))
                            .orElse(0L));
            return own == 0 ? this : new Done(number, own, at, deeds, noticed);
        }
    }

    private final Book book;
    private final Lookup lookup;
    private final Clock clock;
    private final Secrets secrets;
    private final String console;
    private final Rollbacks rollbacks;
    private final List<Consumer<Done>> listeners = new CopyOnWriteArrayList<>();
    private final List<Consumer<List<Deed>>> refusals = new CopyOnWriteArrayList<>();
    private final Underway underway = new Underway();

    private History(Path folder, Clock clock, Supplier<Optional<String>> systemSecret, String console)
            throws IOException {
        this.clock = clock;
        this.console = console;
        this.secrets = new Secrets(systemSecret);
        this.book = new Book(folder, clock);
        this.lookup = new Lookup(book);
        this.rollbacks = new Rollbacks(folder.resolve("rollback.properties"));
    }

    /**
     * Opens the history of a home, or begins it.
     *
     * @param home the folder in which {@code history} lies
     * @param clock the time written down
     * @param systemSecret what secrets are sealed with; empty while there is none
     */
    public static History open(Path home, Clock clock, Supplier<Optional<String>> systemSecret) throws IOException {
        return open(home, clock, systemSecret, "this console");
    }

    /**
     * Opens the history of a home, or begins it.
     *
     * @param home the folder in which {@code history} lies
     * @param clock the time written down
     * @param systemSecret what secrets are sealed with; empty while there is none
     * @param console what this console is called where several consoles use one directory
     */
    public static History open(Path home, Clock clock, Supplier<Optional<String>> systemSecret, String console)
            throws IOException {
        return new History(home.resolve("history"), clock, systemSecret, console);
    }

    /** What this console is called where several consoles use one directory. */
    public String console() {
        return console;
    }

    /** The pending decision about a directory that is older than this history; empty nearly always. */
    public Optional<Rollback> rollback() {
        return rollbacks.pending();
    }

    /** The pending decision, for whoever finds it out or carries it out. */
    public Rollbacks rollbacks() {
        return rollbacks;
    }

    /** The highest revision that any change has got. */
    public long revision() {
        return index().revision();
    }

    /** Whoever writes down what an author does. */
    public Scribe scribe(Author author) {
        return new Pen(() -> this, author);
    }

    /** Has a listener told of every change that was carried out, on the thread that made it. */
    public void whenDone(Consumer<Done> listener) {
        listeners.add(listener);
    }

    /** Has a listener told of what was written and put back again, before others can see it. */
    void whenRefused(Consumer<List<Deed>> listener) {
        refusals.add(listener);
    }

    /** The change that was cut off; empty when nothing of it was written down. */
    Optional<Change> cutOff(Scribe.CutOff cutOff) {
        Instant began = cutOff.began().truncatedTo(ChronoUnit.MILLIS);
        return unended().stream()
                .filter(change -> !change.at().isBefore(began))
                .filter(change -> change.deeds().stream()
                        .allMatch(deed -> cutOff.concerns().test(Place.of(deed.object()))))
                .findFirst();
    }

    /** How attributes are kept. */
    Secrets secrets() {
        return secrets;
    }

    /** One act's line, not synced yet; returns its number. */
    long write(long operation, Author author, Deed deed) throws IOException {
        Instant now = clock.instant();
        Duration back = operation == 0 ? book.journal().back(now) : Duration.ZERO;
        return book.append(Lines.act(operation, now, back, author, deed));
    }

    /** All acts are on disk and it may begin. */
    void begin(long operation, List<Deed> deeds) throws IOException {
        book.journal().sync();
        underway.begin(operation, deeds);
    }

    /** It ended. A line that cannot be written now is made up for at the next start, from what the directory shows. */
    void end(long operation, State state, long revision, String remark, List<Deed> deeds, Map<Place, Long> revisions) {
        Instant at = clock.instant();
        try {
            book.write(Lines.end(operation, at, state, revision, remark));
        } catch (IOException full) {
            LOG.error("The outcome of change {} cannot be written to the history", operation, full);
        }
        if (state == State.DONE) {
            var done = new Done(operation, revision, at, List.copyOf(deeds), false, Map.copyOf(revisions));
            listeners.forEach(listener -> listener.accept(done));
        } else {
            refusals.forEach(listener -> listener.accept(List.copyOf(deeds)));
        }
        underway.end(operation);
    }

    /** Nobody knows how it ended; the follower of the directory finds out. */
    void leave(long operation, String why) {
        underway.end(operation);
        LOG.warn("It is not known yet whether change {} was made: {}", operation, why);
    }

    /** A change that was noticed, not made here: written down as carried out. */
    long noticed(Author author, List<Deed> deeds, Instant at, String remark) throws IOException {
        long operation = 0;
        for (Deed deed : deeds) {
            long number = book.append(Lines.act(operation, at, Duration.ZERO, author, deed));
            operation = operation == 0 ? number : operation;
        }
        book.write(Lines.end(operation, clock.instant(), State.DONE, 0, remark));
        var done = new Done(operation, 0, at, List.copyOf(deeds), true);
        listeners.forEach(listener -> listener.accept(done));
        return operation;
    }

    /** Writes down what the engines made of a change. */
    public void effect(long operation, Effect effect) {
        try {
            book.write(Lines.effect(operation, clock.instant(), effect));
        } catch (IOException full) {
            LOG.error("The effect of change {} cannot be written to the history", operation, full);
        }
    }

    /** A note about the history itself. */
    void note(String what, String text) throws IOException {
        book.write(Lines.note(clock.instant(), what, text));
    }

    /** What of this console's own is under way. */
    Underway underway() {
        return underway;
    }

    /** Ends an operation of which it was found out whether it was carried out. */
    void settle(Change change, State state, String remark) {
        end(change.number(), state, change.revision(), remark, change.deeds(), Map.of());
    }

    /** The index, once all of the journal is read. Throws IllegalStateException when that takes too long. */
    Index index() {
        return book.index();
    }

    /** Whether all of the journal is read. */
    public boolean isLoaded() {
        return book.isLoaded();
    }

    /** What was found when the journal was read at the start; empty while it is being read. */
    public Optional<Verdict> verdict() {
        return book.verdict();
    }

    /** Reads the whole journal again and says whether it is as it was written. */
    public Verdict verify() throws IOException {
        return book.verify();
    }

    /** Some changes, the newest first: those before a number, or all when it is 0. */
    public Found find(Filter filter, long before, int size) throws IOException {
        return lookup.find(filter, before, size);
    }

    /** The latest changes, the newest first. Reads their lines alone. */
    public List<Change> latest(int size) {
        return lookup.latest(size);
    }

    /** Hands over every change that fits, the oldest first, each with everything it did. */
    public void each(Filter filter, Consumer<Change> to) throws IOException {
        lookup.each(filter, to);
    }

    /** One change with everything it did; empty when there is none of this number. */
    public Optional<Change> change(long number) {
        return lookup.change(number);
    }

    /** Every deed on one object that was carried out and is recorded after a line, in their order. */
    void replay(long after, String object, Consumer<Deed> to) {
        lookup.replay(after, object, to);
    }

    /** Every deed that was carried out and stands in a line after this one, in their order. */
    void replay(long after, Consumer<Deed> to) {
        lookup.replay(after, to);
    }

    /** The folder it lies in. */
    Path folder() {
        return book.folder();
    }

    /** What the journal says last of an object's attributes; of those it never spoke of, nothing. */
    Map<String, List<Value>> known(String object) {
        return lookup.known(object);
    }

    /** Whether the journal ever spoke of an object. */
    boolean isKnown(String object) {
        return !index().between(0, Long.MAX_VALUE, object).isEmpty();
    }

    /** The numbers of whatever was begun and is not ended, with its acts. */
    List<Change> unended() {
        return lookup.unended();
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
        return book.journal().number();
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
        return lookup.compare(after, until, object, skipped, most);
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

    @Override
    public void close() throws IOException {
        book.close();
    }
}
