package org.posthouse.mailcore.engine;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.posthouse.mailcore.agent.Agent;
import org.posthouse.mailcore.agent.Listening;
import org.posthouse.mailcore.agent.Outside;
import org.posthouse.mailcore.agent.Surroundings;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.value.Place;

/** A whole engine on a tree, in one line, with its ports out of everyone's way. */
public final class World implements AutoCloseable {

    private static final Duration DEADLINE = Duration.ofMinutes(2);
    /** Quick to give up and quick to try again. */
    public static final Patience HASTY = new Patience(
            Duration.ofSeconds(1),
            Duration.ofMillis(50),
            Duration.ofMillis(20),
            3,
            Duration.ofMinutes(1),
            Duration.ofMillis(20));

    private final Engine engine;
    private final int portOffset;
    private final HttpClient http = HttpClient.newHttpClient();

    private World(Engine engine, int portOffset) {
        this.engine = engine;
        this.portOffset = portOffset;
    }

    /** An engine with the agents that are built in. */
    public static World of(Tree tree, Path home) {
        return of(tree, home, Map.of());
    }

    /** An engine whose outside world is at these ports. */
    public static World of(Tree tree, Path home, Outside outside) {
        return of(tree, home, Map.of(), outside);
    }

    /** An engine with some kinds of agents made otherwise. */
    public static World of(Tree tree, Path home, Map<Kind, Function<Surroundings, Agent>> makers) {
        return of(tree, home, makers, Outside.USUAL);
    }

    /** Another engine on the same tree, as of another host, with the same ports at other addresses. */
    public World beside(Tree tree, Path home, String host) {
        return of(tree, home, Map.of(), Outside.USUAL, host, portOffset);
    }

    private static World of(Tree tree, Path home, Map<Kind, Function<Surroundings, Agent>> makers, Outside outside) {
        return of(tree, home, makers, outside, Tree.HOST, freeOffset());
    }

    private static World of(
            Tree tree,
            Path home,
            Map<Kind, Function<Surroundings, Agent>> makers,
            Outside outside,
            String host,
            int offset) {
        return new World(
                Engine.start(new EngineOptions(
                        host,
                        home,
                        new Listening(InetAddress.getLoopbackAddress(), offset),
                        outside,
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                        tree::connect,
                        makers,
                        HASTY,
                        "test",
                        Clock.systemUTC())),
                offset);
    }

    // Port 689 is as likely to be taken as any other once it is moved; all mail ports follow it closely. All stay below
    // those that the system gives to calls going out.
    private static int freeOffset() {
        int offset = 10_000 + (int) (ProcessHandle.current().pid() % 500) * 40;
        while (!isFree(689 + offset) || !isFree(25 + offset)) {
            offset += 7;
        }
        return offset;
    }

    private static boolean isFree(int port) {
        try (var probe = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return probe.isBound();
        } catch (IOException taken) {
            return false;
        }
    }

    public Engine engine() {
        return engine;
    }

    public int port(int usual) {
        return usual + portOffset;
    }

    /** The board as its readers get it. */
    public String board() {
        return get("/status", Tree.SECRET).body();
    }

    public HttpResponse<String> get(String path, String token) {
        return send(HttpRequest.newBuilder(engine.statusUrl().resolve(path)), token);
    }

    public HttpResponse<String> command(Place server, String agent, String verb) {
        return command(server, agent, verb, 0);
    }

    /** With so many seconds for the sessions that run. */
    public HttpResponse<String> command(Place server, String agent, String verb, int grace) {
        String order = "{\"server\": \"%s\", \"agent\": \"%s\", \"do\": \"%s\", \"grace\": \"%d\"}"
                .formatted(server, agent, verb, grace);
        return send(
                HttpRequest.newBuilder(engine.statusUrl().resolve("/command"))
                        .POST(HttpRequest.BodyPublishers.ofString(order)),
                Tree.SECRET);
    }

    public String prove(Place server, Kind agent) {
        return get(
                        "/prove?agent=" + agent + "&server="
                                + URLEncoder.encode(server.toString(), StandardCharsets.UTF_8),
                        Tree.SECRET)
                .body();
    }

    private HttpResponse<String> send(HttpRequest.Builder request, String token) {
        try {
            return http.send(
                    request.header("Authorization", "Bearer " + token).build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException gone) {
            throw new IllegalStateException(gone);
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(ended);
        }
    }

    public URI statusUrl() {
        return engine.statusUrl();
    }

    /** Waits until something is true; fails with what the board shows when it does not become so. */
    public void await(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + DEADLINE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("Not so in time: " + what + "\n" + board());
            }
            LockSupport.parkNanos(2_000_000);
        }
    }

    /** Waits until the board shows this text. */
    public void awaitBoard(String text) {
        await("the board shows " + text, () -> board().contains(text));
    }

    @Override
    public void close() {
        engine.close();
        http.close();
    }
}
