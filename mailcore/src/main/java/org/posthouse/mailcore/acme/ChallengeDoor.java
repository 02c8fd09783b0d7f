package org.posthouse.mailcore.acme;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.posthouse.mailcore.wire.Connection;
import org.posthouse.mailcore.wire.Limits;
import org.posthouse.mailcore.wire.Listener;

/**
 * Answers the HTTP-01 challenges of one order (RFC 8555 8.3) and nothing else, on a port that is open only while the
 * order runs. Authorities come from several places at once, and again.
 */
final class ChallengeDoor implements AutoCloseable {

    private static final String PATH = "/.well-known/acme-challenge/";
    // Nobody becomes known here: one too many pushes out the one that waits longest.
    private static final Limits LIMITS = new Limits(64, 16, Duration.ofSeconds(10), Duration.ofSeconds(20))
            .with(new Limits.Strangers(64, 16, Duration.ofSeconds(20)));
    private static final int LONGEST_LINE = 4096;
    private static final int MOST_HEADERS = 100;

    private final Map<String, String> answers = new ConcurrentHashMap<>();
    private final Set<String> fetched = ConcurrentHashMap.newKeySet();
    private final Listener listener;

    private ChallengeDoor(InetSocketAddress at) {
        listener = Listener.open("acme", at, null, LIMITS, this::answer);
    }

    /** Opens the port. Throws PortRefused. */
    static ChallengeDoor open(InetSocketAddress at) {
        return new ChallengeDoor(at);
    }

    /** Where it listens. */
    InetSocketAddress address() {
        return listener.address();
    }

    /** From now on this token is answered so. */
    void put(String token, String answer) {
        answers.put(token, answer);
    }

    /** Whether anybody fetched the answer for a token. */
    boolean wasFetched(String token) {
        return fetched.contains(token);
    }

    // One request a connection (RFC 9112 9.6), which is what authorities make.
    private void answer(Connection connection) {
        String[] request = connection.line(LONGEST_LINE).split(" ");
        for (int headers = 0; !connection.line(LONGEST_LINE).isEmpty(); headers++) {
            if (headers == MOST_HEADERS) {
                return;
            }
        }
        boolean head = request[0].equals("HEAD");
        if (request.length != 3 || !(head || request[0].equals("GET"))) {
            respond(connection, "405 Method Not Allowed", "Only GET is answered here.\n", head);
            return;
        }
        String token = request[1].startsWith(PATH) ? request[1].substring(PATH.length()) : "";
        String answer = answers.get(token);
        if (answer == null) {
            respond(connection, "404 Not Found", "No such challenge is open.\n", head);
        } else {
            respond(connection, "200 OK", answer, head);
            fetched.add(token);
        }
    }

    private static void respond(Connection connection, String status, String text, boolean head) {
        connection
                .send("HTTP/1.1 " + status + "\r\nContent-Type: application/octet-stream\r\nContent-Length: "
                        + text.getBytes(UTF_8).length + "\r\nConnection: close\r\n\r\n" + (head ? "" : text))
                .flush();
    }

    @Override
    public void close() {
        listener.drain(Duration.ofSeconds(1));
    }
}
