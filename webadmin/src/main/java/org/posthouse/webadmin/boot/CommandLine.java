package org.posthouse.webadmin.boot;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The words after {@code posthouse run}, taken flag by flag: {@code --flag value} or {@code --flag=value}. */
final class CommandLine {
    private final List<String> words;

    CommandLine(List<String> words) {
        this.words = new ArrayList<>(words);
    }

    Optional<String> text(String flag) {
        Optional<String> found = Optional.empty();
        for (int at = 0; at < words.size(); ) {
            if (words.get(at).startsWith(flag + "=")) {
                found = Optional.of(words.remove(at).substring(flag.length() + 1));
            } else if (words.get(at).equals(flag)) {
                words.remove(at);
                found = Optional.of(valueAfter(flag, at));
            } else {
                at++;
            }
        }
        return found;
    }

    int number(String flag, int fallback, int least, int most) {
        return text(flag).map(text -> inRange(flag, text, least, most)).orElse(fallback);
    }

    /** A word that no flag took. */
    Optional<String> leftOver() {
        return words.stream().findFirst();
    }

    private String valueAfter(String flag, int at) {
        if (at >= words.size() || words.get(at).startsWith("--")) {
            throw new Refusal(flag + " needs a value after it.");
        }
        return words.remove(at);
    }

    private static int inRange(String flag, String text, int least, int most) {
        try {
            int number = Integer.parseInt(text);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException notANumber) {
            // Same answer as a number out of range.
        }
        throw new Refusal("%s wants a number from %d to %d, not \"%s\".".formatted(flag, least, most, text));
    }
}
