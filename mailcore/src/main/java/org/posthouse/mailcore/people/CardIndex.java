package org.posthouse.mailcore.people;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.posthouse.schema.directory.Directory;
import org.posthouse.schema.directory.DirectoryException.DirectoryDown;
import org.posthouse.schema.directory.DirectoryException.NotAllowed;
import org.posthouse.schema.tree.Entry;
import org.posthouse.schema.value.Place;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is remembered of the directory's users, groups and aliases, shared by all servers of an engine.
 *
 * <p>The change feed says which card to throw away; a minute bounds what it may have missed. While the directory is
 * down, whoever was found before is still found, and a password that was right before still is.
 */
public final class CardIndex {

    private static final Logger LOG = LoggerFactory.getLogger(CardIndex.class);
    private static final Duration FRESH = Duration.ofMinutes(1);
    private static final Duration TRUSTED_WHILE_DOWN = Duration.ofHours(12);
    private static final long CARDS = 50_000;

    private record Card(Optional<Entry> entry, Instant read) {}

    // The digest is keyed with a number only this process knows, so a memory dump of another run tells nothing.
    private record Credential(String digest, Instant checked) {}

    private final Supplier<Directory> directory;
    private final Supplier<String> doubt;
    private final Clock clock;
    private final Cache<Place, Card> cards = remembered();
    private final Cache<Place, Credential> credentials = remembered();
    private final AtomicLong forgotten = new AtomicLong();
    private final SecretKeySpec key;

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
        var random = new byte[32];
        new SecureRandom().nextBytes(random);
        this.key = new SecretKeySpec(random, "HmacSHA256");
    }

    /**
     * Whoever is not found is unknown, unless the directory is older than what it was: then it may have forgotten. Throws
     * DirectoryDown with the reason.
     */
    public void vouch() {
        String why = doubt.get();
        if (!why.isEmpty()) {
            throw new DirectoryDown(why, new IllegalStateException(why));
        }
    }

    /** The object at a place. Throws DirectoryDown when the directory cannot be asked and nothing is remembered. */
    public Optional<Entry> read(Place place) {
        Card card = cards.getIfPresent(place);
        if (card != null && isWithin(FRESH, card.read())) {
            return card.entry();
        }
        long before = forgotten.get();
        try {
            Optional<Entry> entry = directory.get().read(place);
            cards.put(place, new Card(entry, clock.instant()));
            if (forgotten.get() != before) {
                cards.invalidate(place); // it may have changed while it was read
            }
            return entry;
        } catch (DirectoryDown down) {
            if (card != null && card.entry().isPresent()) {
                return card.entry();
            }
            throw down;
        }
    }

    /** Whether the password is that of the user at a place. Throws DirectoryDown when that cannot be known. */
    public boolean bind(Place user, String password) {
        String digest = digest(user, password);
        Credential known = credentials.getIfPresent(user);
        boolean same = known != null && MessageDigest.isEqual(known.digest().getBytes(UTF_8), digest.getBytes(UTF_8));
        if (same && isWithin(FRESH, checked(known))) {
            return true;
        }
        try {
            return check(user, password, digest);
        } catch (DirectoryDown down) {
            if (same && isWithin(TRUSTED_WHILE_DOWN, checked(known))) {
                return true;
            }
            throw down;
        }
    }

    /** Throws away what is known of one object. */
    public void forget(Place place) {
        forgotten.incrementAndGet();
        cards.invalidate(place);
        credentials.invalidate(place);
    }

    /** Counts all that is known as old: it is asked for again, and serves on only while the directory is down. */
    public void doubtAll() {
        forgotten.incrementAndGet();
        cards.asMap().replaceAll((place, card) -> new Card(card.entry(), Instant.EPOCH));
        credentials
                .asMap()
                .replaceAll((place, known) ->
                        new Credential(known.digest(), known.checked().minus(FRESH)));
    }

    private boolean check(Place user, String password, String digest) {
        long before = forgotten.get();
        boolean right;
        try {
            right = directory.get().signIn(user.toString(), password).isPresent();
        } catch (NotAllowed locked) {
            LOG.info("{} is not allowed to log in: {}", user.leaf(), locked.getMessage());
            right = false;
        }
        if (right && forgotten.get() == before) {
            credentials.put(user, new Credential(digest, clock.instant()));
        } else if (!right) {
            credentials.invalidate(user);
        }
        return right;
    }

    private boolean isWithin(Duration span, Instant since) {
        return since.plus(span).isAfter(clock.instant());
    }

    private static Instant checked(@Nullable Credential known) {
        return known == null ? Instant.EPOCH : known.checked();
    }

    private String digest(Place user, String password) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            mac.update(user.toString().getBytes(UTF_8));
            mac.update((byte) 0);
            return HexFormat.of().formatHex(mac.doFinal(password.getBytes(UTF_8)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static <V> Cache<Place, V> remembered() {
        return Caffeine.newBuilder().maximumSize(CARDS).executor(Runnable::run).build();
    }
}
