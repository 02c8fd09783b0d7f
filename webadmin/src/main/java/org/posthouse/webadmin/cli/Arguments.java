package org.posthouse.webadmin.cli;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.posthouse.schema.commandline.Words;

/** The command line of one command: its options by name, and its action and operands in order. */
final class Arguments {

    private final Words words;
    private final Map<String, String> environment;

    Arguments(Words words, Map<String, String> environment) {
        this.words = words;
        this.environment = environment;
    }

    /** The value of an option; the last, when it was given several times. */
    Optional<String> text(String option) {
        return words.text(option);
    }

    /** Every value of an option that may be given several times. */
    List<String> texts(String option) {
        return words.texts(option);
    }

    /** A value that cannot be left out. */
    String needed(String option) {
        return text(option).orElseThrow(() -> new Failure(Failure.USAGE, option + " is missing."));
    }

    /** Whether an option was given. */
    boolean has(String option) {
        return words.has(option);
    }

    /** Whether the action is this one. */
    boolean begins(String action) {
        return operands().stream().findFirst().filter(action::equals).isPresent();
    }

    /** The action, where the command has actions, and the operands. */
    List<String> operands() {
        return Stream.concat(words.commands().stream().skip(1), words.operands().stream())
                .toList();
    }

    /** An environment variable that is set and not empty. */
    Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
    }
}
