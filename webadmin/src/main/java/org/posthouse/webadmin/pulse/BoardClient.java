package org.posthouse.webadmin.pulse;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.posthouse.schema.certificate.Pin;
import org.posthouse.schema.value.Place;

/** Talks to the boards of engines. Throws IOException when an engine does not answer. */
final class BoardClient implements AutoCloseable {

    private static final Duration COMMAND = Duration.ofSeconds(40);
    // Mail is copied meanwhile.
    private static final Duration HAND_OVER = Duration.ofMinutes(10);
    private static final Duration PROMPT = Duration.ofSeconds(15);
    private static final Duration DIALLING = Duration.ofSeconds(3);
    // A cut line says nothing: an engine that had no news has to say so, or it is taken for unreachable.
    private static final Duration NEWS_WITHIN = Duration.ofSeconds(3);

    private final Duration late;
    private final HttpClient plain = client().build();
    private final Map<Pin, HttpClient> pinned = new ConcurrentHashMap<>();

    BoardClient() {
        this(NEWS_WITHIN.plusSeconds(3));
    }

    /** For boards that are taken for unreachable when they owe an answer for so long. */
    BoardClient(Duration late) {
        this.late = late;
    }

    private static HttpClient.Builder client() {
        return HttpClient.newBuilder().connectTimeout(DIALLING).followRedirects(HttpClient.Redirect.NEVER);
    }

    // An engine has a new key after each start; what was for the old one is let go.
    private HttpClient http(BoardAddress address) {
        return address.pin()
                .map(pin -> pinned.computeIfAbsent(
                        pin, key -> client().sslContext(key.context()).build()))
                .orElse(plain);
    }

    /** Lets go of what was for boards that are no longer there. */
    void keep(Set<BoardAddress> there) {
        Set<Pin> pins =
                there.stream().flatMap(address -> address.pin().stream()).collect(Collectors.toSet());
        pinned.entrySet().removeIf(each -> {
            boolean gone = !pins.contains(each.getKey());
            if (gone) {
                each.getValue().shutdownNow();
            }
            return gone;
        });
    }

    /** The board as soon as its number is above {@code seq}; empty when that takes longer than a moment. */
    Optional<Board> next(BoardAddress address, long seq) throws IOException, InterruptedException {
        URI uri = address.at(seq <= 0 ? "/status" : "/status?after=" + seq + "&wait=" + NEWS_WITHIN.toSeconds());
        var answer = send(address, HttpRequest.newBuilder(uri).timeout(late).GET());
        if (answer.statusCode() == 204) {
            return Optional.empty();
        }
        if (answer.statusCode() != 200) {
            throw new IOException("answers " + answer.statusCode());
        }
        try {
            return Optional.of(BoardText.read(answer.body()));
        } catch (IllegalArgumentException malformed) {
            throw new IOException("does not answer with a status board", malformed);
        }
    }

    /** Has a server ("" for all its agents) start, stop, restart or drain. Returns why it could not, or "". */
    String command(BoardAddress address, Place server, String agent, String act, Duration grace)
            throws IOException, InterruptedException {
        String body = Json.createObjectBuilder()
                .add("server", server.toString())
                .add("agent", agent)
                .add("do", act)
                .add("grace", Long.toString(grace.toSeconds()))
                .build()
                .toString();
        var answer = send(
                address,
                HttpRequest.newBuilder(address.at("/command"))
                        .timeout(COMMAND)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body)));
        if (answer.statusCode() / 100 == 2) {
            return "";
        }
        String reason = BoardText.member(answer.body(), "reason");
        return reason.isEmpty() ? "The engine answers " + answer.statusCode() : reason;
    }

    /**
     * Has a mailbox looked at, removed, or handed over. Returns what is or was in it. Throws Declined with the engine's
     * reason.
     *
     * @param order what to do: {@code do}, {@code mailbox}, {@code to}
     */
    JsonObject rmbox(BoardAddress address, Place server, Place manager, Map<String, String> order)
            throws IOException, InterruptedException {
        JsonObjectBuilder asked =
                Json.createObjectBuilder().add("server", server.toString()).add("manager", manager.toString());
        order.forEach(asked::add);
        String body = asked.build().toString();
        boolean copies = order.getOrDefault("do", "").equals("hand-over");
        var answer = send(
                address,
                HttpRequest.newBuilder(address.at("/rmbox"))
                        .timeout(copies ? HAND_OVER : COMMAND)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body)));
        if (answer.statusCode() != 200) {
            String reason = BoardText.member(answer.body(), "reason");
            throw new Declined(reason.isEmpty() ? "The engine answers " + answer.statusCode() : reason);
        }
        try (var reader = Json.createReader(new StringReader(answer.body()))) {
            return reader.readObject();
        }
    }

    /** The line that shows an option of an agent in force, taken over a real session; "" when none depends on it. */
    String prove(BoardAddress address, Place server, String agent, String option)
            throws IOException, InterruptedException {
        URI uri = address.at("/prove?server=" + encoded(server.toString()) + "&agent=" + encoded(agent) + "&option="
                + encoded(option));
        var answer = send(address, HttpRequest.newBuilder(uri).timeout(PROMPT).GET());
        if (answer.statusCode() != 200) {
            String reason = BoardText.member(answer.body(), "reason");
            throw new IOException(reason.isEmpty() ? "answers " + answer.statusCode() : reason);
        }
        return BoardText.member(answer.body(), "line");
    }

    /** Whether an address is one of an engine's host. */
    boolean hasAddress(BoardAddress address, String ip) throws IOException, InterruptedException {
        String body = answer(address, "/address?ip=" + encoded(ip));
        return BoardText.truth(body, "here");
    }

    /** What comes of trying a value at a server: the engine's word, and the value as it was tried. */
    Tried trial(BoardAddress address, Place server, String about, String value)
            throws IOException, InterruptedException {
        String body = answer(
                address,
                "/trial?server=" + encoded(server.toString()) + "&about=" + about + "&value=" + encoded(value));
        return new Tried(
                BoardText.member(body, "verdict"), BoardText.member(body, "value"), BoardText.member(body, "detail"));
    }

    /** How busy a server was. */
    History history(BoardAddress address, Place server) throws IOException, InterruptedException {
        String body = answer(address, "/history?server=" + encoded(server.toString()));
        try {
            return History.read(body);
        } catch (IllegalArgumentException malformed) {
            throw new IOException("does not report its load", malformed);
        }
    }

    /** The machine an engine runs on, its clock not measured. */
    Machine machine(BoardAddress address) throws IOException, InterruptedException {
        String body = answer(address, "/machine");
        try {
            return BoardText.machine(body);
        } catch (IllegalArgumentException malformed) {
            throw new IOException("does not report its system", malformed);
        }
    }

    /** One measurement of an engine's clock against this one. */
    ClockOffset clock(BoardAddress address, Clock clock) throws IOException, InterruptedException {
        Instant asked = clock.instant();
        String body = answer(address, "/clock");
        Instant answered = clock.instant();
        try {
            return ClockOffset.of(
                    asked,
                    Instant.parse(BoardText.member(body, "received")),
                    Instant.parse(BoardText.member(body, "sent")),
                    answered);
        } catch (DateTimeParseException malformed) {
            throw new IOException("does not report its time", malformed);
        }
    }

    private String answer(BoardAddress address, String path) throws IOException, InterruptedException {
        var answer = send(
                address,
                HttpRequest.newBuilder(address.at(path)).timeout(PROMPT).GET());
        if (answer.statusCode() != 200) {
            throw new IOException("answers " + answer.statusCode());
        }
        return answer.body();
    }

    private HttpResponse<String> send(BoardAddress address, HttpRequest.Builder request)
            throws IOException, InterruptedException {
        return http(address)
                .send(
                        request.header("Authorization", "Bearer " + address.secret())
                                .build(),
                        BodyHandlers.ofString(StandardCharsets.UTF_8));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        plain.shutdownNow();
        pinned.values().forEach(HttpClient::shutdownNow);
    }
}
