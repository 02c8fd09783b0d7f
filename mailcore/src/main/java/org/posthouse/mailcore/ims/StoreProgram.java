package org.posthouse.mailcore.ims;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.posthouse.mailcore.store.InUseRecord;
import org.posthouse.mailcore.store.StoreCheck;
import org.posthouse.mailcore.store.StoreCheck.Finding;
import org.posthouse.mailcore.store.StoreFailure;
import org.posthouse.schema.commandline.StoreCommand;
import org.posthouse.schema.commandline.Words;

/** {@code posthouse store check} and {@code posthouse store repair}: what is found goes to out, progress to err. */
public final class StoreProgram {

    private static final int GOOD = 0;
    private static final int DAMAGED = 1;
    private static final int USAGE = 2;
    private static final int FAILED = 3;

    private final PrintStream out;
    private final PrintStream err;

    StoreProgram(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    /** Ends with the exit code that the declaration names. */
    public static void main(String... arguments) {
        System.exit(new StoreProgram(System.out, System.err).run(List.of(arguments), System.getenv()));
    }

    int run(List<String> arguments, Map<String, String> environment) {
        try {
            Words words = Words.read(
                    StoreCommand.spec(),
                    Stream.concat(Stream.of("store"), arguments.stream()).toList());
            boolean repair = words.commands().contains("repair");
            if (!repair && !words.commands().contains("check")) {
                throw new IllegalArgumentException("store needs check or repair after it.");
            }
            Path home = Path.of(words.text("--home").orElse(environment.getOrDefault("POSTHOUSE_HOME", "var")));
            List<Path> stores =
                    words.text("--store").map(Path::of).map(List::of).orElseGet(() -> stores(home));
            if (stores.isEmpty()) {
                throw new IllegalArgumentException("There is no message store in " + home + ".");
            }
            return stores.stream().mapToInt(store -> look(store, repair)).max().orElse(GOOD);
        } catch (IllegalArgumentException wrong) {
            err.println("posthouse store: " + wrong.getMessage());
            return USAGE;
        }
    }

    // Each server's home records the folder that was in use last; one that never did uses the default.
    private static List<Path> stores(Path home) {
        var found = new TreeSet<Path>();
        Path engine = home.resolve("engine");
        if (!Files.isDirectory(engine)) {
            return List.of();
        }
        try (var servers = Files.newDirectoryStream(engine, Files::isDirectory)) {
            for (Path server : servers) {
                Path store = server.resolve(Optional.ofNullable(
                                new InUseRecord(server, "folders-in-use").read().get("messageStore"))
                        .orElse("store"));
                if (Files.isDirectory(store)) {
                    found.add(store.toAbsolutePath().normalize());
                }
            }
        } catch (IOException unreadable) {
            throw new IllegalArgumentException(engine + " cannot be listed: " + unreadable.getMessage(), unreadable);
        }
        return new ArrayList<>(found);
    }

    private int look(Path store, boolean repair) {
        var check = new StoreCheck(store, read -> err.println(store + ": " + messages(read) + " read"));
        try {
            List<Finding> found = repair ? check.repair() : check.check();
            found.forEach(
                    each -> out.println((repair ? "Repaired: " : "Damaged: ") + each.where() + ": " + each.reason()));
            check.aside()
                    .ifPresent(copy -> out.println(store
                            + " could not be opened and is now at its last intact state. Mail that arrived after it is missing. All "
                            + "files as they were are in " + copy));
            out.println(store + ": " + messages(check.read()) + " read, " + found.size()
                    + (repair ? " replaced by a text that says so" : " damaged"));
            return found.isEmpty() || repair ? GOOD : DAMAGED;
        } catch (StoreFailure failed) {
            err.println("posthouse store: " + failed.getMessage());
            return FAILED;
        }
    }

    private static String messages(long number) {
        return "%,d message%s".formatted(number, number == 1 ? "" : "s");
    }
}
