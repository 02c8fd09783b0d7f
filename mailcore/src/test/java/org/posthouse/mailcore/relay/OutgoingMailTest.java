package org.posthouse.mailcore.relay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.posthouse.mailcore.agent.Outside;
import org.posthouse.mailcore.dns.NameServer;
import org.posthouse.mailcore.engine.Tree;
import org.posthouse.mailcore.engine.World;
import org.posthouse.mailcore.wire.Connection;
import org.posthouse.mailcore.wire.Limits;
import org.posthouse.schema.tree.Kind;

/** The way out of a whole engine: a user signs in and sends, the DNS leads to another host, a refusal comes back. */
class OutgoingMailTest {

    private static final Limits LIMITS = new Limits(1, 1, Duration.ofSeconds(10), Duration.ofSeconds(30));
    private static final String SIGN_IN =
            "AUTH PLAIN " + Base64.getEncoder().encodeToString("\0anna\0anna".getBytes(UTF_8));

    @TempDir
    Path home;

    private final Tree tree = Tree.planted();
    private final NameServer dns = new NameServer();
    private final Sink sink = new Sink("127.0.0.3", 0);

    @AfterEach
    void close() {
        sink.close();
        dns.close();
        tree.close();
    }

    private static void talk(int port, String... lines) {
        var at = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        try (var connection = Connection.dial(at, null, Duration.ofSeconds(5), LIMITS)) {
            connection.line(1000);
            for (String line : lines) {
                connection.send(line + "\r\n");
                String answer = connection.line(1000);
                while (answer.startsWith("-", 3)) {
                    answer = connection.line(1000);
                }
                assertTrue(answer.charAt(0) < '4', line + " was answered " + answer);
            }
        }
    }

    private static boolean hasReport(int port) {
        var at = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        try (var connection = Connection.dial(at, null, Duration.ofSeconds(5), LIMITS)) {
            connection.line(1000);
            connection.send("a LOGIN anna anna\r\na SELECT INBOX\r\nb FETCH 1 BODY[]\r\n");
            var said = new StringBuilder();
            for (String line = connection.line(10_000); !line.startsWith("b "); line = connection.line(10_000)) {
                said.append(line).append('\n');
            }
            return said.toString().contains("Diagnostic-Code: smtp; 550 5.1.1 no such user");
        }
    }

    @Test
    void aUsersMailGoesOutByTheDnsAndARefusalComesBack() {
        dns.mx("far.example", 10, "mx.far.example").a("mx.far.example", "127.0.0.3");
        sink.answers("RCPT TO:<gone@", "550 5.1.1 no such user");
        tree.server(
                "mail1",
                "127.0.0.1",
                Map.of(
                        "posthouseContext", List.of(tree.people().toString()),
                        "posthouseResolver", List.of("127.0.0.1")),
                Kind.NMAP_AGENT,
                Kind.SMTP_AGENT,
                Kind.IMAP_AGENT);
        try (var world = World.of(tree, home, new Outside(sink.port(), dns.port()))) {
            world.awaitBoard("127.0.0.1:" + world.port(143));
            world.awaitBoard("127.0.0.1:" + world.port(25));
            talk(
                    world.port(25),
                    "EHLO client.example",
                    SIGN_IN,
                    "MAIL FROM:<anna@example.com>",
                    "RCPT TO:<friend@far.example>",
                    "RCPT TO:<gone@far.example>",
                    "DATA",
                    "Subject: hello\r\n\r\n..a dot\r\n.",
                    "QUIT");
            world.await("the friend has it", () -> !sink.messages.isEmpty());
            assertTrue(sink.messages.getFirst().endsWith("\r\n\r\n..a dot\r\n.\r\n"), sink.messages.getFirst());
            assertTrue(sink.heard.contains("RCPT TO:<friend@far.example>"), sink.heard.toString());
            world.await("anna hears of the refusal", () -> hasReport(world.port(143)));
        }
    }
}
