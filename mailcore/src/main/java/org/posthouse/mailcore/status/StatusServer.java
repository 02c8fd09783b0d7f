package org.posthouse.mailcore.status;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.posthouse.mailcore.wire.HostAddress;
import org.posthouse.schema.certificate.Pin;
import org.posthouse.schema.value.AddressText;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The board over HTTP for consoles, on this machine or, over TLS, for others: {@code GET /status}, {@code GET /machine},
 * {@code GET /clock}, {@code GET /history}, {@code GET /address}, {@code GET /prove}, {@code GET /trial},
 * {@code POST /command}, {@code POST /rmbox}.
 * With {@code /status?after=N&wait=S} the board is answered as soon as its number is above N, or 204 after S seconds.
 * Whoever asks must know the system secret and sends it as a bearer token (RFC 6750 2.1), except for {@code GET /lease},
 * by which an engine asks another one whether it serves their host.
 */
public final class StatusServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(StatusServer.class);
    private static final long LONGEST_WAIT = 25;
    private static final int LARGEST_ORDER = 8192;
    private static final long LONGEST_GRACE = Duration.ofDays(1).toSeconds();

    // Of the JDK's server, for the whole process: a request has to be there ten seconds after its connection was made,
    // and
    // who sends none is let go. Whoever waits for news has sent its request.
    private static final Map<String, String> LIMITS = Map.of(
            "sun.net.httpserver.maxReqTime", "10",
            "sun.net.httpserver.clockTick", "5000");

    static {
        LIMITS.forEach((name, value) -> System.setProperty(name, System.getProperty(name, value)));
    }

    private record Reply(int code, String json) {}

    private final Board board;
    private final Orders orders;
    private final Machine machine;
    private final Supplier<String> secret;
    private final Clock clock;
    private final HttpServer http;
    private final URI url;
    private volatile Supplier<String> lease = () -> "";
    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("status-", 0).factory());

    /**
     * Shows the board at 127.0.0.1 in plain text, or at any other address over TLS; port 0 takes a free one. Throws
     * IllegalStateException when it cannot be had.
     */
    public StatusServer(
            Board board, Orders orders, Machine machine, Supplier<String> secret, InetSocketAddress at, Clock clock) {
        this.board = board;
        this.orders = orders;
        this.machine = machine;
        this.secret = secret;
        this.clock = clock;
        try {
            if (at.getAddress().equals(InetAddress.getLoopbackAddress())) {
                http = HttpServer.create(at, 0);
                url = URI.create("http://127.0.0.1:" + http.getAddress().getPort());
            } else {
                var key = new BoardKey();
                HttpsServer https = HttpsServer.create(at, 0);
                https.setHttpsConfigurator(new HttpsConfigurator(key.context(clock.instant())));
                http = https;
                url = url(https.getAddress(), key.pin());
            }
        } catch (IOException taken) {
            throw new IllegalStateException(
                    "The status board cannot listen on " + at + ": " + taken.getMessage(), taken);
        }
        http.setExecutor(threads);
        http.createContext("/", this::answer);
        http.start();
    }

    private static URI url(InetSocketAddress at, Pin pin) {
        String address = AddressText.of(at.getAddress());
        String named = address.contains(":") ? "[" + address + "]" : address;
        return URI.create("https://" + named + ":" + at.getPort() + "/#" + pin.digest());
    }

    /** Where it answers: {@code http://127.0.0.1:40123}, or {@code https://192.0.2.7:40123/#PIN} with its key's pin. */
    public URI url() {
        return url;
    }

    /** Answers with this, the instance of the lease that is held, who asks for the lease. */
    public void lease(Supplier<String> instance) {
        lease = instance;
    }

    @Override
    public void close() {
        http.stop(0);
        threads.shutdownNow();
    }

    private void answer(HttpExchange exchange) throws IOException {
        Reply reply;
        try {
            reply = isAboutLease(exchange)
                    ? new Reply(200, Json.write(Map.of("instance", lease.get())))
                    : isAllowed(exchange) ? reply(exchange) : new Reply(401, reason("The bearer token is wrong."));
        } catch (Orders.NotPossible | IllegalArgumentException refused) {
            reply = new Reply(409, reason(String.valueOf(refused.getMessage())));
        } catch (InterruptedException closing) {
            reply = new Reply(503, reason("The engine is shutting down."));
        } catch (RuntimeException fault) {
            LOG.error("The status board failed at {}", exchange.getRequestURI(), fault);
            reply = new Reply(500, reason("Internal error in the engine. See its log."));
        }
        send(exchange, reply);
    }

    private static boolean isAboutLease(HttpExchange exchange) {
        return exchange.getRequestMethod().equals("GET")
                && exchange.getRequestURI().getPath().equals("/lease");
    }

    private Reply reply(HttpExchange exchange) throws InterruptedException {
        Instant received = clock.instant();
        Map<String, String> asked = query(exchange.getRequestURI());
        return switch (exchange.getRequestMethod() + " "
                + exchange.getRequestURI().getPath()) {
            case "GET /status" -> status(asked);
            case "GET /machine" -> new Reply(200, Json.write(machine.facts()));
            case "GET /clock" -> time(received);
            case "GET /prove" -> proof(asked);
            case "GET /address" -> new Reply(200, Json.write(Map.of("here", isHere(asked))));
            case "GET /trial" -> trial(asked);
            case "GET /history" ->
                new Reply(
                        200,
                        Json.write(orders.history()
                                .apply(asked.getOrDefault("server", ""))
                                .shown()));
            case "POST /rmbox" -> removal(Json.texts(body(exchange)));
            case "POST /command" -> command(Json.texts(body(exchange)));
            default -> new Reply(404, reason("This page does not exist."));
        };
    }

    private Reply status(Map<String, String> asked) throws InterruptedException {
        String after = asked.getOrDefault("after", "");
        if (after.isEmpty()) {
            return new Reply(200, board.json());
        }
        long wait = Math.clamp(Long.parseLong(asked.getOrDefault("wait", "" + LONGEST_WAIT)), 0, LONGEST_WAIT);
        boolean news = board.await(Long.parseLong(after), Duration.ofSeconds(wait));
        return news ? new Reply(200, board.json()) : new Reply(204, "");
    }

    // RFC 5905 8: the asker needs the time of receipt and of answer to tell the clocks' difference from the way.
    private Reply time(Instant received) {
        var times = new LinkedHashMap<String, Object>();
        times.put("received", received);
        times.put("sent", clock.instant());
        return new Reply(200, Json.write(times));
    }

    private Reply proof(Map<String, String> asked) {
        String line = orders.prove()
                .apply(new Orders.Proof(
                        asked.getOrDefault("server", ""),
                        asked.getOrDefault("agent", ""),
                        asked.getOrDefault("option", "")));
        var proof = new LinkedHashMap<String, Object>();
        proof.put("line", line);
        proof.put("at", clock.instant());
        return new Reply(200, Json.write(proof));
    }

    // Only a literal address: this asks no name server.
    private static boolean isHere(Map<String, String> asked) {
        return HostAddress.isHere(InetAddress.ofLiteral(asked.getOrDefault("ip", "")));
    }

    private Reply trial(Map<String, String> asked) {
        Orders.Verdict verdict = orders.trial()
                .apply(new Orders.Trial(
                        asked.getOrDefault("server", ""),
                        asked.getOrDefault("about", ""),
                        asked.getOrDefault("value", "")));
        return new Reply(
                200,
                Json.write(Map.of("verdict", verdict.word(), "value", verdict.value(), "detail", verdict.detail())));
    }

    private Reply command(Map<String, String> asked) {
        var order = new Orders.Order(
                asked.getOrDefault("server", ""),
                asked.getOrDefault("agent", ""),
                asked.getOrDefault("do", ""),
                Duration.ofSeconds(Math.clamp(Long.parseLong(asked.getOrDefault("grace", "0")), 0, LONGEST_GRACE)));
        Optional<String> refusal = orders.command().apply(order);
        LOG.info("Command: {} {} of {}: {}", order.verb(), order.agent(), order.server(), refusal.orElse("done"));
        return refusal.map(why -> new Reply(409, reason(why))).orElseGet(() -> new Reply(200, reason("")));
    }

    private Reply removal(Map<String, String> asked) {
        var removal = new Orders.Removal(
                asked.getOrDefault("server", ""),
                asked.getOrDefault("manager", ""),
                asked.getOrDefault("mailbox", ""),
                asked.getOrDefault("do", ""),
                asked.getOrDefault("to", ""));
        return new Reply(200, Json.write(orders.rmbox().apply(removal)));
    }

    // Compared in constant time; an engine that knows no secret yet lets nobody in.
    private boolean isAllowed(HttpExchange exchange) {
        String known = secret.get();
        String given = Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization"))
                .orElse("");
        return !known.isEmpty() && MessageDigest.isEqual(("Bearer " + known).getBytes(UTF_8), given.getBytes(UTF_8));
    }

    private static String body(HttpExchange exchange) {
        try {
            return new String(exchange.getRequestBody().readNBytes(LARGEST_ORDER), UTF_8);
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    private static Map<String, String> query(URI uri) {
        var asked = new LinkedHashMap<String, String>();
        Arrays.stream(Optional.ofNullable(uri.getRawQuery()).orElse("").split("&"))
                .map(pair -> pair.split("=", 2))
                .filter(pair -> pair.length == 2)
                .forEach(pair -> asked.put(pair[0], URLDecoder.decode(pair[1], UTF_8)));
        return asked;
    }

    private static String reason(String why) {
        return Json.write(Map.of("reason", why));
    }

    private static void send(HttpExchange exchange, Reply reply) throws IOException {
        byte[] json = reply.json().getBytes(UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        try (exchange) {
            exchange.sendResponseHeaders(reply.code(), json.length == 0 ? -1 : json.length);
            exchange.getResponseBody().write(json);
        }
    }
}
