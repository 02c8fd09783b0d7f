package org.posthouse.mailcore.agent;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.posthouse.mailcore.imap.ImapAgent;
import org.posthouse.mailcore.pop.PopAgent;
import org.posthouse.mailcore.status.Tally;
import org.posthouse.mailcore.wire.TlsKeys;
import org.posthouse.schema.tree.Kind;

/** What a program on this host hears where it may not sign in without TLS: by each command, and in the capabilities. */
class PlainLoginTest {

    private static final TlsKeys CERTIFICATE = TestKeys.in(Path.of("src/test/resources/tls/rsa"));

    private final MailWorld world = new MailWorld();

    @Test
    void imapAnnouncesAndRefusesLoginsAsTheOptionSays() throws IOException {
        ImapAgent agent = imap(CERTIFICATE);
        try (var allowed = session(agent)) {
            assertTrue(allowed.line().contains("AUTH=PLAIN"));
            assertTrue(allowed.ask("a LOGIN bob secret").startsWith("a OK"));
        }
        world.with(Kind.IMAP_AGENT, "posthousePlainLoginLocal", "FALSE");
        try (var refused = session(agent)) {
            String greeting = refused.line();
            assertTrue(greeting.contains("STARTTLS LOGINDISABLED"), greeting);
            assertFalse(greeting.contains("AUTH="), greeting);
            assertEquals("a NO [PRIVACYREQUIRED] Use STARTTLS before you sign in", refused.ask("a LOGIN bob secret"));
            assertTrue(refused.ask("b AUTHENTICATE PLAIN").startsWith("b NO [PRIVACYREQUIRED]"));
            assertTrue(refused.ask("c AUTHENTICATE PLAIN AGJvYgBzZWNyZXQ=").startsWith("c NO [PRIVACYREQUIRED]"));
        } finally {
            agent.stop(Duration.ZERO);
        }
    }

    @Test
    void imapWithoutACertificateSaysThatThereIsNoTls() throws IOException {
        ImapAgent agent = imap(world.noCertificate());
        world.with(Kind.IMAP_AGENT, "posthousePlainLoginLocal", "FALSE");
        try (var refused = session(agent)) {
            String greeting = refused.line();
            assertTrue(greeting.contains("LOGINDISABLED") && !greeting.contains("STARTTLS"), greeting);
            assertTrue(refused.ask("a LOGIN bob secret").endsWith("and this server offers no TLS"));
        } finally {
            agent.stop(Duration.ZERO);
        }
    }

    @Test
    void popAnnouncesAndRefusesLoginsAsTheOptionSays() throws IOException {
        PopAgent agent = pop();
        try (var allowed = session(agent)) {
            allowed.line();
            assertTrue(allowed.list("CAPA").containsAll(List.of("USER", "SASL PLAIN", "STLS")));
            assertEquals(List.of("PLAIN"), allowed.list("AUTH"));
            assertTrue(allowed.ask("USER bob").startsWith("+OK"));
            assertTrue(allowed.ask("PASS secret").startsWith("+OK"));
        }
        world.with(Kind.POP_AGENT, "posthousePlainLoginLocal", "FALSE");
        try (var refused = session(agent)) {
            refused.line();
            List<String> capabilities = refused.list("CAPA");
            assertTrue(capabilities.contains("STLS"), capabilities::toString);
            assertFalse(capabilities.contains("USER") || capabilities.contains("SASL PLAIN"), capabilities::toString);
            assertEquals(List.of(), refused.list("AUTH"));
            String refusal = "-ERR Use STLS before you sign in";
            assertEquals(refusal, refused.ask("USER bob"));
            assertEquals(refusal, refused.ask("PASS secret"));
            assertEquals(refusal, refused.ask("AUTH PLAIN"));
            assertEquals(refusal, refused.ask("AUTH PLAIN AGJvYgBzZWNyZXQ="));
        } finally {
            agent.stop(Duration.ZERO);
        }
    }

    private ImapAgent imap(TlsKeys keys) {
        var agent = new ImapAgent(
                world::snapshot, world.listening(143), world.people(), world.store(), keys, new Tally(Instant.EPOCH));
        agent.start(world.snapshot());
        return agent;
    }

    private PopAgent pop() {
        var agent = new PopAgent(
                world::snapshot,
                world.listening(110),
                world.people(),
                world.store(),
                CERTIFICATE,
                new Tally(Instant.EPOCH));
        agent.start(world.snapshot());
        return agent;
    }

    private static Session session(Agent agent) throws IOException {
        String at = agent.listening().getFirst();
        return new Session(
                new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(at.substring(at.lastIndexOf(':') + 1))));
    }

    /** A client that reads lines. */
    private static final class Session implements AutoCloseable {

        private final Socket socket;
        private final BufferedReader in;

        Session(Socket socket) throws IOException {
            this.socket = socket;
            socket.setSoTimeout(60_000);
            this.in = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
        }

        String line() throws IOException {
            return String.valueOf(in.readLine());
        }

        String ask(String command) throws IOException {
            socket.getOutputStream().write((command + "\r\n").getBytes(UTF_8));
            return line();
        }

        List<String> list(String command) throws IOException {
            assertTrue(ask(command).startsWith("+OK"));
            return in.lines().takeWhile(line -> !line.equals(".")).toList();
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
