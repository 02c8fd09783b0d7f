package org.posthouse.mailcore.smtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.posthouse.mailcore.agent.AgentRefused;
import org.posthouse.mailcore.agent.Surroundings;
import org.posthouse.mailcore.agent.TestKeys;
import org.posthouse.mailcore.settings.Snapshot;
import org.posthouse.mailcore.store.TransitBuffer;
import org.posthouse.mailcore.wire.Limits;

class SmtpAgentTest {

    private static final Limits LIMITS = new Limits(9, 9, Duration.ofSeconds(20), Duration.ofSeconds(60));

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static SmtpAgent agent(Surroundings surroundings) {
        return new SmtpAgent(
                surroundings,
                new Desk(
                        (envelope, message) -> {},
                        expected -> new TransitBuffer(Path.of("target"), expected),
                        domain -> 0));
    }

    @Test
    void itMovesToAnotherPortAndShowsItsGreetingThere() throws IOException {
        int first = freePort();
        int second = freePort();
        try (var rig = new Rig().with("posthouseSmtpPort", String.valueOf(first))) {
            SmtpAgent agent = agent(rig.surroundings());
            agent.start(rig.surroundings().inForce().get());
            assertEquals(List.of("127.0.0.1:" + first), agent.listening());
            assertEquals("220 mail.example.com ESMTP Posthouse", agent.prove());
            assertTrue(agent.notes().getFirst().startsWith("SSL port closed: SSL and TLS is off"));
            var before = rig.surroundings().inForce().get();
            rig.with("posthouseSmtpPort", String.valueOf(second));
            agent.adopt(before, rig.surroundings().inForce().get());
            assertEquals(List.of("127.0.0.1:" + second), agent.listening());
            assertEquals("220 mail.example.com ESMTP Posthouse", agent.prove());
            agent.stop(Duration.ofSeconds(1));
            assertEquals(List.of(), agent.listening());
        }
    }

    @Test
    void aPortThatIsTakenIsRefusedAndTheOldOneStaysInForce() throws IOException {
        int first = freePort();
        try (var rig = new Rig().with("posthouseSmtpPort", String.valueOf(first));
                var other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            SmtpAgent agent = agent(rig.surroundings());
            agent.start(rig.surroundings().inForce().get());
            var before = rig.surroundings().inForce().get();
            rig.with("posthouseSmtpPort", String.valueOf(other.getLocalPort()));
            var refused = assertThrows(
                    AgentRefused.class,
                    () -> agent.adopt(before, rig.surroundings().inForce().get()));
            assertEquals(
                    "cannot listen on 127.0.0.1:" + other.getLocalPort() + ": the port is in use by another program",
                    refused.reason());
            assertEquals(List.of("127.0.0.1:" + first), agent.listening());
            agent.stop(Duration.ZERO);
        }
    }

    @Test
    void theSslPortOpensWithACertificateAndSpeaksTlsFromTheFirstOctet() throws IOException {
        int port = freePort();
        int sslPort = freePort();
        try (var rig = new Rig(Rig.CERTIFICATE, LIMITS)
                .withTls(TestKeys.page(Rig.CERTIFICATE))
                .with("posthouseSmtpPort", String.valueOf(port))
                .with("posthouseSmtpSslPort", String.valueOf(sslPort))) {
            SmtpAgent agent = agent(rig.surroundings());
            agent.start(rig.surroundings().inForce().get());
            assertEquals(List.of("127.0.0.1:" + port, "127.0.0.1:" + sslPort), agent.listening());
            assertEquals(List.of(), agent.notes());
            try (var peer = new Peer(new InetSocketAddress(InetAddress.getLoopbackAddress(), sslPort)).tls()) {
                assertEquals("220 mail.example.com ESMTP Posthouse", peer.reply());
            }
            agent.stop(Duration.ZERO);
        }
    }

    @Test
    void theSubmissionPortOpensWhereOneIsGivenAndTakesMailOnlyFromUsers() throws IOException {
        int port = freePort();
        int submission = freePort();
        try (var rig = new Rig(Rig.CERTIFICATE, LIMITS)
                .with("posthouseSmtpPort", String.valueOf(port))
                .with("posthouseSmtpSslPort", String.valueOf(freePort()))
                .with("posthouseSmtpSubmissionPort", String.valueOf(submission))) {
            SmtpAgent agent = agent(rig.surroundings());
            agent.start(rig.surroundings().inForce().get());
            assertTrue(agent.listening().contains("127.0.0.1:" + submission));
            try (var peer = new Peer(new InetSocketAddress(InetAddress.getLoopbackAddress(), submission))) {
                peer.reply();
                assertTrue(extensions(peer).contains("STARTTLS"));
                assertEquals("530 5.7.0 Authenticate before you submit mail", peer.ask("MAIL FROM:<bob@example.com>"));
                assertTrue(peer.ask("RCPT TO:<bob@example.com>").startsWith("503"));
                assertTrue(peer.ask("AUTH PLAIN AGJvYgBzZWNyZXQ=").startsWith("235"));
                assertTrue(peer.ask("MAIL FROM:<bob@example.com>").startsWith("250"));
            }
            Snapshot before = rig.surroundings().inForce().get();
            rig.with("posthouseSmtpSubmissionPort", "0");
            agent.adopt(before, rig.surroundings().inForce().get());
            assertFalse(agent.listening().contains("127.0.0.1:" + submission), "0 closes it");
            agent.stop(Duration.ZERO);
        }
    }

    @Test
    void aSubmissionPortThatIsTakenIsRefusedByNameAndTheOthersGoOn() throws IOException {
        int port = freePort();
        try (var rig = new Rig().with("posthouseSmtpPort", String.valueOf(port));
                var other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            SmtpAgent agent = agent(rig.surroundings());
            agent.start(rig.surroundings().inForce().get());
            Snapshot before = rig.surroundings().inForce().get();
            rig.with("posthouseSmtpSubmissionPort", String.valueOf(other.getLocalPort()));
            var refused = assertThrows(
                    AgentRefused.class,
                    () -> agent.adopt(before, rig.surroundings().inForce().get()));
            assertEquals("submissionPort", refused.option());
            assertEquals(List.of("127.0.0.1:" + port), agent.listening());
            agent.stop(Duration.ZERO);
        }
    }

    @Test
    void whereThisHostMayNotSignInWithoutTlsAuthIsNeitherOfferedNorTaken() throws IOException {
        try (var rig = new Rig(Rig.CERTIFICATE, LIMITS).with("posthousePlainLoginLocal", "FALSE")) {
            try (var peer = rig.peer()) {
                peer.reply();
                String extensions = extensions(peer);
                assertTrue(extensions.contains("STARTTLS") && !extensions.contains("AUTH"), extensions);
                assertEquals("538 5.7.11 Use STARTTLS before you sign in", peer.ask("AUTH PLAIN AGJvYgBzZWNyZXQ="));
                assertEquals("538 5.7.11 Use STARTTLS before you sign in", peer.ask("AUTH LOGIN"));
            }
        }
    }

    @Test
    void sessionsBetweenTwoCommandsAreToldWhenTheAgentStops() throws IOException {
        int port = freePort();
        try (var rig = new Rig().with("posthouseSmtpPort", String.valueOf(port))) {
            SmtpAgent agent = agent(rig.surroundings());
            agent.start(rig.surroundings().inForce().get());
            try (var peer = new Peer(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))) {
                peer.reply();
                assertTrue(peer.ask("NOOP").startsWith("250"));
                agent.stop(Duration.ofSeconds(10));
                assertTrue(peer.reply().startsWith("421 4.3.2"));
                assertEquals("(closed)", peer.line());
            }
        }
    }

    private static String extensions(Peer peer) {
        peer.say("EHLO me");
        var lines = new StringBuilder();
        String line;
        do {
            line = peer.line();
            lines.append(line).append('\n');
        } while (line.startsWith("250-"));
        return lines.toString();
    }
}
