package org.posthouse.mailcore.relay;

import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import org.posthouse.mailcore.agent.TestKeys;
import org.posthouse.mailcore.wire.Connection;
import org.posthouse.mailcore.wire.Limits;
import org.posthouse.mailcore.wire.Listener;

/** A mail host that answers as it is told, and remembers what it heard. */
final class Sink implements AutoCloseable {

    private static final Limits LIMITS = new Limits(99, 99, Duration.ofSeconds(10), Duration.ofSeconds(30));

    final List<String> heard = new CopyOnWriteArrayList<>();
    final List<String> messages = new CopyOnWriteArrayList<>();
    private final Map<String, String> replies = new HashMap<>();
    private final Listener listener;
    private String extensions = "PIPELINING,8BITMIME,DSN,SIZE 1000000";
    private boolean brokenTls;
    private SSLContext tls = TestKeys.in(Path.of("src/test/resources/tls/ec")).required();

    Sink(String address, int port) {
        listener = Listener.open(
                "sink", new InetSocketAddress(InetAddress.ofLiteral(address), port), null, LIMITS, this::serve);
    }

    int port() {
        return listener.address().getPort();
    }

    /** Answers a command that begins so with this; "" hangs up; "greeting" is the first line. */
    Sink answers(String command, String reply) {
        replies.put(command, reply);
        return this;
    }

    Sink offers(String commaSeparated) {
        extensions = commaSeparated;
        return this;
    }

    /** Offers TLS as this. */
    Sink with(SSLContext own) {
        tls = own;
        return offers("STARTTLS");
    }

    Sink withBrokenTls() {
        brokenTls = true;
        return offers("STARTTLS");
    }

    private void serve(Connection connection) {
        connection.send(replies.getOrDefault("greeting", "220 sink.example ESMTP") + "\r\n");
        while (true) {
            String command = connection.line(2000);
            heard.add((connection.secure() ? "TLS " : "") + command);
            String reply = reply(command);
            if (reply.isEmpty()) {
                return;
            }
            connection.send(reply + "\r\n");
            if (command.equals("DATA") && reply.startsWith("354")) {
                connection.send(data(connection) + "\r\n");
            } else if (command.equals("STARTTLS")) {
                startTls(connection);
            } else if (command.equals("QUIT")) {
                return;
            }
        }
    }

    private void startTls(Connection connection) {
        if (brokenTls) {
            connection.send("this is no TLS\r\n").flush();
            connection.close();
        }
        connection.startTls(tls);
    }

    private String reply(String command) {
        for (var each : replies.entrySet()) {
            if (command.startsWith(each.getKey())) {
                return each.getValue();
            }
        }
        if (command.startsWith("EHLO")) {
            return "250-sink.example\r\n250-" + extensions.replace(",", "\r\n250-") + "\r\n250 HELP";
        }
        return command.equals("DATA") ? "354 go on" : command.equals("STARTTLS") ? "220 go" : "250 fine";
    }

    private String data(Connection connection) {
        var octets = new ByteArrayOutputStream();
        connection.octetsUntil(portion -> taken(portion, octets));
        messages.add(octets.toString(StandardCharsets.ISO_8859_1));
        return replies.getOrDefault("end", "250 2.0.0 taken");
    }

    private static boolean taken(ByteBuffer portion, ByteArrayOutputStream octets) {
        while (portion.hasRemaining()) {
            octets.write(portion.get());
            String all = octets.toString(StandardCharsets.ISO_8859_1);
            if (all.equals(".\r\n") || all.endsWith("\r\n.\r\n")) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void close() {
        listener.close();
    }
}
