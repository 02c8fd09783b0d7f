package org.posthouse.webadmin.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The words of a command line: flags are taken out by name, what is left are its operands. */
final class Arguments {

    private final List<String> words;

    Arguments(List<String> words) {
        this.words = new ArrayList<>(words);
    }

    /** The value of {@code --flag value} or {@code --flag=value}. */
    Optional<String> text(String flag) {
        List<String> all = texts(flag);
        return all.isEmpty() ? Optional.empty() : Optional.of(all.getLast());
    }

    /** Every value of a flag that may be given several times. */
    List<String> texts(String flag) {
        var found = new ArrayList<String>();
        for (int at = 0; at < words.size(); ) {
            if (words.get(at).startsWith(flag + "=")) {
                found.add(words.remove(at).substring(flag.length() + 1));
            } else if (words.get(at).equals(flag)) {
                words.remove(at);
                if (at >= words.size() || words.get(at).startsWith("--")) {
                    throw new Failure(Failure.USAGE, flag + " needs a value after it");
                }
                found.add(words.remove(at));
            } else {
                at++;
            }
        }
        return found;
    }

    /** A value that cannot be left out. */
    String needed(String flag) {
        return text(flag).orElseThrow(() -> new Failure(Failure.USAGE, flag + " is needed"));
    }

    /** Whether the first word is this one. */
    boolean begins(String word) {
        return !words.isEmpty() && words.getFirst().equals(word);
    }

    /** Whether a flag with a value stands there; it stays. */
    boolean names(String flag) {
        return words.stream().anyMatch(word -> word.equals(flag) || word.startsWith(flag + "="));
    }

    boolean has(String flag) {
        return words.removeIf(flag::equals);
    }

    /** What no flag took. Throws Failure when an unknown flag is among it. */
    List<String> operands() {
        words.stream().filter(word -> word.startsWith("--")).findFirst().ifPresent(unknown -> {
            throw new Failure(Failure.USAGE, unknown + " is not known here");
        });
        return List.copyOf(words);
    }
}
