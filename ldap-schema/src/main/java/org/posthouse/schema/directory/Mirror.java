package org.posthouse.schema.directory;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.posthouse.schema.address.Addressee;
import org.posthouse.schema.address.Population;
import org.posthouse.schema.directory.Noticed.Changed;
import org.posthouse.schema.directory.Noticed.Everything;
import org.posthouse.schema.tree.Entry;
import org.posthouse.schema.tree.Tree;
import org.posthouse.schema.value.Place;

/**
 * What {@link Directory#configuration} would read, kept decoded in memory, so that looking at it costs no search.
 *
 * <p>What is written through a directory that looks at it is in it when the write has returned. What others write comes
 * by following, within moments. While the directory cannot be followed everybody reads anew, so that a directory that
 * is away is noticed. Whoever asks for the last known gets that while the directory does not respond, or not soon.
 */
final class Mirror implements AutoCloseable {

    // Some servers forget to report a change now and then: whoever looks often has the whole compared as often.
    private static final Duration TRUSTED_FOR = Duration.ofSeconds(5);
    // So many changes at once, as of an import of users, are cheaper read whole.
    private static final int FLOOD = 200;
    // So many changed people are not read one by one.
    private static final int IMPORT = 2_000;

    // Nobody waits longer than this for people who are only read again.
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    // Reading many people again and again would keep the directory busy: it rests this many times as long as it took.
    private static final int REST = 20;

    private record Listed(Tree tree, List<Entry> entries) {}

    private final Server server;
    private final Clock clock;
    private final Reader reader;
    private final Following following;
    private final Set<Place> changed = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean comparing = new AtomicBoolean();
    private final LastAnswers answers = new LastAnswers();
    private final AtomicReference<CompletableFuture<Tree>> refreshing = new AtomicReference<>();
    private volatile boolean unknown = true;
    private volatile Tree tree = Tree.EMPTY;
    private volatile Listed listed = new Listed(Tree.EMPTY, List.of());
    private volatile long comparedAt;
    // Whether it was ever read whole.
    private volatile boolean adopted;
    private long state;
    // Everybody to whom mail can be addressed; read when first asked for, empty until then.
    private volatile Optional<Population> population = Optional.empty();
    private Optional<CompletableFuture<Population>> reading = Optional.empty();
    private final Set<Place> missed = new HashSet<>();
    // Whether anything may have changed while they were read.
    private boolean outdated;
    private volatile Instant peopleReadAt = Instant.EPOCH;
    private long restUntil = System.nanoTime();

    Mirror(Server server, Counter counter, Clock clock) {
        this.server = server;
        this.clock = clock;
        this.reader = new Reader(server);
        this.following = new Following(Watch.best(server, counter), this::take).start();
    }

    /** Whether it is kept over these connections, and ends with them. */
    boolean isOver(Server connections) {
        return server == connections;
    }

    /** Takes in what the directory says of changes. */
    void take(Noticed notice) {
        switch (notice) {
            case Changed(Place place) -> changed.add(place);
            case Everything everything -> unknown = true;
        }
    }

    /** The configuration decoded. Throws DirectoryException when it has to be read and cannot. */
    synchronized Tree tree() {
        if (unknown || !following.connected() || changed.size() > FLOOD) {
            readAll();
        } else if (!changed.isEmpty()) {
            readChanged();
        } else if (System.nanoTime() - comparedAt > TRUSTED_FOR.toNanos() && comparing.compareAndSet(false, true)) {
            Thread.ofVirtual().name("configuration").start(this::compare);
        }
        return tree;
    }

    /** The same as last known, when the directory does not respond, or not soon. Throws as {@link #tree} at first. */
    Tree lastTree() {
        if (!adopted) {
            return tree();
        }
        if (isUpToDate() || server.pool().availability().outage().isPresent()) {
            return tree;
        }
        return LastAnswers.soon(refreshed(), server.pool()).orElse(tree);
    }

    private boolean isUpToDate() {
        return !unknown
                && following.connected()
                && changed.isEmpty()
                && System.nanoTime() - comparedAt <= TRUSTED_FOR.toNanos();
    }

    // One reading at a time, beside whoever waits for it. The reference is null while nobody reads.
    @SuppressWarnings("NullAway")
    private CompletableFuture<Tree> refreshed() {
        var fresh = new CompletableFuture<Tree>();
        CompletableFuture<Tree> running = refreshing.compareAndExchange(null, fresh);
        if (running != null) {
            return running;
        }
        Thread.ofVirtual().name("configuration").start(() -> {
            try {
                Tree read = tree();
                refreshing.set(null);
                fresh.complete(read);
            } catch (RuntimeException failed) {
                refreshing.set(null);
                fresh.completeExceptionally(failed);
            }
        });
        return fresh;
    }

    /** The last answers to other questions. */
    LastAnswers answers() {
        return answers;
    }

    /** Its entries in the order of their places. Throws as {@link #tree}. */
    List<Entry> list() {
        return sorted(tree());
    }

    /** The same of the tree as last known. Throws as {@link #lastTree}. */
    List<Entry> lastList() {
        return sorted(lastTree());
    }

    private List<Entry> sorted(Tree now) {
        Listed known = listed;
        if (known.tree() != now) {
            known = new Listed(
                    now,
                    now.entries().stream()
                            .sorted(Comparator.comparing(Entry::place))
                            .toList());
            listed = known;
        }
        return known.entries();
    }

    /** Everybody to whom mail can be addressed; read once, then followed. Throws as {@link #tree}. */
    Population population() {
        CompletableFuture<Population> read;
        Optional<Population> former;
        synchronized (this) {
            tree();
            former = population;
            if (former.isPresent() && (former.get().asOf().isEmpty() || System.nanoTime() - restUntil < 0)) {
                return former.get();
            }
            read = reading.orElseGet(this::begin);
        }
        return former.isEmpty() ? await(read) : again(read, former.get());
    }

    /** The same as last known, when the directory does not respond, or not soon. Throws as {@link #tree} at first. */
    Population lastPopulation() {
        Optional<Population> known = population;
        if (known.isEmpty()) {
            return population();
        }
        if (isUpToDate() && known.get().asOf().isEmpty()) {
            return known.get();
        }
        if (server.pool().availability().outage().isPresent()) {
            return aged(known.get());
        }
        CompletableFuture<Population> fresh =
                CompletableFuture.supplyAsync(this::population, Thread::startVirtualThread);
        return LastAnswers.soon(fresh, server.pool()).orElseGet(() -> aged(known.get()));
    }

    private static Population await(CompletableFuture<Population> read) {
        try {
            return read.join();
        } catch (CompletionException failed) {
            throw failed.getCause() instanceof DirectoryException down ? down : failed;
        }
    }

    // Those who were read before will do, when the others do not come soon.
    private Population again(CompletableFuture<Population> read, Population former) {
        Population now = read.exceptionally(down -> former)
                .completeOnTimeout(former, PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                .join();
        return now.isComplete() ? now : former;
    }

    private CompletableFuture<Population> begin() {
        var read = new CompletableFuture<Population>();
        reading = Optional.of(read);
        outdated = false;
        Thread.ofVirtual().name("people").start(() -> read(read));
        return read;
    }

    private void read(CompletableFuture<Population> to) {
        long begun = System.nanoTime();
        try {
            Instant at = clock.instant();
            Population read = keep(reader.population(), at);
            ended(System.nanoTime() - begun);
            to.complete(read);
        } catch (RuntimeException failed) {
            ended(System.nanoTime() - begun);
            to.completeExceptionally(failed);
        }
    }

    // Whoever asks from now on does not get this reading.
    private synchronized void ended(long nanos) {
        reading = Optional.empty();
        missed.clear();
        restUntil = System.nanoTime() + (nanos > PATIENCE.toNanos() ? REST * nanos : 0);
    }

    // What changed while it was read is read again.
    private synchronized Population keep(Population read, Instant at) {
        Population now = read.with(people(missed));
        if (now.isComplete()) {
            now = outdated ? now.asOf(at) : now;
            population = Optional.of(now);
            peopleReadAt = at;
        }
        return now;
    }

    private Map<Place, Optional<Addressee>> people(Collection<Place> places) {
        var people = new HashMap<Place, Optional<Addressee>>();
        places.forEach(place -> note(people, place, reader.read(place)));
        return people;
    }

    // A container that is there is nobody, but whoever is in it stays.
    private static void note(Map<Place, Optional<Addressee>> people, Place place, Optional<Entry> found) {
        Optional<Addressee> addressee = found.flatMap(Addressee::of);
        if (found.isEmpty() || addressee.isPresent()) {
            people.put(place, addressee);
        }
    }

    // What is noticed while it reads stays noticed, and is read again by whoever looks next.
    private void readAll() {
        List<Place> places = List.copyOf(changed);
        boolean anything = unknown || !following.connected();
        unknown = false;
        places.forEach(changed::remove);
        outdated |= anything;
        if (reading.isPresent()) {
            missed.addAll(places);
        }
        try {
            adopt(reader.configuration());
            population = former(places).map(known -> anything ? aged(known) : known);
        } catch (DirectoryException down) {
            unknown = true;
            changed.addAll(places);
            throw down;
        }
    }

    // Those who were known before, with what is known to have changed; after an import nobody is known.
    private Optional<Population> former(List<Place> places) {
        return places.size() > IMPORT ? Optional.empty() : population.map(known -> known.with(people(places)));
    }

    private Population aged(Population known) {
        return known.asOf().isEmpty() ? known.asOf(peopleReadAt) : known;
    }

    private void adopt(List<Entry> all) {
        Map<Place, Optional<Entry>> differences = differences(all);
        if (differences.size() > FLOOD) {
            tree = Tree.of(all);
        } else if (!differences.isEmpty()) {
            tree = tree.with(differences);
        }
        state++;
        comparedAt = System.nanoTime();
        adopted = true;
    }

    private Map<Place, Optional<Entry>> differences(List<Entry> all) {
        var differences = new HashMap<Place, Optional<Entry>>();
        tree.entries().forEach(entry -> differences.put(entry.place(), Optional.empty()));
        for (Entry entry : all) {
            if (tree.entry(entry.place()).filter(entry::equals).isPresent()) {
                differences.remove(entry.place());
            } else {
                differences.put(entry.place(), Optional.of(entry));
            }
        }
        return differences;
    }

    private void readChanged() {
        List<Place> places = List.copyOf(changed);
        places.forEach(changed::remove);
        try {
            Map<Place, Optional<Entry>> changes = changes(places);
            if (!changes.isEmpty()) {
                tree = tree.with(changes);
            }
            state++;
        } catch (DirectoryException down) {
            unknown = true;
            changed.addAll(places);
            throw down;
        }
    }

    private Map<Place, Optional<Entry>> changes(Collection<Place> places) {
        var changes = new HashMap<Place, Optional<Entry>>();
        var people = new HashMap<Place, Optional<Addressee>>();
        if (reading.isPresent()) {
            missed.addAll(places);
        }
        for (Place place : places) {
            Optional<Entry> found = reader.read(place);
            note(people, place, found);
            if (found.isEmpty()) {
                tree.entries().stream()
                        .map(Entry::place)
                        .filter(held -> held.isWithin(place))
                        .forEach(gone -> changes.put(gone, Optional.empty()));
            } else if (!tree.entry(place).equals(kept(found))) {
                changes.put(place, kept(found));
            }
        }
        population = population.map(known -> known.with(people));
        return changes;
    }

    private static Optional<Entry> kept(Optional<Entry> found) {
        return found.filter(entry -> entry.kind().isConfiguration());
    }

    // Beside whoever looks. If something was taken in while it read, what it read may be older than that.
    private void compare() {
        try {
            long before = state();
            List<Entry> all = reader.configuration();
            adoptUnlessMoved(all, before);
        } catch (DirectoryException down) {
            unknown = true;
        } finally {
            comparing.set(false);
        }
    }

    private synchronized long state() {
        return state;
    }

    private synchronized void adoptUnlessMoved(List<Entry> all, long before) {
        if (state == before) {
            adopt(all);
        }
    }

    /** A scribe that writes down what another one does, and has each change known here before its author goes on. */
    Scribe beside(Scribe scribe) {
        return () -> new Knowing(scribe.open());
    }

    private final class Knowing implements Scribe.Note {

        private final Scribe.Note note;
        private final List<Place> places = new ArrayList<>();

        Knowing(Scribe.Note note) {
            this.note = note;
        }

        @Override
        public void about(Act act) {
            note.about(act);
            places.add(act.place());
        }

        @Override
        public void ready() {
            note.ready();
        }

        @Override
        public void done(long revision) {
            changed.addAll(places);
            places.forEach(answers::forget);
            note.done(revision);
        }

        @Override
        public void refused(String why) {
            note.refused(why);
        }

        @Override
        public void unclear(String why) {
            unknown = true;
            note.unclear(why);
        }
    }

    @Override
    public void close() {
        following.close();
    }
}
