package org.posthouse.schema.login;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.posthouse.schema.directory.Directory;
import org.posthouse.schema.directory.DirectoryException.DirectoryDown;
import org.posthouse.schema.directory.DirectoryException.NotAllowed;
import org.posthouse.schema.value.Place;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides whether passwords are right. One for a whole process, so that nobody gains by changing the protocol.
 *
 * <p>A password that was right is remembered: it is right without a check as long as the user's entry in the directory
 * stays the same, which the change feed tells and, at most a minute later, a short look at the entry. Other passwords go
 * through a {@link CheckQueue}; an unknown user takes as long there as a known one. Whoever guesses is slowed down by
 * address and by name, but a remembered password from an address that its user signed in from is right at once, whatever
 * others do. A client that opens several connections at once has its password checked once for all of them, and a password
 * that was not checked never counts as a wrong one. Safe for use by several threads. See decision 52.
 */
public final class PasswordChecker {

    private static final Logger LOG = LoggerFactory.getLogger(PasswordChecker.class);
    private static final Duration TRUSTED_WHILE_DOWN = Duration.ofHours(12);
    private static final Duration WRONG_AGAIN = Duration.ofSeconds(30);
    private static final long FIRST_GUESS = 100_000_000;

    private final Supplier<Directory> directory;
    private final Duration fresh;
    private final Clock clock;
    private final CheckQueue queue;
    private final Guesses guesses;
    private final PasswordMemory memory = new PasswordMemory();
    private final AtomicLong usualNanos = new AtomicLong(FIRST_GUESS);
    // Checks whose turn has not come, so that whatever changes before their turn counts for all who wait for them.
    private final Map<String, CompletableFuture<Boolean>> waiting = new ConcurrentHashMap<>();

    /**
     * Asks a directory.
     *
     * @param directory may throw DirectoryDown
     * @param fresh for how long an entry counts as unchanged without a look at it; zero where no change feed is followed
     */
    public PasswordChecker(Supplier<Directory> directory, Duration fresh, Clock clock) {
        this(directory, fresh, clock, CheckQueue.Limits.USUAL);
    }

    PasswordChecker(Supplier<Directory> directory, Duration fresh, Clock clock, CheckQueue.Limits limits) {
        this.directory = directory;
        this.fresh = fresh;
        this.clock = clock;
        this.queue = new CheckQueue(limits);
        this.guesses = new Guesses(clock);
    }

    /**
     * Whether the password is that of a user. Takes as long as checks before it, seconds under attack.
     *
     * @param user empty when nobody has this name; then it is never right, after the same time
     * @throws SignInDelayed when it was not checked
     * @throws DirectoryDown when that cannot be known
     */
    public boolean check(Attempt attempt, Optional<Place> user) {
        if (attempt.password().isEmpty()) {
            return false;
        }
        if (remembers(attempt, user)) {
            return true;
        }
        boolean known = user.filter(place -> memory.isKnownAddress(place, attempt.source()))
                .isPresent();
        Duration pause = guesses.pause(attempt);
        if (!pause.isZero() && !known) {
            guesses.show(attempt);
            throw SignInDelayed.guessing(pause);
        }
        return checked(attempt, user, known);
    }

    /** Whether this password is known to be right without a check of it. May look at the entry. */
    public boolean remembers(Attempt attempt, Optional<Place> user) {
        Optional<PasswordMemory.Known> recalled = user.flatMap(place -> memory.recall(place, attempt.password()));
        if (recalled.isEmpty() || user.isEmpty()) {
            return false;
        }
        boolean home = memory.isKnownAddress(user.get(), attempt.source());
        if ((!home && guesses.isSlowedAddress(attempt)) || !isUnchanged(user.get(), recalled.get())) {
            return false;
        }
        memory.seen(user.get(), attempt.source());
        return true;
    }

    private boolean isUnchanged(Place user, PasswordMemory.Known known) {
        Instant now = clock.instant();
        if (!known.doubted() && known.confirmed().plus(fresh).isAfter(now)) {
            return true;
        }
        try {
            boolean same =
                    !known.version().isEmpty() && directory.get().version(user).equals(known.version());
            if (same) {
                memory.confirmed(user, known, now);
            }
            return same;
        } catch (DirectoryDown down) {
            if (known.confirmed().plus(TRUSTED_WHILE_DOWN).isAfter(now)) {
                return true;
            }
            throw down;
        }
    }

    private boolean checked(Attempt attempt, Optional<Place> user, boolean known) {
        String same = memory.text(attempt) + attempt.source();
        var own = new CompletableFuture<Boolean>();
        CompletableFuture<Boolean> other = waiting.putIfAbsent(same, own);
        if (other != null) {
            return joined(attempt, other);
        }
        try {
            boolean right = checked(attempt, user, known, () -> waiting.remove(same, own));
            own.complete(right);
            return right;
        } catch (RuntimeException reason) {
            own.completeExceptionally(reason);
            throw reason;
        } finally {
            waiting.remove(same, own);
        }
    }

    private boolean joined(Attempt attempt, CompletableFuture<Boolean> other) {
        try {
            boolean right = other.join();
            if (!right) {
                guesses.show(attempt);
            }
            return right;
        } catch (CompletionException failed) {
            throw failed.getCause() instanceof RuntimeException reason ? reason : failed;
        }
    }

    private boolean checked(Attempt attempt, Optional<Place> user, boolean known, Runnable turn) {
        var owner = new CheckQueue.Owner(
                attempt.source(),
                attempt.key(),
                known,
                () -> guesses.handicap(attempt),
                guesses.isSlowedAddress(attempt) || !guesses.pause(attempt).isZero(),
                guesses.isSlowedName(attempt));
        long asked = memory.changes();
        boolean right = queue.run(owner, () -> {
            turn.run();
            return user.map(place -> remembers(attempt, user) || isRight(attempt, place))
                    .orElseGet(() -> nobody(attempt));
        });
        if (!right) {
            guesses.show(attempt);
            if (memory.wrong(attempt, clock.instant(), asked)) {
                guesses.failed(attempt);
            }
        }
        return right;
    }

    private boolean isRight(Attempt attempt, Place user) {
        if (isWrongAgain(attempt)) {
            return false;
        }
        long asked = memory.changes();
        long began = System.nanoTime();
        String version = directory.get().version(user);
        boolean right;
        try {
            right = directory.get().isPassword(user, attempt.password());
        } catch (NotAllowed locked) {
            LOG.info("{} may not sign in: {}", user.leaf(), locked.getMessage());
            right = false;
        }
        usualNanos.updateAndGet(usual -> (7 * usual + System.nanoTime() - began) / 8);
        if (right) {
            byte[] digest = memory.digest(user.toString(), attempt.password());
            memory.right(user, attempt, new PasswordMemory.Known(digest, version, clock.instant(), false), asked);
        }
        return right;
    }

    // While others wait, one password is not computed twice.
    private boolean isWrongAgain(Attempt attempt) {
        return queue.length() > 0 && memory.wasWrong(attempt, WRONG_AGAIN, clock.instant());
    }

    // Takes the place of a check, so that the time of the answer does not tell who exists.
    private boolean nobody(Attempt attempt) {
        if (!isWrongAgain(attempt)) {
            long until = System.nanoTime() + usualNanos.get();
            for (long left = usualNanos.get(); left > 0; left = until - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
        }
        return false;
    }

    /** Throws away what is known of the password of one user, whose entry changed. */
    public void forget(Place user) {
        memory.forget(user);
    }

    /** Any entry may have changed: passwords count again once the entries of their users were looked at. */
    public void doubtAll() {
        memory.doubtAll();
    }

    /** The addresses with ten or more wrong passwords that sent one within the last hour, the most active first. */
    public List<Guesser> guessers() {
        return guesses.shown();
    }
}
