package org.posthouse.mailcore.nmap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.posthouse.mailcore.engine.Tree;
import org.posthouse.mailcore.engine.World;
import org.posthouse.mailcore.queue.Envelope;
import org.posthouse.mailcore.queue.Recipient;
import org.posthouse.mailcore.wire.Connection;
import org.posthouse.mailcore.wire.Limits;
import org.posthouse.schema.tree.Kind;

/** NMAP as a peer speaks it, with a whole engine behind it. */
class NmapSessionTest {

    private static final Clock CLOCK = Clock.systemUTC();

    @TempDir
    static Path home;

    private final Tree tree = Tree.planted();
    private World world = plant();

    private World plant() {
        tree.server("mail1", "127.0.0.1", Map.of(), Kind.NMAP_AGENT);
        return World.of(tree, home);
    }

    @BeforeEach
    void listening() {
        world.awaitBoard("127.0.0.1:" + world.port(689));
    }

    @AfterEach
    void close() {
        world.close();
        tree.close();
    }

    private Connection dial() {
        var limits = new Limits(1, 1, Duration.ofSeconds(10), Duration.ofSeconds(20));
        var at = new InetSocketAddress(InetAddress.getLoopbackAddress(), world.port(689));
        return Connection.dial(at, null, Duration.ofSeconds(5), limits);
    }

    private static String ask(Connection connection, String command) {
        connection.send(command + "\r\n");
        return connection.line(1000);
    }

    private static List<String> list(Connection connection, String command) {
        var lines = new ArrayList<String>();
        lines.add(ask(connection, command));
        while (lines.getLast().startsWith("2001-")) {
            lines.add(connection.line(1000));
        }
        return lines;
    }

    @Test
    void whoKnowsTheSecretMayAskAndNobodyElse() {
        try (var connection = dial()) {
            Challenge challenge = Challenge.in(connection.line(1000));
            assertEquals("3240 Not authenticated", ask(connection, "CONF"));
            assertEquals("3010 Usage: AUTH SYSTEM <answer> [<challenge>]", ask(connection, "AUTH"));
            assertEquals("1000 OK", ask(connection, "auth system " + challenge.answer(Tree.SECRET)));
            List<String> lines = list(connection, "CONF");
            assertTrue(lines.contains("2001-AGENT 6 delivery"), lines.toString());
            assertTrue(lines.contains("2001-SERVER mail1 example.com revision 8"), lines.toString());
            assertEquals("1000 Bye", ask(connection, "QUIT"));
        }
    }

    @Test
    void aWrongAnswerEndsTheSessionAndNoChallengeComesTwice() {
        try (var connection = dial();
                var another = dial()) {
            Challenge first = Challenge.in(connection.line(1000));
            Challenge second = Challenge.in(another.line(1000));
            assertTrue(!first.equals(second));
            connection.send("AUTH SYSTEM " + second.answer(Tree.SECRET) + "\r\nNOOP\r\n");
            assertEquals("3242 Bad authentication", connection.line(1000));
            org.junit.jupiter.api.Assertions.assertThrows(
                    org.posthouse.mailcore.wire.PeerGone.class, () -> connection.line(1000));
        }
    }

    @Test
    void everybodyMayAskWhatThereIs() {
        try (var connection = dial()) {
            connection.line(1000);
            assertEquals("1000 OK", ask(connection, "noop"));
            assertEquals("3010 Usage: NOOP", ask(connection, "NOOP now"));
            assertEquals("3000 Unknown command", ask(connection, "FLY"));
            assertEquals(List.of("2001-NMAP1", "1000 OK"), list(connection, "CAPA"));
            assertTrue(list(connection, "HELP").contains("2001-CONF"));
            assertEquals("2001-Ends the session.", list(connection, "HELP quit").get(1));
            assertEquals("5003 Input too long", ask(connection, "NOOP " + "x".repeat(10_000)));
        }
    }

    @Test
    void aQueueEntryIsFilledAndIsOnDiskWhenItIsAnswered() {
        try (var connection = dial()) {
            Challenge challenge = Challenge.in(connection.line(1000));
            assertEquals("3240 Not authenticated", ask(connection, "QCREA"));
            String proof = ask(connection, "AUTH SYSTEM " + challenge.answer(Tree.SECRET) + " mine");
            assertEquals("1000 " + new Challenge("mine").counter(Tree.SECRET), proof);
            assertTrue(ask(connection, "QSTOR LOCAL bob - -").startsWith("4260"));
            assertEquals("4000 There is no queue 7", ask(connection, "QCREA 7"));
            assertEquals("1000 Queue entry created", ask(connection, "QCREA"));
            assertTrue(ask(connection, "QRUN").startsWith("4260"), "nobody and nothing in it yet");
            assertEquals("1000 OK", ask(connection, "QSTOR FROM some+20one@elsewhere.example -"));
            assertEquals("1000 OK", ask(connection, "QSTOR LOCAL bob rfc822;bob@example.com FAILURE"));
            assertTrue(ask(connection, "QSTOR LOCAL - - -").startsWith("3010"));
            assertTrue(ask(connection, "QSTOR FLAGS many").startsWith("3010"));
            assertTrue(ask(connection, "QSTOR FROM a+0D+0Ab -").startsWith("3010"), "a line break");
            assertTrue(ask(connection, "QSTOR NOTHING x").startsWith("3010"));
            assertEquals("1000 OK", ask(connection, "QSTOR MESSAGE 22\r\nSubject: a\r\n\r\nHello."));
            assertTrue(ask(connection, "QRUN").matches("1000 000-[0-9A-Fa-f]+ OK"));
            assertTrue(ask(connection, "QRUN").startsWith("4260"), "it is gone");
            assertTrue(ask(connection, "QDSPC").matches("1000 [0-9]+ bytes free"));
            world.awaitBoard("\"taken\":1,");
        }
    }

    @Test
    void anEnvelopeIsTheSameAfterTheWay() {
        var envelope = new Envelope(
                Instant.ofEpochMilli(1_700_000_000_123L),
                "",
                "anna",
                "id + 7",
                "192.0.2.1",
                4,
                List.of(
                        new Recipient(Recipient.Kind.LOCAL, "jörg meier", "rfc822;j@x.example", "SUCCESS,FAILURE", ""),
                        new Recipient(Recipient.Kind.MAILBOX, "-", "", "", "Sent Items"),
                        new Recipient(Recipient.Kind.REMOTE, "\"a b\"@x.example", "", "NEVER", "")));
        var read = new EnvelopeLines();
        EnvelopeLines.of(envelope).forEach(read::add);
        assertEquals(envelope, read.envelope(CLOCK.instant()).orElseThrow());
    }

    @Test
    void whateverComesIsAnEnvelopeLineOrRefused() {
        var random = new Random(7);
        String letters = "DXIAFLMR+-0123456789AFaf \t@<>\"ä\u0000";
        for (int round = 0; round < 100_000; round++) {
            var line = new StringBuilder();
            for (int length = 1 + random.nextInt(12); length > 0; length--) {
                line.append(letters.charAt(random.nextInt(letters.length())));
            }
            var read = new EnvelopeLines();
            read.add("Fanna -");
            try {
                read.add(line.toString());
            } catch (IllegalArgumentException refused) {
                continue;
            }
            assertTrue(read.envelope(CLOCK.instant()).stream()
                    .allMatch(envelope -> !envelope.date().isAfter(CLOCK.instant())));
        }
    }
}
