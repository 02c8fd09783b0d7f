package org.posthouse.schema.login;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.posthouse.schema.value.Place;

/**
 * The passwords that were right and wrong lately, as digests under a key that only this process knows, and the addresses
 * from which each user signed in. Never written anywhere. Safe for use by several threads.
 */
final class PasswordMemory {

    private static final int USERS = 50_000;
    private static final int WRONG = 20_000;
    private static final int ADDRESSES = 16;
    private static final Duration WRONG_TIME = Duration.ofMinutes(10);

    /**
     * A password that was right.
     *
     * @param digest of the password and the user
     * @param version of the user's entry before the check, see Directory.version
     * @param confirmed when the version was last seen
     * @param doubted whether it may have changed since, for all that is known
     */
    @SuppressWarnings("ArrayRecordComponent") // replaced by the one that was read, never compared by value
    record Known(byte[] digest, String version, Instant confirmed, boolean doubted) {}

    private record Wrong(Instant at, long changes) {}

    private final SecretKeySpec key;
    private final Map<Place, Known> known = bounded(USERS);
    private final Map<Place, Set<String>> addresses = bounded(USERS);
    private final Map<String, Wrong> wrong = bounded(WRONG);
    private long changes;

    PasswordMemory() {
        var random = new byte[32];
        new SecureRandom().nextBytes(random);
        key = new SecretKeySpec(random, "HmacSHA256");
    }

    private static <K, V> Map<K, V> bounded(int most) {
        return new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
                return size() > most;
            }
        };
    }

    /** What is known of a user, when this is the password that was right. */
    synchronized Optional<Known> recall(Place user, String password) {
        return Optional.ofNullable(known.get(user))
                .filter(each -> MessageDigest.isEqual(each.digest(), digest(user.toString(), password)));
    }

    /** Whether a user signed in from this address before. */
    synchronized boolean isKnownAddress(Place user, String source) {
        Set<String> from = addresses.get(user);
        return from != null && from.contains(source);
    }

    /** A number that is another one after anything was forgotten. */
    synchronized long changes() {
        return changes;
    }

    /** Remembers a right password, unless something was forgotten since {@link #changes} was asked. */
    synchronized void right(Place user, Attempt attempt, Known fresh, long asked) {
        if (changes == asked) {
            known.put(user, fresh);
        }
        seen(user, attempt.source());
    }

    /** Notes that the entry of a user is still of the version known. */
    synchronized void confirmed(Place user, Known before, Instant now) {
        known.replace(user, before, new Known(before.digest(), before.version(), now, false));
    }

    /** Notes from where a user signed in. */
    synchronized void seen(Place user, String source) {
        Set<String> from = addresses.computeIfAbsent(user, each -> new LinkedHashSet<>());
        from.remove(source);
        from.add(source);
        if (from.size() > ADDRESSES) {
            from.remove(from.iterator().next());
        }
    }

    /** Forgets the password of one user; from where the user signed in stays known. */
    synchronized void forget(Place user) {
        changes++;
        known.remove(user);
    }

    /** From now on no password counts before the entry of its user was looked at. */
    synchronized void doubtAll() {
        changes++;
        known.replaceAll((user, each) -> new Known(each.digest(), each.version(), each.confirmed(), true));
    }

    /**
     * Notes a wrong password; tells whether it is another one than those of the last minutes.
     *
     * @param asked {@link #changes} before the check
     */
    synchronized boolean wrong(Attempt attempt, Instant now, long asked) {
        Wrong before = wrong.put(text(attempt), new Wrong(now, asked));
        return before == null || !before.at().plus(WRONG_TIME).isAfter(now);
    }

    /** Whether this very password was wrong within so long, and nothing was forgotten since it was checked. */
    synchronized boolean wasWrong(Attempt attempt, Duration within, Instant now) {
        Wrong before = wrong.get(text(attempt));
        return before != null
                && before.changes() == changes
                && before.at().plus(within).isAfter(now);
    }

    /** The name and the password of an attempt as a digest. */
    String text(Attempt attempt) {
        return HexFormat.of().formatHex(digest(attempt.key(), attempt.password()));
    }

    byte[] digest(String user, String password) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            mac.update(user.getBytes(UTF_8));
            mac.update((byte) 0);
            return mac.doFinal(password.getBytes(UTF_8));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
