package org.posthouse.schema.login;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.posthouse.schema.directory.Directory;
import org.posthouse.schema.directory.DirectoryException.DirectoryDown;
import org.posthouse.schema.directory.InMemoryDirectory;
import org.posthouse.schema.directory.NewObject;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.value.Place;

@Timeout(120)
class PasswordCheckerTest {

    private static final Place ACME = Place.of("o=Acme,dc=posthouse");
    private static final Optional<Place> BOB = Optional.of(ACME.child("cn", "bob"));
    private static final Optional<Place> CAROL = Optional.of(ACME.child("cn", "carol"));
    private static final String HOME = "192.0.2.1";
    private static final String AWAY = "198.51.100.7";

    private final InMemoryDirectory server = InMemoryDirectory.start();
    private final Directory directory = Directory.connect(server.address(), Clock.systemUTC());
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-30T12:00:00Z"));
    private final Clock clock = ((InstantSource) now::get).withZone(ZoneOffset.UTC);
    private PasswordChecker checker = followed();

    private PasswordChecker followed() {
        return new PasswordChecker(() -> directory, Duration.ofMinutes(1), clock);
    }

    @BeforeEach
    void people() {
        directory.prepareRoot();
        directory.create(new NewObject(directory.internetServices(), Kind.INTERNET_SERVICES, Map.of()));
        directory.create(new NewObject(ACME, Kind.ORGANIZATION, Map.of()));
        for (Place user : List.of(BOB.orElseThrow(), CAROL.orElseThrow())) {
            directory.create(new NewObject(user, Kind.USER, Map.of("sn", List.of("Test"))));
            directory.setPassword(user, "the right one");
        }
    }

    @AfterEach
    void stop() {
        directory.close();
        server.close();
    }

    private static Attempt attempt(String from, String name, String password) {
        return new Attempt(from, name, password);
    }

    private static Attempt right(String from) {
        return attempt(from, "bob", "the right one");
    }

    private void guess(String from, String name, Optional<Place> user, int times) {
        for (int i = 0; i < times; i++) {
            assertFalse(checker.check(attempt(from, name, "wrong " + i), user));
        }
    }

    @Test
    void aPasswordThatWasRightIsNotComputedAgain() {
        assertTrue(checker.check(right(HOME), BOB));
        long binds = server.binds();
        assertTrue(checker.check(right(HOME), BOB));
        now.updateAndGet(time -> time.plus(Duration.ofDays(2)));
        assertTrue(checker.check(right(HOME), BOB), "the entry is still the same");
        checker.doubtAll();
        assertTrue(checker.check(right(AWAY), BOB));
        assertEquals(binds, server.binds());
    }

    @Test
    void aChangeOfTheEntryMakesItCountNoLonger() {
        assertTrue(checker.check(right(HOME), BOB));
        directory.setPassword(BOB.orElseThrow(), "another one");
        checker.forget(BOB.orElseThrow());
        assertFalse(checker.check(right(HOME), BOB));
        assertTrue(checker.check(attempt(HOME, "bob", "another one"), BOB));
    }

    @Test
    void aChangeThatNobodyToldIsSeenAtTheEntry() {
        assertTrue(checker.check(right(HOME), BOB));
        directory.setPassword(BOB.orElseThrow(), "another one");
        now.updateAndGet(time -> time.plus(Duration.ofMinutes(1)));
        assertFalse(checker.check(right(HOME), BOB));
    }

    @Test
    void withoutAFeedTheEntryIsLookedAtEachTime() {
        checker = new PasswordChecker(() -> directory, Duration.ZERO, clock);
        assertTrue(checker.check(right(HOME), BOB));
        directory.setPassword(BOB.orElseThrow(), "another one");
        assertFalse(checker.check(right(HOME), BOB));
    }

    @Test
    void whileTheDirectoryIsDownARightPasswordCountsForHalfADay() {
        assertTrue(checker.check(right(HOME), BOB));
        checker.doubtAll();
        server.close();
        assertTrue(checker.check(right(HOME), BOB));
        assertThrows(DirectoryDown.class, () -> checker.check(attempt(HOME, "bob", "wrong"), BOB));
        now.updateAndGet(time -> time.plus(Duration.ofHours(13)));
        assertThrows(DirectoryDown.class, () -> checker.check(right(HOME), BOB));
    }

    @Test
    void whoGuessesHasToWaitAndKeepsNobodyOut() {
        assertTrue(checker.check(right(HOME), BOB));
        guess(AWAY, "bob", BOB, Guesses.PAIR);
        SignInDelayed delay = assertThrows(SignInDelayed.class, () -> checker.check(attempt(AWAY, "bob", "next"), BOB));
        assertTrue(delay.isGuessing());
        assertTrue(delay.seconds() <= 60, delay.sentence());
        assertTrue(checker.check(right(HOME), BOB));
        assertTrue(checker.check(attempt("203.0.113.5", "bob", "the right one"), BOB), "from a new address");
        assertTrue(checker.check(attempt(AWAY, "carol", "the right one"), CAROL), "another user of that address");
        now.updateAndGet(time -> time.plus(Duration.ofMinutes(1)));
        assertTrue(checker.check(right(AWAY), BOB));
    }

    @Test
    void theSameWrongPasswordAgainIsNoGuess() {
        for (int i = 0; i < 3 * Guesses.PAIR; i++) {
            assertFalse(checker.check(attempt(HOME, "bob", "of last year"), BOB));
        }
        assertTrue(checker.check(right(HOME), BOB));
    }

    @Test
    void guessesFromTheAddressOfTheOwnerDoNotKeepTheOwnerOut() {
        assertTrue(checker.check(right(HOME), BOB));
        directory.setPassword(BOB.orElseThrow(), "another one");
        checker.forget(BOB.orElseThrow());
        guess(HOME, "bob", BOB, Guesses.PAIR);
        assertTrue(checker.check(attempt(HOME, "bob", "another one"), BOB));
    }

    @Test
    void manyConnectionsWithTheRightPasswordAtOnceAreAllRightAndNoGuess() throws InterruptedException {
        var together = new CountDownLatch(1);
        var one = new CheckQueue.Limits(1, 64, 24, 12, 4, Duration.ofMinutes(1));
        checker = new PasswordChecker(() -> directory, Duration.ofMinutes(1), clock, one);
        long binds = server.binds();
        server.obstruct(search -> awaited(together));
        var results = new ConcurrentLinkedQueue<String>();
        List<Thread> clients = IntStream.range(0, 20)
                .mapToObj(number -> Thread.ofVirtual().start(() -> {
                    try {
                        results.add(String.valueOf(checker.check(right(HOME), BOB)));
                    } catch (SignInDelayed refused) {
                        results.add(refused.sentence());
                    }
                }))
                .toList();
        while (clients.stream().anyMatch(client -> client.getState() == Thread.State.RUNNABLE)) {
            Thread.onSpinWait();
        }
        together.countDown();
        for (Thread client : clients) {
            client.join();
        }
        assertEquals(Collections.nCopies(20, "true"), List.copyOf(results));
        assertEquals(List.of(), checker.guessers());
        assertEquals(1, server.binds() - binds, "hashes computed");
    }

    @Test
    void passwordsThatAreRefusedBecauseTooManyWaitAreNoGuesses() {
        var none = new CheckQueue.Limits(1, 1, 0, 1, 1, Duration.ofMinutes(1));
        checker = new PasswordChecker(() -> directory, Duration.ofMinutes(1), clock, none);
        for (int number = 0; number < 15; number++) {
            String password = "unchecked " + number;
            assertFalse(assertThrows(SignInDelayed.class, () -> checker.check(attempt(HOME, "carol", password), CAROL))
                    .isGuessing());
        }
        assertEquals(List.of(), checker.guessers());
    }

    private static void awaited(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void administratorsSeeWhoGuesses() {
        guess(AWAY, "bob", BOB, 6);
        assertEquals(List.of(), checker.guessers());
        guess(AWAY, "nobody\u0007", Optional.empty(), 4);
        Guesser guesser = checker.guessers().getFirst();
        assertEquals(AWAY, guesser.source());
        assertEquals(List.of("bob", "nobody?"), guesser.names());
        assertEquals(10, guesser.tries());
        now.updateAndGet(time -> time.plus(Duration.ofHours(2)));
        assertEquals(List.of(), checker.guessers());
    }

    @Test
    void aNameThatNobodyHasTakesAsLong() {
        long began = System.nanoTime();
        assertFalse(checker.check(attempt(HOME, "nobody", "the right one"), Optional.empty()));
        assertTrue(System.nanoTime() - began >= 50_000_000L);
    }

    @Test
    void anIpv6NetworkCountsAsOneAddress() {
        assertEquals(
                "2001:db8:1:2::/64",
                Attempt.from("2001:db8:1:2:3:4:5:6", "bob", "").source());
        assertEquals("192.0.2.1", Attempt.from("192.0.2.1", "bob", "").source());
    }
}
