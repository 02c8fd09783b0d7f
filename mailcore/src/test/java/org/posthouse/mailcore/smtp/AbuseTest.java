package org.posthouse.mailcore.smtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.posthouse.mailcore.store.TransitBuffer;
import org.posthouse.mailcore.wire.Limits;

/** What peers with bad intent, or with bad programs, may and may not do to the others. */
class AbuseTest {

    private static final Duration SHORT = Duration.ofMillis(400);
    private static final Duration LONG = Duration.ofSeconds(20);

    @Test
    void aDrippingPeerIsCutByTheDeadlineOfTheWholeCommand() {
        long began = System.nanoTime();
        try (var rig = new Rig(Rig.NO_CERTIFICATE, new Limits(9, 9, SHORT, LONG));
                var peer = rig.peer()) {
            peer.reply();
            for (int i = 0; i < 400 && rig.listener().sessions() > 0; i++) {
                drip(peer, i);
            }
            Duration lasted = Duration.ofNanos(System.nanoTime() - began);
            assertEquals(0, rig.listener().sessions(), "it drips on after " + lasted);
            assertTrue(lasted.compareTo(SHORT) > 0, "lasted only " + lasted);
        }
    }

    private static void drip(Peer peer, int i) {
        try {
            peer.raw(i % 60 == 59 ? "x" : "N");
        } catch (UncheckedIOException cut) {
            return;
        }
        LockSupport.parkNanos(20_000_000);
    }

    @Test
    void aSilentPeerHearsWhyItIsLeft() {
        try (var rig = new Rig(Rig.NO_CERTIFICATE, new Limits(9, 9, SHORT, LONG));
                var peer = rig.peer()) {
            peer.reply();
            assertEquals("421 4.4.2 mail.example.com closes the connection: idle for too long", peer.reply());
            assertEquals("(closed)", peer.line());
        }
    }

    @Test
    void aPeerThatIsOneTooManyHearsSoAndOthersGoOn() {
        try (var rig = new Rig(Rig.NO_CERTIFICATE, new Limits(9, 2, LONG, LONG, "421 4.7.0 Full"));
                var first = rig.peer();
                var second = rig.peer()) {
            first.reply();
            second.reply();
            try (var third = rig.peer()) {
                assertEquals("421 4.7.0 Full", third.line());
                assertEquals("(closed)", third.line());
            }
            assertTrue(first.ask("NOOP").startsWith("250"));
        }
    }

    @Test
    void aLineWithoutEndIsAnsweredAndTheSessionGoesOn() {
        try (var rig = new Rig();
                var peer = rig.peer()) {
            peer.reply();
            assertTrue(peer.ask("NOOP " + "x".repeat(100_000)).startsWith("500 5.5.2"));
            assertTrue(peer.ask("NOOP").startsWith("250"));
        }
    }

    @Test
    void aPeerThatOnlyPlaysIsSentAway() {
        try (var rig = new Rig();
                var peer = rig.peer()) {
            peer.reply();
            String reply = "";
            for (int i = 0; i < 300 && !reply.startsWith("421"); i++) {
                reply = peer.ask("NOOP");
            }
            assertTrue(reply.startsWith("421 4.7.0"), reply);
        }
    }

    @Test
    void aThousandRecipientsAreTakenAndThenTheRestIsForAnotherMail() {
        try (var rig = new Rig();
                var peer = rig.peer()) {
            peer.reply();
            peer.ask("EHLO client.example");
            peer.ask("MAIL FROM:<a@far.example>");
            for (int i = 0; i < 1000; i++) {
                assertTrue(peer.ask("RCPT TO:<user" + i + "@example.com>").startsWith("250"));
            }
            assertTrue(peer.ask("RCPT TO:<another@example.com>").startsWith("452 4.5.3"));
            assertTrue(peer.ask("DATA").startsWith("354"));
            assertTrue(peer.ask("Subject: x\r\n\r\n.").startsWith("250 2.6.0"));
            assertEquals(1000, rig.taken.getFirst().envelope().recipients().size());
        }
    }

    @Test
    void whatIsTooLargeIsReadToItsEndAndRefused() {
        try (var rig = new Rig().with("posthouseMessageLimit", "1");
                var peer = rig.peer()) {
            peer.reply();
            peer.ask("EHLO client.example");
            peer.ask("MAIL FROM:<a@far.example>");
            peer.ask("RCPT TO:<anna@example.com>");
            peer.ask("DATA");
            byte[] line = ("x".repeat(998) + "\r\n").getBytes(StandardCharsets.US_ASCII);
            for (int i = 0; i < 1100; i++) {
                peer.raw(line);
            }
            assertTrue(peer.ask(".").startsWith("552 5.3.4"));
            assertTrue(peer.ask("NOOP").startsWith("250"));
            assertEquals(0, rig.taken.size());
        }
    }

    @Test
    void aPasswordThatIsNotCheckedNowGetsATemporaryRefusal() {
        try (var rig = new Rig();
                var peer = rig.peer()) {
            peer.reply();
            peer.ask("EHLO client.example");
            assertEquals(
                    "454 4.7.0 Too many wrong passwords; try again in 40 seconds",
                    peer.ask("AUTH PLAIN " + plain("guessed")));
            assertEquals(
                    "454 4.7.0 Too many sign-ins are in progress; try again in 1 second",
                    peer.ask("AUTH PLAIN " + plain("crowded")));
            assertTrue(peer.ask("AUTH PLAIN " + plain("secret")).startsWith("235"));
        }
    }

    private static String plain(String password) {
        return Base64.getEncoder().encodeToString(("\0anna\0" + password).getBytes(StandardCharsets.UTF_8));
    }

    static LongStream seeds() {
        return LongStream.range(0, 40);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void noiseHurtsNobody(long seed) {
        var random = new Random(seed);
        try (var rig = new Rig()) {
            try (var noisy = rig.peer()) {
                for (int i = 0; i < 30; i++) {
                    noisy.raw(noise(random));
                }
            } catch (UncheckedIOException cutOff) {
                // The server had enough of it, as it may.
            }
            try (var peer = rig.peer()) {
                assertTrue(peer.reply().startsWith("220 mail.example.com"));
                assertTrue(peer.ask("EHLO client.example").startsWith("250"));
            }
            for (Rig.Taken taken : rig.taken) {
                String message = taken.message();
                assertEquals(message.replaceAll("\\r\\n", "").replaceAll("[\\r\\n]", ""), message.replace("\r\n", ""));
            }
        }
    }

    private static byte[] noise(Random random) {
        String[] words = {
            "EHLO x",
            "MAIL FROM:<a@b.example>",
            "RCPT TO:<anna@example.com>",
            "DATA",
            "\r\n",
            ".",
            "\r\n.\r\n",
            "\n",
            "\r",
            "RSET",
            "AUTH PLAIN ",
            "=",
            "\0",
            "<",
            "\"",
            "QUIT",
            " ",
            "BODY=",
            "SIZE=9",
            "ä",
            "@",
            "NOTIFY=NEVER"
        };
        var text = new StringBuilder();
        for (int i = random.nextInt(30); i >= 0; i--) {
            text.append(words[random.nextInt(words.length)]);
            text.append(random.nextInt(3) == 0 ? "\r\n" : "");
        }
        byte[] octets = text.toString().getBytes(StandardCharsets.UTF_8);
        for (int i = random.nextInt(4); i > 0; i--) {
            octets[random.nextInt(octets.length)] = (byte) random.nextInt(256);
        }
        return octets;
    }

    @Test
    void wherePortionsAreCutMakesNoDifference() {
        byte[] stream = "Subject: x\r\n..y\r\n.z\r\n\r\ntext\r\n.\r\nNEXT".getBytes(StandardCharsets.US_ASCII);
        var results = new ArrayList<String>();
        for (int cut = 0; cut < stream.length - 4; cut++) {
            try (var reader = new BodyReader(new byte[0], 1000, new TransitBuffer(Path.of("target"), 0))) {
                var first = ByteBuffer.wrap(stream, 0, cut);
                var rest = ByteBuffer.wrap(stream, cut, stream.length - cut);
                boolean ended = reader.test(first) || reader.test(rest);
                assertTrue(ended && reader.isClean(), "cut at " + cut);
                assertEquals(stream.length - 4, rest.position(), "cut at " + cut);
                results.add(new String(reader.message(), StandardCharsets.US_ASCII));
            }
        }
        assertEquals("Subject: x\r\n.y\r\nz\r\n\r\ntext\r\n", results.getFirst());
        assertEquals(1, results.stream().distinct().count());
    }
}
