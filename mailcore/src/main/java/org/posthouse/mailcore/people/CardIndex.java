package org.posthouse.mailcore.people;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.posthouse.schema.directory.Directory;
import org.posthouse.schema.directory.DirectoryException.DirectoryDown;
import org.posthouse.schema.login.Attempt;
import org.posthouse.schema.login.Guesser;
import org.posthouse.schema.login.PasswordChecker;
import org.posthouse.schema.tree.Entry;
import org.posthouse.schema.value.Place;

/**
 * What is remembered of the directory's users, groups and aliases, shared by all servers of an engine.
 *
 * <p>The change feed says which card to throw away; a minute bounds what it may have missed. While the directory is
 * down, whoever was found before is still found. Passwords are checked by a {@link PasswordChecker}.
 */
public final class CardIndex {

    private static final Duration FRESH = Duration.ofMinutes(1);
    private static final long CARDS = 50_000;

    // So long nobody is called unknown after an old answer that said so.
    private static final Duration DOUBTFUL = Duration.ofSeconds(1);

    private record Card(Optional<Entry> entry, Instant read) {}

    private final Supplier<Directory> directory;
    private final Supplier<String> doubt;
    private final Clock clock;
    private final Cache<Place, Card> cards = remembered();
    private final Set<Place> asking = ConcurrentHashMap.newKeySet();
    private final AtomicLong forgotten = new AtomicLong();
    private volatile long doubtfulUntil = System.nanoTime();
    private final PasswordChecker passwords;

    /**
     * Asks a directory.
     *
     * @param directory may throw DirectoryDown
     * @param doubt why whoever the directory does not show may exist all the same; empty nearly always
     */
    public CardIndex(Supplier<Directory> directory, Supplier<String> doubt, Clock clock) {
        this.directory = directory;
        this.doubt = doubt;
        this.clock = clock;
        this.passwords = new PasswordChecker(directory, FRESH, clock);
    }

    /**
     * Whoever is not found is unknown, unless the directory is older than what it was: then it may have forgotten. The same
     * goes for whoever was not there before an outage. Throws DirectoryDown with the reason.
     */
    public void vouch() {
        String why = doubt.get();
        if (!why.isEmpty()) {
            throw new DirectoryDown(why, new IllegalStateException(why));
        }
        if (doubtfulUntil - System.nanoTime() > 0) {
            throw new DirectoryDown("The directory does not respond", new IllegalStateException("an old answer"));
        }
    }

    /**
     * The object at a place, as remembered while the directory does not respond, or not soon. Throws DirectoryDown when
     * nothing is remembered.
     */
    public Optional<Entry> read(Place place) {
        Card card = cards.getIfPresent(place);
        if (card != null && isWithin(FRESH, card.read())) {
            return card.entry();
        }
        return card == null ? ask(place) : again(place, card);
    }

    private Optional<Entry> ask(Place place) {
        long before = forgotten.get();
        Optional<Entry> entry = directory.get().read(place);
        cards.put(place, new Card(entry, clock.instant()));
        if (forgotten.get() != before) {
            cards.invalidate(place); // it may have changed while it was read
        }
        return entry;
    }

    // One asks, for nobody waits long for what is known.
    private Optional<Entry> again(Place place, Card known) {
        if (!asking.add(place)) {
            return kept(known);
        }
        try {
            return directory.get().soon(() -> ask(place)).orElseGet(() -> kept(known));
        } catch (DirectoryDown notConnected) {
            return kept(known);
        } finally {
            asking.remove(place);
        }
    }

    private Optional<Entry> kept(Card known) {
        if (known.entry().isEmpty()) {
            doubtfulUntil = System.nanoTime() + DOUBTFUL.toNanos();
        }
        return known.entry();
    }

    /** Whether the password of an attempt is that of a user. Throws what {@link PasswordChecker#check} throws. */
    public boolean bind(Optional<Place> user, Attempt attempt) {
        return passwords.check(attempt, user);
    }

    /** The addresses from which passwords are guessed. */
    public List<Guesser> guessers() {
        return passwords.guessers();
    }

    /** Throws away what is known of one object. */
    public void forget(Place place) {
        forgotten.incrementAndGet();
        cards.invalidate(place);
        passwords.forget(place);
    }

    /** Counts all that is known as old: it is asked for again, and serves on only while the directory is down. */
    public void doubtAll() {
        forgotten.incrementAndGet();
        cards.asMap().replaceAll((place, card) -> new Card(card.entry(), Instant.EPOCH));
        passwords.doubtAll();
    }

    private boolean isWithin(Duration span, Instant since) {
        return since.plus(span).isAfter(clock.instant());
    }

    private static <V> Cache<Place, V> remembered() {
        return Caffeine.newBuilder().maximumSize(CARDS).executor(Runnable::run).build();
    }
}
