package org.posthouse.webadmin.cli;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.posthouse.schema.commandline.CommandBuilder;

/**
 * {@code posthouse setup}: the first set-up without a browser. It shows the console the token in {@code HOME/setup-token},
 * which only the owner of the home can read; where nothing runs on the home, it starts it for as long as it takes.
 */
final class SetUpCommand {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Duration OTHERS_PATIENCE = Duration.ofSeconds(30);

    private final Arguments arguments;
    private final Print print;

    SetUpCommand(Arguments arguments, Print print) {
        this.arguments = arguments;
        this.print = print;
    }

    static CommandBuilder declared() {
        return CommandBuilder.command("setup", "Set up a new mail system without a browser.")
                .option("--organization", "NAME", "The organization that contains the users.")
                .option("--server", "NAME", "The first messaging server.")
                .option("--domain", "DOMAIN", "Its Official Domain.")
                .flag("--no-server", "Create no messaging server.")
                .option("--admin", "NAME", "The first administrator (admin).")
                .option("--admin-password-file", "FILE", "The file that contains the administrator's password.")
                .option("--users", "CONTAINER", "The container of the users (people).")
                .option("--host-name", "NAME", "The host of the server (the one that the engine serves).")
                .options("--resolver", "IP", "A DNS resolver; can be repeated.")
                .options(
                        "--with",
                        "AGENT,...",
                        "The agents beside the NMAP Agent: smtp, pop, imap (all); nmap for none.")
                .flag("--no-tls", "Create no self-signed certificate, and leave SSL and TLS off.")
                .flag("--no-verify-addresses", "Accept mail to unknown users, and return it later.")
                .option("--http-port", "N", "Like posthouse run, when nothing runs in the home yet.")
                .option("--https-port", "N", "Likewise.")
                .option("--port-offset", "N", "Likewise.")
                .option("--bind", "ADDRESS", "Likewise.");
    }

    void run() {
        Path home = SignedIn.home(arguments);
        JsonObject answers = answers();
        Optional<String> url = arguments.text("--url");
        List<String> flags = flags();
        Optional<Process> own = url.isEmpty() && SignedIn.announced(home).isEmpty()
                ? Optional.of(start(home, flags))
                : Optional.empty();
        try {
            String console = url.orElseGet(() -> await(home, own));
            String token =
                    SignedIn.secret("setup-token", home.resolve("setup-token")).split(" ")[0];
            if (token.isEmpty()) {
                throw new Failure(
                        Failure.REFUSED, "There is no setup token in " + home + ": this directory is already set up");
            }
            tell(new RestClient(console, Map.of("X-Setup-Token", token)).post("setup", answers));
            print.line("Sign in at " + console + " as " + answers.getString("adminName"));
        } finally {
            own.ifPresent(SetUpCommand::stop);
        }
    }

    private void tell(JsonObject done) {
        List<JsonObject> agents = done.getJsonArray("agents").getValuesAs(JsonObject.class);
        List<JsonObject> waiting = agents.stream()
                .filter(agent -> agent.getJsonArray("listening").isEmpty())
                .toList();
        print.line(waiting.isEmpty() ? "Set up." : "The objects are created, but not every agent listens yet:");
        agents.forEach(agent -> print.line("  " + agent.getString("name") + ": " + standing(agent)));
        String host = done.getString("hostName");
        String engine = done.getString("engineHost");
        if (!host.equalsIgnoreCase(engine)) {
            print.line("Warning: The engine of this console serves host " + engine + ", not " + host
                    + ". The server runs only after an engine is started with --host-name " + host + ".");
        }
    }

    private static String standing(JsonObject agent) {
        List<String> listening = agent.getJsonArray("listening").getValuesAs(JsonString::getString);
        if (!listening.isEmpty()) {
            return "listens on " + String.join(", ", listening);
        }
        String reason = agent.getString("reason");
        return reason.isEmpty() ? "not running yet" : "not running: " + reason;
    }

    private void complete() {
        List<String> needed = arguments.has("--no-server")
                ? List.of("--organization NAME")
                : List.of("--organization NAME", "--server NAME", "--domain DOMAIN");
        List<String> missing = needed.stream()
                .filter(option -> !arguments.has(option.split(" ", 2)[0]))
                .toList();
        if (!missing.isEmpty()) {
            throw new Failure(
                    Failure.USAGE,
                    String.join(", ", missing) + (missing.size() == 1 ? " is" : " are")
                            + " missing. For all options, run: posthouse help setup");
        }
    }

    private JsonObject answers() {
        complete();
        String password = arguments
                .text("--admin-password-file")
                .map(file -> SignedIn.secret("--admin-password-file", Path.of(file)))
                .orElseGet(() -> SignedIn.ask("Password of the new administrator: ", "--admin-password-file"));
        boolean createServer = !arguments.has("--no-server");
        JsonObjectBuilder answers = Json.createObjectBuilder()
                .add("adminName", arguments.text("--admin").orElse("admin"))
                .add("adminPassword", password)
                .add("organization", arguments.needed("--organization"))
                .add("userContainer", arguments.text("--users").orElse("people"))
                .add("createServer", createServer)
                .add("tls", !arguments.has("--no-tls"))
                .add("verifyAddresses", !arguments.has("--no-verify-addresses"));
        // Without one, the console takes the host that its engine serves.
        arguments.text("--host-name").ifPresent(name -> answers.add("hostName", name));
        List<String> agents = arguments.texts("--with").stream()
                .flatMap(names -> Stream.of(names.split(",")))
                .map(name -> name.strip().toUpperCase(Locale.ROOT) + "_AGENT")
                .toList();
        if (createServer) {
            answers.add("serverName", arguments.needed("--server"))
                    .add("officialDomain", arguments.needed("--domain"))
                    .add("resolvers", Json.createArrayBuilder(arguments.texts("--resolver")));
            if (!agents.isEmpty()) {
                answers.add("agents", Json.createArrayBuilder(agents));
            }
        }
        return answers.build();
    }

    // Those of posthouse run that matter when it is started here.
    private List<String> flags() {
        return Stream.of("--http-port", "--https-port", "--port-offset", "--bind")
                .flatMap(flag -> arguments.text(flag).stream().flatMap(value -> Stream.of(flag, value)))
                .toList();
    }

    private Process start(Path home, List<String> flags) {
        String launcher = System.getProperty("posthouse.launcher", "./posthouse");
        var command = new ArrayList<>(List.of(launcher, "run", "--home", home.toString()));
        command.addAll(flags);
        print.line("Posthouse is not running in " + home + "; starting it for setup ...");
        try {
            return new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException absent) {
            throw new Failure(
                    Failure.UNREACHABLE,
                    "Posthouse is not running in " + home + ", and it cannot be started: " + absent.getMessage());
        }
    }

    private static String await(Path home, Optional<Process> own) {
        long until = System.nanoTime() + PATIENCE.toNanos();
        boolean ended = false;
        Optional<String> console = SignedIn.announced(home);
        while (console.isEmpty()) {
            if (!ended && own.filter(process -> !process.isAlive()).isPresent()) {
                // Another process may have the home and be about to say where its console is.
                ended = true;
                until = Math.min(until, System.nanoTime() + OTHERS_PATIENCE.toNanos());
            }
            if (System.nanoTime() > until) {
                throw new Failure(
                        Failure.UNREACHABLE, "It does not start; try ./posthouse run --home " + home + " to see why");
            }
            LockSupport.parkNanos(200_000_000);
            console = SignedIn.announced(home);
        }
        return console.get();
    }

    private static void stop(Process own) {
        own.destroy();
        try {
            if (!own.waitFor(30, TimeUnit.SECONDS)) {
                own.destroyForcibly();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
