package org.posthouse.webadmin.cli;

import java.io.Console;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.posthouse.schema.certificate.Pin;

/** Finds the console and the credentials a command line names. A password never stands on the command line itself. */
final class SignedIn {

    private static final Pattern PIN = Pattern.compile("\"pin\":\\s*\"([^\"]*)\"");
    private static final Pattern URL = Pattern.compile("\"url\":\\s*\"([^\"]*)\"");

    private SignedIn() {}

    /** A client that acts for the user of {@code --user} or the token of {@code --token-file}. */
    static RestClient client(Arguments arguments) {
        Path home = home(arguments);
        String console = console(arguments, home);
        Optional<String> token = arguments.text("--token-file").map(file -> secret("--token-file", Path.of(file)));
        Optional<String> passwordFile = arguments.text("--password-file");
        Optional<String> user = arguments.text("--user");
        if (token.isPresent()) {
            return new RestClient(console, Map.of("Authorization", "Bearer " + token.get()), pin(console, home));
        }
        String name = user.orElseThrow(() -> new Failure(
                Failure.USAGE, "Say who you are: --user NAME [--password-file FILE], or --token-file FILE"));
        String password = passwordFile
                .map(file -> secret("--password-file", Path.of(file)))
                .orElseGet(() -> ask("Password of " + name + ": "));
        String both = Base64.getEncoder().encodeToString((name + ":" + password).getBytes(StandardCharsets.UTF_8));
        return new RestClient(console, Map.of("Authorization", "Basic " + both), pin(console, home));
    }

    static Path home(Arguments arguments) {
        return Path.of(arguments.text("--home").orElse("var"));
    }

    /** The console's address: {@code --url}, else what the process that runs on the home announced. */
    static String console(Arguments arguments, Path home) {
        return arguments
                .text("--url")
                .or(() -> announced(home))
                .orElseThrow(() -> new Failure(
                        Failure.UNREACHABLE,
                        "Nothing runs on " + home + ": start it with ./posthouse run --home " + home
                                + ", or name a console with --url"));
    }

    static Optional<String> announced(Path home) {
        try {
            Matcher found = URL.matcher(Files.readString(home.resolve("run.json")));
            return found.find() ? Optional.of(found.group(1)) : Optional.empty();
        } catch (IOException absent) {
            return Optional.empty();
        }
    }

    // The console's own certificate vouches for itself alone; what runs on this home says which key it has.
    static Optional<Pin> pin(String console, Path home) {
        if (!announced(home).equals(Optional.of(console))) {
            return Optional.empty();
        }
        try {
            Matcher found = PIN.matcher(Files.readString(home.resolve("run.json")));
            return found.find() ? Optional.of(new Pin(found.group(1))) : Optional.empty();
        } catch (IOException | IllegalArgumentException absent) {
            return Optional.empty();
        }
    }

    /** The first line of a file that holds a secret. */
    static String secret(String flag, Path file) {
        try {
            return Files.readString(file).lines().findFirst().orElse("");
        } catch (IOException unreadable) {
            throw new Failure(Failure.USAGE, flag + ": " + file + " cannot be read");
        }
    }

    /** Asks at the terminal without showing what is typed. */
    static String ask(String prompt) {
        return Optional.ofNullable(System.console())
                .filter(Console::isTerminal)
                .map(terminal -> terminal.readPassword("%s", prompt))
                .map(String::new)
                .orElseThrow(() -> new Failure(
                        Failure.USAGE, "There is no terminal to ask for the password; use --password-file"));
    }
}
