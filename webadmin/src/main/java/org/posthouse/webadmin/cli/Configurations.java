package org.posthouse.webadmin.cli;

import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.io.Console;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** The configuration as a file: {@code export} writes it, {@code apply} brings the tree to it. */
final class Configurations {

    private static final int PATIENCE = 75;
    private static final Duration PAUSE = Duration.ofMillis(200);
    private static final Set<String> ASLEEP = Set.of("disabled", "stopped", "waiting");

    private final RestClient client;
    private final Objects objects;
    private final Print print;
    private final PrintStream out;

    Configurations(RestClient client, Print print, PrintStream out) {
        this.client = client;
        this.objects = new Objects(client, print);
        this.print = print;
        this.out = out;
    }

    /** {@code [PLACE] [--users] [--comments] [--output FILE]}. */
    void export(Arguments arguments) {
        var query = new LinkedHashMap<String, String>();
        for (String flag : List.of("users", "comments")) {
            if (arguments.has("--" + flag)) {
                query.put(flag, "true");
            }
        }
        Optional<String> output = arguments.text("--output");
        List<String> operands = arguments.operands();
        operands.forEach(place -> query.put("dn", objects.dn(place)));
        new Download(client, out).to(output, "export", query);
    }

    /** {@code FILE [--plan] [--prune] [--if-interrupted finish|roll-back]}. */
    void apply(Arguments arguments) {
        boolean plan = arguments.has("--plan");
        boolean prune = arguments.has("--prune");
        List<String> operands = arguments.operands();
        var query = new LinkedHashMap<String, String>();
        if (plan) {
            query.put("plan", "true");
        }
        if (prune) {
            query.put("prune", "true");
        }
        arguments.text("--if-interrupted").ifPresent(what -> query.put("ifInterrupted", what));
        JsonObject answer = plan
                ? client.upload("apply", query, file(operands.getFirst()))
                : told(() -> client.upload("apply", query, file(operands.getFirst())));
        print.applied(answer);
        if (answer.getBoolean("applied")) {
            follow(answer);
        }
    }

    // Large files take a while; whoever waits at a terminal sees how far it is.
    private JsonObject told(Supplier<JsonObject> applying) {
        if (Optional.ofNullable(System.console()).filter(Console::isTerminal).isEmpty()) {
            return applying.get();
        }
        var done = new CountDownLatch(1);
        Thread teller = Thread.ofVirtual().name("progress").start(() -> tell(done));
        try {
            return applying.get();
        } finally {
            done.countDown();
            join(teller);
        }
    }

    private void tell(CountDownLatch done) {
        boolean told = false;
        try {
            while (!done.await(1, TimeUnit.SECONDS)) {
                JsonObject progress = client.get("apply", Map.of());
                if (progress.getInt("begun") < progress.getInt("total")) {
                    System.err.printf("\r%d of %d steps ", progress.getInt("begun"), progress.getInt("total"));
                    told = true;
                }
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } catch (Failure unknown) {
            // The request itself says what went wrong.
            told = false;
        }
        if (told) {
            System.err.print("\r                              \r");
        }
    }

    private static void join(Thread teller) {
        try {
            teller.join();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private static byte[] file(String name) {
        try {
            return name.equals("-") ? System.in.readAllBytes() : Files.readAllBytes(Path.of(name));
        } catch (IOException unreadable) {
            throw new Failure(Failure.USAGE, name + " cannot be read");
        }
    }

    // Says of each server when it and its agents applied the file, or why they did not.
    private void follow(JsonObject answer) {
        Instant began = Instant.parse(answer.getString("began"));
        List<String> waiting = new ArrayList<>(answer.getJsonArray("servers").getValuesAs(JsonString::getString));
        var last = new LinkedHashMap<String, String>();
        for (int round = 0; round < PATIENCE && !waiting.isEmpty(); round++) {
            if (round > 0) {
                LockSupport.parkNanos(PAUSE.toNanos());
            }
            for (JsonObject server :
                    client.get("status", Map.of()).getJsonArray("servers").getValuesAs(JsonObject.class)) {
                if (waiting.contains(server.getString("dn"))) {
                    Optional<String> reason = reason(server);
                    if (reason.isEmpty()) {
                        waiting.remove(server.getString("dn"));
                        print.line(server.getString("name") + ": " + took(server, began));
                    } else {
                        last.put(server.getString("dn"), server.getString("name") + ": " + reason.get());
                    }
                }
            }
        }
        if (!waiting.isEmpty()) {
            waiting.forEach(server -> print.line(last.getOrDefault(server, server + ": is not there")));
            throw new Failure(Failure.REFUSED, "Saved, but not applied everywhere yet; see ./posthouse status");
        }
    }

    private static List<JsonObject> parts(JsonObject server) {
        var parts = new ArrayList<JsonObject>();
        parts.add(server);
        parts.addAll(server.getJsonArray("agents").getValuesAs(JsonObject.class));
        return parts;
    }

    private static Optional<String> reason(JsonObject server) {
        return parts(server).stream()
                .filter(part -> List.of("refuses", "lags", "unreachable").contains(part.getString("verdict", "")))
                .map(part -> part.getString("kind", "the server") + ": "
                        + (part.getString("reason").isEmpty()
                                ? part.getString("state") + ", not applied yet"
                                : part.getString("reason")))
                .findFirst();
    }

    private static String took(JsonObject server, Instant began) {
        Optional<Instant> last = parts(server).stream()
                .filter(part -> part.containsKey("obeyedAt"))
                .map(part -> Instant.parse(part.getString("obeyedAt")))
                .filter(at -> at.isAfter(began))
                .max(Instant::compareTo);
        boolean asleep = parts(server).stream().allMatch(part -> ASLEEP.contains(part.getString("state")));
        return asleep
                ? "does not run; takes effect at its next start"
                : last.map(at -> "applied in " + Duration.between(began, at).toMillis() + " ms")
                        .orElse("applied");
    }
}
