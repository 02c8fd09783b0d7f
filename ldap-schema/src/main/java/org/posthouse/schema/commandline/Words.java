package org.posthouse.schema.commandline;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.posthouse.schema.suggestion.Near;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * The words of a command line, read as a declaration says.
 *
 * <p>Not thread-safe.
 */
public final class Words {

    private final ParseResult root;

    private Words(ParseResult root) {
        this.root = root;
    }

    /** A command line as all programs of Posthouse read theirs. */
    public static CommandLine commandLine(CommandSpec declared) {
        return new CommandLine(declared)
                .setExpandAtFiles(false)
                .setOverwrittenOptionsAllowed(true)
                .setInterpolateVariables(false)
                .setUsageHelpAutoWidth(true);
    }

    /** Reads words. Throws IllegalArgumentException with what is wrong and a short usage after it. */
    public static Words read(CommandSpec declared, List<String> words) {
        try {
            return new Words(commandLine(declared).parseArgs(words.toArray(String[]::new)));
        } catch (ParameterException wrong) {
            throw new IllegalArgumentException(complaint(wrong), wrong);
        }
    }

    /** The help of the command that was asked about, when it was. */
    public Optional<String> help() {
        for (ParseResult each : chain()) {
            if (each.isUsageHelpRequested()) {
                return Optional.of(usage(each.commandSpec()));
            }
        }
        return Optional.empty();
    }

    /** The whole help of a command. */
    public static String usage(CommandSpec command) {
        return command.commandLine().getUsageMessage().stripTrailing();
    }

    /** The names of the command and its action, outermost first, without the program's. */
    public List<String> commands() {
        return chain().stream().skip(1).map(each -> each.commandSpec().name()).toList();
    }

    /** The innermost command. */
    public CommandSpec command() {
        return chain().getLast().commandSpec();
    }

    /** Every value given to an option. */
    public List<String> texts(String option) {
        var found = new ArrayList<String>();
        for (ParseResult each : chain()) {
            OptionSpec matched = each.matchedOption(option);
            if (matched != null && found.isEmpty()) {
                found.addAll(matched.originalStringValues());
            }
        }
        return found;
    }

    /** The value given to an option; the last, when there are several. */
    public Optional<String> text(String option) {
        List<String> all = texts(option);
        return all.isEmpty() ? Optional.empty() : Optional.of(all.getLast());
    }

    /** Whether an option was given. */
    public boolean has(String option) {
        return chain().stream().anyMatch(each -> each.hasMatchedOption(option));
    }

    /** The operands of the innermost command, in order. */
    public List<String> operands() {
        return command().positionalParameters().stream()
                .flatMap(operand -> operand.originalStringValues().stream())
                .toList();
    }

    private List<ParseResult> chain() {
        var chain = new ArrayList<ParseResult>();
        ParseResult each = root;
        chain.add(each);
        while (each.hasSubcommand()) {
            each = each.subcommand();
            chain.add(each);
        }
        return chain;
    }

    /** What is wrong first, then what may have been meant, then the usage in one or two lines. */
    static String complaint(ParameterException wrong) {
        var text = new StringBuilder(reason(wrong));
        CommandLine command = wrong.getCommandLine();
        String synopsis = command.getHelp().synopsis(0).strip();
        text.append("\nUsage: ").append(synopsis);
        text.append("\nFor more, run: ").append(helpOf(command.getCommandSpec()));
        return text.toString();
    }

    private static String helpOf(CommandSpec command) {
        String[] names = command.qualifiedName(" ").split(" ", 2);
        return names[0] + " help" + (names.length > 1 ? " " + names[1] : "");
    }

    private static String reason(ParameterException wrong) {
        if (wrong instanceof MissingParameterException missing) {
            return missing(missing);
        }
        if (wrong instanceof UnmatchedArgumentException unmatched
                && !unmatched.getUnmatched().isEmpty()) {
            return unknown(unmatched);
        }
        return String.valueOf(wrong.getMessage());
    }

    private static String missing(MissingParameterException missing) {
        List<ArgSpec> all = missing.getMissing();
        if (all.isEmpty()) {
            return String.valueOf(missing.getMessage());
        }
        ArgSpec first = all.getFirst();
        return first instanceof OptionSpec option
                ? option.longestName() + " needs a value after it."
                : first.paramLabel() + " is missing.";
    }

    private static String unknown(UnmatchedArgumentException unmatched) {
        String word = unmatched.getUnmatched().getFirst();
        CommandSpec command = unmatched.getCommandLine().getCommandSpec();
        boolean option = word.startsWith("-") && word.length() > 1;
        if (!option && command.subcommands().isEmpty()) {
            return "\"" + word + "\" is one argument too many.";
        }
        String name = word.split("=", 2)[0];
        String what = "\"" + name + "\" is not " + (option ? "an option of " : "a command of ")
                + command.qualifiedName(" ") + ".";
        return Near.to(
                        name,
                        option
                                ? command.optionsMap().keySet()
                                : command.subcommands().keySet())
                .map(near -> what + " Did you mean \"" + near + "\"?")
                .orElse(what);
    }
}
