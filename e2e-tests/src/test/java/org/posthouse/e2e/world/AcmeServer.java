package org.posthouse.e2e.world;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequest;

/**
 * An ACME authority of the test world (RFC 8555): directory, nonces, accounts, orders, HTTP-01 challenges that are really
 * fetched, certificates of an {@link Authority}. Checks every signature, nonce and address; behaves badly when told to.
 */
public final class AcmeServer implements AutoCloseable {

    /** How it behaves. */
    public enum Manner {
        /** As RFC 8555 says. */
        WELL,
        /** Refuses orders, naming the name. */
        REFUSING,
        /** Accepts connections and never answers. */
        SILENT,
        /** Answers a web page. */
        BABBLING,
        /** Answers with more than anybody wants to read. */
        ENDLESS,
        /** Says that all is in order, but the certificate it gives is for another key. */
        LYING
    }

    private record Account(JsonObject key, List<String> contacts) {}

    private record Order(int number, List<String> names, Map<String, String> tokens, Map<String, String> chain) {}

    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();
    private static final String TERMS = "https://terms.example/of/service";

    private final Authority authority = new Authority(Clock.systemUTC());
    private final HttpsServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(3))
            .build();
    private final Set<String> nonces = ConcurrentHashMap.newKeySet();
    private final AtomicInteger number = new AtomicInteger();
    private final Map<String, Account> accounts = new ConcurrentHashMap<>();
    private final Map<Integer, Order> orders = new ConcurrentHashMap<>();
    private final Map<String, String> problems = new ConcurrentHashMap<>();
    private final Set<String> proven = ConcurrentHashMap.newKeySet();
    private final List<String> fetched = new CopyOnWriteArrayList<>();
    private volatile Manner manner = Manner.WELL;
    private volatile Duration life = Duration.ofDays(1);
    private volatile int challengePort;
    private volatile boolean terms = true;

    /** Fetches challenges of whatever name from this port of loopback. */
    public AcmeServer(int challengePort) {
        this.challengePort = challengePort;
        try {
            server = HttpsServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        server.setHttpsConfigurator(new HttpsConfigurator(authority.server()));
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    /** Where it begins. */
    public String directory() {
        return url("/directory");
    }

    /** Who vouches for it and whom it gives certificates of, PEM. */
    public String authorities() {
        return authority.pem();
    }

    /** From now on it behaves so. */
    public void behave(Manner how) {
        manner = how;
    }

    /** Certificates last so long from now on. */
    public void giveFor(Duration time) {
        life = time;
    }

    /** Challenges are fetched at this port from now on. */
    public void fetchAt(int port) {
        challengePort = port;
    }

    /** Whether it has terms that must be agreed to. */
    public void haveTerms(boolean some) {
        terms = some;
    }

    /** How many orders were made. */
    public int orders() {
        return orders.size();
    }

    /** How many keys are known. */
    public int accounts() {
        return accounts.size();
    }

    /** Whom it would write to. */
    public List<String> contacts() {
        return accounts.values().stream()
                .flatMap(account -> account.contacts().stream())
                .toList();
    }

    /** The names whose challenges were fetched. */
    public List<String> fetched() {
        return List.copyOf(fetched);
    }

    private String url(String path) {
        return "https://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            switch (manner) {
                case SILENT -> silence();
                case BABBLING -> send(exchange, 200, "text/html", "<html>It works!</html>");
                case ENDLESS -> endless(exchange);
                default -> route(exchange);
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    private static void silence() throws InterruptedException {
        new java.util.concurrent.CountDownLatch(1).await();
    }

    private static void endless(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, 0);
        byte[] more = "[".repeat(8192).getBytes(UTF_8);
        while (true) {
            exchange.getResponseBody().write(more);
        }
    }

    private void route(HttpExchange exchange) throws IOException {
        String[] path = exchange.getRequestURI().getPath().substring(1).split("/");
        if (path[0].equals("directory")) {
            json(exchange, 200, directoryText());
        } else if (path[0].equals("new-nonce")) {
            nonce(exchange);
            exchange.sendResponseHeaders(exchange.getRequestMethod().equals("HEAD") ? 200 : 204, -1);
        } else {
            signed(exchange, path);
        }
    }

    private JsonObject directoryText() {
        JsonObjectBuilder meta = Json.createObjectBuilder();
        if (terms) {
            meta.add("termsOfService", TERMS);
        }
        return Json.createObjectBuilder()
                .add("newNonce", url("/new-nonce"))
                .add("newAccount", url("/new-account"))
                .add("newOrder", url("/new-order"))
                .add("meta", meta)
                .build();
    }

    private void signed(HttpExchange exchange, String[] path) throws IOException {
        Jws request = Jws.of(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
        JsonObject header = request.header();
        if (!nonces.remove(header.getString("nonce"))) {
            problem(exchange, 400, "badNonce", "That nonce was not given, or twice");
        } else if (!header.getString("url").equals(url(exchange.getRequestURI().getPath()))) {
            problem(exchange, 403, "unauthorized", "Signed for another address");
        } else if (path[0].equals("new-account")) {
            account(exchange, request);
        } else if (!accounts.containsKey(header.getString("kid"))) {
            problem(exchange, 400, "accountDoesNotExist", "Nobody is known by that key");
        } else if (!request.isBy(known(accounts, header.getString("kid")).key())) {
            problem(exchange, 400, "malformed", "The signature is wrong");
        } else {
            carryOut(exchange, request, path);
        }
    }

    private void account(HttpExchange exchange, Jws request) throws IOException {
        JsonObject key = request.header().getJsonObject("jwk");
        JsonObject wish = Jws.object(request.payload());
        String url = url("/account/" + Jws.thumbprint(key));
        if (!request.isBy(key)) {
            problem(exchange, 400, "malformed", "The signature is wrong");
        } else if (terms && !wish.getBoolean("termsOfServiceAgreed", false)) {
            problem(exchange, 403, "userActionRequired", "Agree to the terms of service first");
        } else {
            boolean known = accounts.containsKey(url);
            accounts.computeIfAbsent(url, fresh -> new Account(key, contacts(wish)));
            exchange.getResponseHeaders().set("Location", url);
            json(exchange, known ? 200 : 201, text(known(accounts, url)));
        }
    }

    private static List<String> contacts(JsonObject wish) {
        return wish.containsKey("contact")
                ? wish.getJsonArray("contact").getValuesAs(jakarta.json.JsonString.class).stream()
                        .map(jakarta.json.JsonString::getString)
                        .toList()
                : List.of();
    }

    private static JsonObject text(Account account) {
        return Json.createObjectBuilder()
                .add("status", "valid")
                .add("contact", Json.createArrayBuilder(account.contacts()))
                .build();
    }

    private void carryOut(HttpExchange exchange, Jws request, String[] path) throws IOException {
        switch (path[0]) {
            case "account" -> {
                String url = url("/account/" + path[1]);
                accounts.computeIfPresent(
                        url, (same, old) -> new Account(old.key(), contacts(Jws.object(request.payload()))));
                json(exchange, 200, text(known(accounts, url)));
            }
            case "new-order" -> order(exchange, Jws.object(request.payload()));
            case "order" -> json(exchange, 200, text(ordered(path[1])));
            case "authorization" -> json(exchange, 200, authorization(ordered(path[1]), path[2]));
            case "challenge" -> challenge(exchange, request, ordered(path[1]), path[2]);
            case "finalize" -> finish(exchange, ordered(path[1]), Jws.object(request.payload()));
            case "certificate" ->
                send(
                        exchange,
                        200,
                        "application/pem-certificate-chain",
                        known(ordered(path[1]).chain(), "pem"));
            default -> problem(exchange, 404, "malformed", "There is no such thing here");
        }
    }

    private void order(HttpExchange exchange, JsonObject wish) throws IOException {
        List<String> names = wish.getJsonArray("identifiers").getValuesAs(JsonObject.class).stream()
                .map(identifier -> identifier.getString("value"))
                .toList();
        if (manner == Manner.REFUSING) {
            refuse(exchange, names);
            return;
        }
        var order = new Order(number.incrementAndGet(), names, new ConcurrentHashMap<>(), new ConcurrentHashMap<>());
        names.forEach(name -> order.tokens().put(name, BASE64.encodeToString((order.number() + name).getBytes(UTF_8))));
        orders.put(order.number(), order);
        exchange.getResponseHeaders().set("Location", url("/order/" + order.number()));
        json(exchange, 201, text(order));
    }

    private void refuse(HttpExchange exchange, List<String> names) throws IOException {
        JsonArrayBuilder each = Json.createArrayBuilder();
        names.forEach(name -> each.add(Json.createObjectBuilder()
                .add("type", "urn:ietf:params:acme:error:rejectedIdentifier")
                .add("detail", "policy forbids it")
                .add("identifier", Json.createObjectBuilder().add("type", "dns").add("value", name))));
        JsonObject problem = Json.createObjectBuilder()
                .add("type", "urn:ietf:params:acme:error:rejectedIdentifier")
                .add("detail", "Cannot issue for some of these")
                .add("subproblems", each)
                .build();
        nonce(exchange);
        send(exchange, 403, "application/problem+json", problem.toString());
    }

    private JsonObject text(Order order) {
        JsonArrayBuilder identifiers = Json.createArrayBuilder();
        JsonArrayBuilder authorizations = Json.createArrayBuilder();
        for (String name : order.names()) {
            identifiers.add(Json.createObjectBuilder().add("type", "dns").add("value", name));
            authorizations.add(url("/authorization/" + order.number() + "/" + name));
        }
        JsonObjectBuilder text = Json.createObjectBuilder()
                .add("status", status(order))
                .add("identifiers", identifiers)
                .add("authorizations", authorizations)
                .add("finalize", url("/finalize/" + order.number()));
        if (order.chain().containsKey("pem")) {
            text.add("certificate", url("/certificate/" + order.number()));
        }
        return text.build();
    }

    private String status(Order order) {
        if (order.chain().containsKey("pem")) {
            return "valid";
        }
        if (order.tokens().values().stream().anyMatch(problems::containsKey)) {
            return "invalid";
        }
        return proven.containsAll(order.tokens().values()) ? "ready" : "pending";
    }

    private JsonObject authorization(Order order, String name) {
        String token = known(order.tokens(), name);
        return Json.createObjectBuilder()
                .add("identifier", Json.createObjectBuilder().add("type", "dns").add("value", name))
                .add("status", status(token))
                .add("challenges", Json.createArrayBuilder().add(challengeText(order, name)))
                .build();
    }

    private String status(String token) {
        return problems.containsKey(token) ? "invalid" : proven.contains(token) ? "valid" : "pending";
    }

    private JsonObject challengeText(Order order, String name) {
        String token = known(order.tokens(), name);
        JsonObjectBuilder text = Json.createObjectBuilder()
                .add("type", "http-01")
                .add("url", url("/challenge/" + order.number() + "/" + name))
                .add("status", status(token))
                .add("token", token);
        if (problems.containsKey(token)) {
            text.add(
                    "error",
                    Json.createObjectBuilder()
                            .add("type", "urn:ietf:params:acme:error:connection")
                            .add("detail", known(problems, token)));
        }
        return text.build();
    }

    private void challenge(HttpExchange exchange, Jws request, Order order, String name) throws IOException {
        JsonObject key = known(accounts, request.header().getString("kid")).key();
        if (!request.payload().isEmpty()) {
            threads.execute(() -> fetch(order, name, key));
        }
        json(exchange, 200, challengeText(order, name));
    }

    // RFC 8555 8.3: what is answered is the token and the account key's thumbprint.
    private void fetch(Order order, String name, JsonObject key) {
        String token = known(order.tokens(), name);
        var request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + challengePort + "/.well-known/acme-challenge/" + token))
                .timeout(Duration.ofSeconds(20))
                .build();
        try {
            String body =
                    client.send(request, HttpResponse.BodyHandlers.ofString()).body();
            fetched.add(name);
            if (body.strip().equals(token + "." + Jws.thumbprint(key))) {
                proven.add(token);
            } else {
                problems.put(token, "The answer of " + name + " is \"" + body.strip() + "\"");
            }
        } catch (IOException unreachable) {
            problems.put(token, "Fetching http://" + name + "/.well-known/acme-challenge/" + token + ": refused");
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    private void finish(HttpExchange exchange, Order order, JsonObject wish) throws IOException {
        if (!status(order).equals("ready")) {
            problem(exchange, 403, "orderNotReady", "Not all names are proven");
            return;
        }
        PublicKey key = requested(wish.getString("csr"));
        order.chain().put("pem", authority.chain(key, order.names(), life));
        json(exchange, 200, text(order));
    }

    private PublicKey requested(String csr) throws IOException {
        try {
            return manner == Manner.LYING
                    ? authority.key()
                    : new JcaPKCS10CertificationRequest(Base64.getUrlDecoder().decode(csr)).getPublicKey();
        } catch (GeneralSecurityException malformed) {
            throw new IOException(malformed);
        }
    }

    private Order ordered(String number) {
        return known(orders, Integer.valueOf(number));
    }

    private static <K, V> V known(Map<K, V> map, K key) {
        return Objects.requireNonNull(map.get(key), "nobody made that");
    }

    private void nonce(HttpExchange exchange) {
        String nonce = BASE64.encodeToString(("nonce " + number.incrementAndGet()).getBytes(UTF_8));
        nonces.add(nonce);
        exchange.getResponseHeaders().set("Replay-Nonce", nonce);
    }

    private void problem(HttpExchange exchange, int code, String type, String detail) throws IOException {
        nonce(exchange);
        String text = Json.createObjectBuilder()
                .add("type", "urn:ietf:params:acme:error:" + type)
                .add("detail", detail)
                .build()
                .toString();
        send(exchange, code, "application/problem+json", text);
    }

    private void json(HttpExchange exchange, int code, JsonObject object) throws IOException {
        nonce(exchange);
        send(exchange, code, "application/json", object.toString());
    }

    private void send(HttpExchange exchange, int code, String type, String text) throws IOException {
        if (!exchange.getResponseHeaders().containsKey("Replay-Nonce")) {
            nonce(exchange);
        }
        exchange.getResponseHeaders().set("Content-Type", type);
        byte[] octets = text.getBytes(UTF_8);
        exchange.sendResponseHeaders(code, octets.length);
        exchange.getResponseBody().write(octets);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
        client.shutdownNow();
    }
}
