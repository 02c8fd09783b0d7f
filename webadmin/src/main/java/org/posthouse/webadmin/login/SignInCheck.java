package org.posthouse.webadmin.login;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;
import org.posthouse.schema.address.AddressBook;
import org.posthouse.schema.address.AddressResolver;
import org.posthouse.schema.directory.Directory;
import org.posthouse.schema.login.Attempt;
import org.posthouse.schema.login.Guesser;
import org.posthouse.schema.login.PasswordChecker;
import org.posthouse.schema.login.SignInDelayed;
import org.posthouse.schema.tree.Entry;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.tree.Tree;
import org.posthouse.schema.value.Place;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Checks who signs in to this console, by its page or its API. Safe for use by several threads. */
@ApplicationScoped
public class SignInCheck {

    private static final Logger LOG = LoggerFactory.getLogger(SignInCheck.class);
    private static final long REFUSAL = Duration.ofSeconds(1).toNanos();
    // Each holds a thread of the console while it waits.
    private static final int AT_ONCE = 12;

    @Inject
    private Installed installed;

    @Inject
    private Attempts attempts;

    private final Semaphore places = new Semaphore(AT_ONCE);
    private final PasswordChecker passwords =
            new PasswordChecker(() -> installed.directory(), Duration.ZERO, Clock.systemUTC());

    /**
     * The user of this name, distinguished name or mail address, when the password is right; empty otherwise, after the
     * same time for known and unknown names. Throws SignInDelayed when the password was not checked, DirectoryException
     * when it could not be.
     */
    public Optional<Entry> check(String name, String password, String address) {
        if (!places.tryAcquire()) {
            throw SignInDelayed.busy(Duration.ofSeconds(2));
        }
        try {
            return admitted(Attempt.from(address, name, password), address);
        } finally {
            places.release();
        }
    }

    private Optional<Entry> admitted(Attempt attempt, String address) {
        long asked = System.nanoTime();
        Optional<Entry> user = user(attempt.name());
        Optional<Place> place = user.map(Entry::place);
        if (!passwords.remembers(attempt, place)) {
            Duration wait = attempts.wait(attempt.name(), address);
            if (!wait.isZero()) {
                throw SignInDelayed.guessing(wait);
            }
            if (!passwords.check(attempt, place)) {
                attempts.failed(attempt.name(), address);
                LOG.warn("Sign-in refused for \"{}\" from {}", attempt.name().replaceAll("\\p{Cntrl}", "?"), address);
                rest(asked);
                return Optional.empty();
            }
        }
        attempts.succeeded(attempt.name(), address);
        return user;
    }

    // An address that no entry carries means the user whose mailbox it is, as at the mail agents.
    private Optional<Entry> user(String name) {
        Optional<Entry> found = installed.directory().user(name);
        return found.isPresent() || name.indexOf('@') < 0 || name.indexOf('=') >= 0 ? found : addressed(name);
    }

    private Optional<Entry> addressed(String address) {
        Directory directory = installed.shown();
        Tree tree = directory.tree();
        return tree.servers().stream()
                .map(server -> new AddressBook(AddressResolver.of(tree, server), directory::read))
                .flatMap(book -> book.resolver().login(address).flatMap(book::entry).stream())
                .filter(entry -> entry.kind() == Kind.USER)
                .findFirst();
    }

    // A whole number of waits: how long the check of a password took must not show.
    private static void rest(long asked) {
        long taken = System.nanoTime() - asked;
        long until = asked + (taken / REFUSAL + 1) * REFUSAL;
        for (long left = until - System.nanoTime(); left > 0; left = until - System.nanoTime()) {
            if (Thread.currentThread().isInterrupted()) {
                return;
            }
            LockSupport.parkNanos(left);
        }
    }

    /** The addresses from which passwords of this console are guessed. */
    public List<Guesser> guessers() {
        return passwords.guessers();
    }
}
