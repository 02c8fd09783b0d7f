package org.posthouse.webadmin.cli;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.posthouse.webadmin.history.Verdict;

/**
 * {@code posthouse history verify}: goes over the files of a home itself, so that nothing has to run and nobody has to
 * sign in. With {@code --url} the console there does it.
 */
final class Verify {

    private final Print print;

    Verify(Print print) {
        this.print = print;
    }

    /** Whether a command line asks for it, of files that lie here. */
    static boolean isMeant(Arguments arguments) {
        return arguments.begins("verify") && !arguments.has("--url");
    }

    /** Of the home named; who asks need not be said. */
    void run(Arguments arguments) {
        Path home = SignedIn.home(arguments);
        try {
            say(Verdict.of(home).json());
        } catch (NoSuchFileException none) {
            throw new Failure(
                    Failure.USAGE, "There is no history in " + home + "; say --home DIR, or --url of its console");
        } catch (IOException unreadable) {
            throw new Failure(Failure.REFUSED, "The history in " + home + " cannot be read: " + unreadable);
        }
    }

    /** Says what was found; throws Failure with every fault when it is not whole. */
    void say(JsonObject verdict) {
        if (print.isJson()) {
            print.raw(verdict);
        }
        if (verdict.getBoolean("whole")) {
            print.line("The history is as it was written: " + verdict.getJsonNumber("lines") + " lines up to entry "
                    + verdict.getJsonNumber("last") + ", SHA-256 " + verdict.getString("hash"));
            return;
        }
        List<JsonObject> faults = verdict.getJsonArray("faults").getValuesAs(JsonObject.class);
        long first = faults.stream()
                .map(fault -> fault.getJsonNumber("from").longValue())
                .min(Comparator.naturalOrder())
                .orElse(0L);
        throw new Failure(
                Failure.CONFLICT,
                "The history is not as it was written. The first entry concerned is " + first + ":\n"
                        + faults.stream()
                                .map(fault -> "  " + fault.getString("text"))
                                .collect(Collectors.joining("\n")));
    }
}
