package org.posthouse.webadmin.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.posthouse.schema.commandline.Words;
import picocli.AutoComplete;

/** The commands of {@code ./posthouse} that ask the console. Ends with 0, or a code of {@link Failure}. */
public final class Cli {

    private Cli() {}

    /** Runs one command. */
    public static void main(String[] words) {
        var out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        var err = new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
        try {
            run(Arrays.asList(words), System.getenv(), out);
        } catch (Failure failure) {
            String.valueOf(failure.getMessage()).lines().forEach(line -> err.println("posthouse: " + line));
            System.exit(failure.code());
        }
    }

    /** As typed where no environment variable is set. */
    static void run(List<String> words, PrintStream out) {
        run(words, Map.of(), out);
    }

    static void run(List<String> words, Map<String, String> environment, PrintStream out) {
        Words read = read(words);
        List<String> commands = read.commands();
        Optional<String> help =
                commands.isEmpty() && !read.has("--version") ? Optional.of(Words.usage(read.command())) : read.help();
        if (help.isPresent()) {
            out.println(help.get());
            return;
        }
        String command = commands.isEmpty() ? "version" : commands.getFirst();
        var arguments = new Arguments(read, environment);
        var print = new Print(out, arguments.has("--json"));
        switch (command) {
            case "version" -> out.println(Version.text());
            case "help" -> out.println(help(arguments.operands()));
            case "completion" -> out.println(completion(arguments.operands().getFirst()));
            case "sign-in" -> new SignIn(print, Clock.systemUTC()).signIn(arguments);
            case "sign-out" -> new SignIn(print, Clock.systemUTC()).signOut(arguments);
            case "setup" -> new SetUpCommand(arguments, print).run();
            case "nimsext" -> new Nimsext(print, Clock.systemUTC()).run(arguments);
            case "history" -> history(arguments, print, out);
            case "run", "ims", "stop", "test" ->
                throw new Failure(
                        Failure.USAGE, "\"" + command + "\" is a command of the launcher: ./posthouse " + command);
            case "rmbox" -> {
                Rmbox.check(arguments);
                signedIn(command, arguments, print, out);
            }
            default -> signedIn(command, arguments, print, out);
        }
    }

    private static Words read(List<String> words) {
        try {
            return Words.read(Commands.all(), words);
        } catch (IllegalArgumentException wrong) {
            throw new Failure(Failure.USAGE, String.valueOf(wrong.getMessage()));
        }
    }

    private static void signedIn(String command, Arguments arguments, Print print, PrintStream out) {
        RestClient client = SignedIn.client(arguments);
        switch (command) {
            case "status" -> new Status(client, print).run(arguments);
            case "get" -> new Objects(client, print).get(arguments);
            case "stat" -> new Stat(client, print).run(arguments);
            case "set" -> new Objects(client, print).set(arguments);
            case "confirm" -> new Confirm(client, print).run(arguments);
            case "command" -> new Objects(client, print).command(arguments);
            case "create" -> new Objects(client, print).create(arguments);
            case "delete" -> new Objects(client, print).delete(arguments);
            case "export" -> new Configurations(client, print, out).export(arguments);
            case "apply" -> new Configurations(client, print, out).apply(arguments);
            case "certificate" -> new Certificates(client, print).run(arguments);
            case "license" -> new Licenses(client, print).run(arguments);
            case "imspmfix" -> new Imspmfix(client, print).run(arguments);
            case "host" -> new Hosts(client, print).run(arguments);
            case "rmbox" -> new Rmbox(client, print).run(arguments);
            default -> throw new IllegalStateException(command + " is declared but not carried out");
        }
    }

    // "posthouse help certificate install": as if that command had been asked for its help.
    private static String help(List<String> commands) {
        var asked = new ArrayList<>(commands);
        asked.add("--help");
        return read(asked).help().orElseThrow();
    }

    private static String completion(String shell) {
        if (!List.of("bash", "zsh").contains(shell)) {
            throw new Failure(Failure.USAGE, "\"" + shell + "\" is not one of the shells bash and zsh");
        }
        return AutoComplete.bash("posthouse", Words.commandLine(Commands.all()));
    }

    private static void history(Arguments arguments, Print print, PrintStream out) {
        if (Verify.isMeant(arguments)) {
            new Verify(print).run(arguments);
        } else {
            new Past(SignedIn.client(arguments), print, out).run(arguments);
        }
    }
}
