package org.posthouse.mailcore.relay;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.posthouse.mailcore.wire.Connection;
import org.posthouse.mailcore.wire.Limits;
import org.posthouse.mailcore.wire.Listener;

/** A web server that gives one answer, whatever it is asked. */
final class PolicyServer implements AutoCloseable {

    private static final Limits LIMITS = new Limits(99, 99, Duration.ofSeconds(10), Duration.ofSeconds(30));

    final List<String> asked = Collections.synchronizedList(new ArrayList<>());
    private final Listener listener;
    private volatile SSLContext tls;
    private volatile byte[] answer = new byte[0];
    private volatile boolean silent;

    PolicyServer(SSLContext tls) {
        this.tls = tls;
        listener = Listener.open(
                "policies", new InetSocketAddress(InetAddress.ofLiteral("127.0.0.6"), 0), null, LIMITS, this::serve);
    }

    int port() {
        return listener.address().getPort();
    }

    PolicyServer as(SSLContext other) {
        tls = other;
        return this;
    }

    /** Answers with a policy, LF as CRLF. */
    PolicyServer policy(String text) {
        byte[] octets = text.replace("\n", "\r\n").getBytes(UTF_8);
        return raw("HTTP/1.1 200 OK\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: " + octets.length
                + "\r\n\r\n" + text.replace("\n", "\r\n"));
    }

    /** Answers with this. */
    PolicyServer raw(String whole) {
        return raw(whole.getBytes(UTF_8));
    }

    PolicyServer raw(byte[] whole) {
        answer = whole;
        return this;
    }

    /** Takes the question and never answers. */
    PolicyServer silent() {
        silent = true;
        return this;
    }

    private void serve(Connection connection) {
        connection.startTls(tls);
        String line = connection.line(1000);
        asked.add(line);
        while (!line.isEmpty()) {
            line = connection.line(1000);
            if (line.startsWith("Host:")) {
                asked.add(line);
            }
        }
        if (silent) {
            connection.line(1000);
        }
        connection.send(answer).flush();
    }

    @Override
    public void close() {
        listener.close();
    }
}
