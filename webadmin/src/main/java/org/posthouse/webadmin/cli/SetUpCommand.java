package org.posthouse.webadmin.cli;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
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

/**
 * {@code posthouse setup}: the first set-up without a browser. It shows the console the token in {@code HOME/setup-token},
 * which only the owner of the home can read; where nothing runs on the home, it starts it for as long as it takes.
 */
final class SetUpCommand {

    static final String USAGE = """
            posthouse setup --home DIR --admin NAME --admin-password-file FILE --organization NAME
                            [--users CONTAINER] [--host-name NAME]
                            --server NAME --domain DOMAIN [--resolver IP ...] [--with smtp,pop,imap] | --no-server""";

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final Arguments arguments;
    private final Print print;

    SetUpCommand(Arguments arguments, Print print) {
        this.arguments = arguments;
        this.print = print;
    }

    void run() {
        Path home = SignedIn.home(arguments);
        JsonObject answers = answers();
        Optional<String> url = arguments.text("--url");
        List<String> flags = flags();
        if (!arguments.operands().isEmpty()) {
            throw new Failure(Failure.USAGE, USAGE);
        }
        Optional<Process> own = url.isEmpty() && SignedIn.announced(home).isEmpty()
                ? Optional.of(start(home, flags))
                : Optional.empty();
        try {
            String console = url.orElseGet(() -> await(home, own));
            String token =
                    SignedIn.secret("setup-token", home.resolve("setup-token")).split(" ")[0];
            if (token.isEmpty()) {
                throw new Failure(
                        Failure.REFUSED, "There is no set-up token in " + home + ": this directory was set up already");
            }
            new RestClient(console, Map.of("X-Setup-Token", token)).post("setup", answers);
            print.line("Set up. Sign in at " + console + " as " + answers.getString("adminName"));
        } finally {
            own.ifPresent(SetUpCommand::stop);
        }
    }

    private JsonObject answers() {
        String password = arguments
                .text("--admin-password-file")
                .map(file -> SignedIn.secret("--admin-password-file", Path.of(file)))
                .orElseGet(() -> SignedIn.ask("Password of the new administrator: "));
        boolean createServer = !arguments.has("--no-server");
        JsonObjectBuilder answers = Json.createObjectBuilder()
                .add("adminName", arguments.text("--admin").orElse("admin"))
                .add("adminPassword", password)
                .add("organization", arguments.needed("--organization"))
                .add("userContainer", arguments.text("--users").orElse("people"))
                .add("hostName", arguments.text("--host-name").orElseGet(SetUpCommand::thisHost))
                .add("createServer", createServer);
        List<String> agents = arguments.texts("--with").stream()
                .flatMap(names -> Stream.of(names.split(",")))
                .map(name -> name.strip().toUpperCase(Locale.ROOT) + "_AGENT")
                .toList();
        if (createServer) {
            answers.add("serverName", arguments.needed("--server"))
                    .add("officialDomain", arguments.needed("--domain"))
                    .add("resolvers", Json.createArrayBuilder(arguments.texts("--resolver")))
                    .add("agents", Json.createArrayBuilder(agents));
        }
        return answers.build();
    }

    private static String thisHost() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException nameless) {
            throw new Failure(Failure.USAGE, "This host has no name; say --host-name NAME");
        }
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
        print.line("Nothing runs on " + home + "; starting it for the set-up ...");
        try {
            return new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException absent) {
            throw new Failure(
                    Failure.UNREACHABLE,
                    "Nothing runs on " + home + ", and it cannot be started: " + absent.getMessage());
        }
    }

    private static String await(Path home, Optional<Process> own) {
        long until = System.nanoTime() + PATIENCE.toNanos();
        Optional<String> console = SignedIn.announced(home);
        while (console.isEmpty()) {
            if (System.nanoTime() > until
                    || own.filter(process -> !process.isAlive()).isPresent()) {
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
