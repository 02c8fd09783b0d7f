package org.posthouse.mailcore.imap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.posthouse.mailcore.agent.MailWorld;
import org.posthouse.mailcore.status.Tally;
import org.posthouse.mailcore.wire.Connection;
import org.posthouse.mailcore.wire.Limits;

/** Searches that ask for as much as a command can. */
@Timeout(300)
class HeavySearchTest {

    private static final Limits LIMITS = new Limits(1, 1, Duration.ofSeconds(60), Duration.ofMinutes(2));
    private static final int MESSAGES = 3_000;

    private final MailWorld world = new MailWorld();
    private final ImapAgent agent = new ImapAgent(
            world::snapshot,
            world.listening(143),
            world.people(),
            world.store(),
            world.noCertificate(),
            new Tally(Instant.EPOCH),
            MailWorld.PAUSE);
    private final List<Connection> open = new ArrayList<>();

    @BeforeEach
    void fill() {
        agent.start(world.snapshot());
        for (int number = 0; number < MESSAGES; number++) {
            world.deliver("bob", "INBOX", "Subject: " + number + "\n\n" + "Some words.\n".repeat(200));
        }
    }

    @AfterEach
    void stop() {
        open.forEach(Connection::close);
        agent.stop(Duration.ZERO);
    }

    private Connection connect() {
        String at = agent.listening().getFirst();
        int port = Integer.parseInt(at.substring(at.lastIndexOf(':') + 1));
        var connection = Connection.dial(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), port), null, Duration.ofSeconds(5), LIMITS);
        open.add(connection);
        connection.line(1_000);
        return connection;
    }

    private Connection selected(String user) {
        Connection connection = connect();
        command(connection, "LOGIN " + user + " secret");
        command(connection, "SELECT INBOX");
        return connection;
    }

    private static String command(Connection connection, String command) {
        connection.send("t " + command + "\r\n");
        return end(connection);
    }

    private static String end(Connection connection) {
        String line = connection.line(1_000_000);
        while (!line.startsWith("t ")) {
            line = connection.line(1_000_000);
        }
        return line;
    }

    private static String keys(String prefix, int count) {
        return IntStream.range(0, count).mapToObj(at -> prefix + at).collect(Collectors.joining(" "));
    }

    private static long millis(Runnable work) {
        long begin = System.nanoTime();
        work.run();
        return (System.nanoTime() - begin) / 1_000_000;
    }

    @Test
    void manySetsOfNumbersCostAsMuchAsOne() {
        Connection bob = selected("bob");
        String same = "SEARCH" + " 1:*".repeat(16_000);
        String others =
                "SEARCH " + IntStream.range(1, 6_000).mapToObj(at -> at + ":*").collect(Collectors.joining(" "));
        long taken = millis(() -> {
            assertEquals("t OK SEARCH completed", command(bob, same));
            assertEquals("t OK SEARCH completed", command(bob, others));
            assertEquals("t OK SEARCH completed", command(bob, "UID " + same));
        });
        assertTrue(taken < 20_000, () -> taken + " ms");
    }

    @Test
    void aSearchWithMoreKeysThanAnyClientHasIsRefused() {
        Connection bob = selected("bob");
        assertEquals("t NO [LIMIT] This search has too many keys", command(bob, "SEARCH " + keys("KEYWORD k", 1_001)));
        assertEquals("t NO [LIMIT] This search has too many keys", command(bob, "SEARCH " + keys("BODY b", 251)));
        assertEquals("t OK SEARCH completed", command(bob, "SEARCH " + keys("BODY b", 200)));
    }

    @Test
    void othersAreServedWhileAsManySearchesRunAsThereAreCores() throws InterruptedException {
        String heavy = "SEARCH " + keys("NOT BODY zq", 200);
        var searching = new ArrayList<Connection>();
        for (int at = 0; at < 2 * Runtime.getRuntime().availableProcessors() + 2; at++) {
            Connection one = selected(at % 2 == 0 ? "bob" : "anna");
            one.send("t " + heavy + "\r\n");
            one.flush();
            searching.add(one);
        }
        var worst = new AtomicReference<>(0L);
        Thread other = Thread.startVirtualThread(() -> {
            for (int round = 0; round < 20; round++) {
                worst.accumulateAndGet(millis(() -> selected("bob")), Math::max);
            }
        });
        other.join();
        assertTrue(worst.get() < 10_000, () -> "worst greeting, login and SELECT: " + worst + " ms");
        searching.forEach(one -> assertEquals("t OK SEARCH completed", end(one)));
    }

    @Test
    void theSearchOfAClientThatLeftEnds() {
        Connection gone = selected("bob");
        gone.send("t SEARCH " + keys("NOT BODY zq", 249) + "\r\n");
        gone.flush();
        gone.close();
        // A second command of the same user waits for the first one only.
        long taken = millis(
                () -> assertEquals("t OK SEARCH completed", command(selected("bob"), "SEARCH BODY zq NOT BODY zr")));
        assertTrue(taken < 20_000, () -> taken + " ms");
    }

    @Test
    void aClientThatHasSentEverythingStillHearsItsAnswers() {
        Connection bob = selected("bob");
        bob.send("t SEARCH " + keys("NOT BODY zq", 100) + "\r\nu LOGOUT\r\n");
        bob.flush();
        assertEquals("t OK SEARCH completed", end(bob));
        assertEquals("* BYE Goodbye", bob.line(1_000));
        assertEquals("u OK LOGOUT completed", bob.line(1_000));
    }
}
