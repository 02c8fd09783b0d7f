package org.posthouse.webadmin.cli;

import java.io.Console;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
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

    /**
     * A client of the console that the command line, the environment, or the saved sign-in names, in this order. Throws
     * Failure when nobody is signed in.
     */
    static RestClient client(Arguments arguments) {
        Optional<SavedSignIn> saved = saved(arguments);
        String console = named(arguments)
                .or(() -> saved.map(SavedSignIn::url))
                .orElseGet(() -> console(arguments, home(arguments)));
        Optional<String> given = given(arguments);
        if (given.isPresent()) {
            return new RestClient(console, Map.of("Authorization", given.get()), pin(console, home(arguments)));
        }
        return saved.filter(each -> isSame(each.url(), console))
                .map(each -> each.client(Instant.now()))
                .orElseThrow(() -> new Failure(Failure.USAGE, unknown(saved, console)));
    }

    private static String unknown(Optional<SavedSignIn> saved, String console) {
        return saved.map(each -> "Your saved sign-in is for " + each.url() + ", not for " + console + ". ")
                        .orElse("You are not signed in. ")
                + "Run \"posthouse sign-in\" first, or add --user NAME [--password-file FILE] or --token-file FILE";
    }

    // Credentials of the command line itself go first, so a broken file of a saved sign-in does not matter to them.
    private static Optional<SavedSignIn> saved(Arguments arguments) {
        return isGiven(arguments) ? Optional.empty() : SavedSignIn.read(arguments);
    }

    private static boolean isGiven(Arguments arguments) {
        return arguments.has("--token-file")
                || arguments.has("--user")
                || arguments.variable("POSTHOUSE_TOKEN").isPresent()
                || arguments.variable("POSTHOUSE_USER").isPresent();
    }

    private static Optional<String> given(Arguments arguments) {
        Optional<String> token = arguments.text("--token-file").map(file -> secret("--token-file", Path.of(file)));
        if (token.isEmpty() && !arguments.has("--user")) {
            token = arguments.variable("POSTHOUSE_TOKEN");
        }
        if (token.isPresent()) {
            return token.map(text -> "Bearer " + text);
        }
        if (arguments.has("--password-file") && user(arguments).isEmpty()) {
            throw new Failure(Failure.USAGE, "--password-file needs --user NAME as well");
        }
        return user(arguments)
                .map(name -> "Basic "
                        + Base64.getEncoder()
                                .encodeToString(
                                        (name + ":" + password(arguments, name)).getBytes(StandardCharsets.UTF_8)));
    }

    /** Who signs in: {@code --user}, or {@code POSTHOUSE_USER}. */
    static Optional<String> user(Arguments arguments) {
        return arguments.text("--user").or(() -> arguments.variable("POSTHOUSE_USER"));
    }

    /** The password, from {@code --password-file} or {@code POSTHOUSE_PASSWORD_FILE}, or typed. */
    static String password(Arguments arguments, String user) {
        return arguments
                .text("--password-file")
                .map(file -> secret("--password-file", Path.of(file)))
                .or(() -> arguments
                        .variable("POSTHOUSE_PASSWORD_FILE")
                        .map(file -> secret("POSTHOUSE_PASSWORD_FILE", Path.of(file))))
                .orElseGet(() -> ask("Password of " + user + ": ", "--password-file"));
    }

    static Path home(Arguments arguments) {
        return Path.of(arguments
                .text("--home")
                .or(() -> arguments.variable("POSTHOUSE_HOME"))
                .orElse("var"));
    }

    /** The console's address: as named, else what the process that runs in the home announced. */
    static String console(Arguments arguments, Path home) {
        return named(arguments).or(() -> announced(home)).orElseThrow(() -> nothingRuns(home));
    }

    /** The console that {@code sign-in} asks; where none is named and none runs here, the one of the last time. */
    static String consoleToSignIn(Arguments arguments) {
        return named(arguments)
                .or(() -> announced(home(arguments)))
                .or(() -> SavedSignIn.read(arguments).map(SavedSignIn::url))
                .orElseThrow(() -> nothingRuns(home(arguments)));
    }

    // An option goes before any variable, and of each kind the address before the home.
    private static Optional<String> named(Arguments arguments) {
        if (arguments.has("--url")) {
            return arguments.text("--url").map(SignedIn::checked);
        }
        if (arguments.has("--home")) {
            return Optional.of(announced(home(arguments)).orElseThrow(() -> nothingRuns(home(arguments))));
        }
        Optional<String> url = arguments.variable("POSTHOUSE_URL").map(SignedIn::checked);
        if (url.isEmpty() && arguments.variable("POSTHOUSE_HOME").isPresent()) {
            return Optional.of(announced(home(arguments)).orElseThrow(() -> nothingRuns(home(arguments))));
        }
        return url;
    }

    private static String checked(String url) {
        if (!url.matches("https?://[^/?#\\s]+/?")) {
            throw new Failure(
                    Failure.USAGE,
                    "\"" + url + "\" is not the address of a console, such as https://mail.example.com:8449/");
        }
        return url;
    }

    private static Failure nothingRuns(Path home) {
        return new Failure(
                Failure.UNREACHABLE,
                "Nothing runs in " + home + ". Start it with posthouse run --home " + home
                        + ", or name a console with --url");
    }

    private static boolean isSame(String one, String other) {
        return one.replaceFirst("/+$", "").equalsIgnoreCase(other.replaceFirst("/+$", ""));
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

    /** Asks at the terminal without showing what is typed; without a terminal, names the option to use. */
    static String ask(String prompt, String option) {
        return Optional.ofNullable(System.console())
                .filter(Console::isTerminal)
                .map(terminal -> terminal.readPassword("%s", prompt))
                .map(String::new)
                .orElseThrow(() -> new Failure(
                        Failure.USAGE, "There is no terminal to ask for the password; use " + option + " FILE"));
    }

    /** Asks for a name at the terminal. */
    static String askName(String prompt) {
        return Optional.ofNullable(System.console())
                .filter(Console::isTerminal)
                .map(terminal -> terminal.readLine("%s", prompt))
                .filter(name -> !name.isBlank())
                .map(String::strip)
                .orElseThrow(() -> new Failure(Failure.USAGE, "--user NAME is missing."));
    }
}
