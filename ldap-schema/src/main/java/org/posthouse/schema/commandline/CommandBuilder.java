package org.posthouse.schema.commandline;

import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ScopeType;

/**
 * Declares one command: its options, operands, and actions. Declared in code rather than by annotations, because the
 * command line starts a JVM each time and reflection would be a good part of that start.
 *
 * <p>Not thread-safe.
 */
public final class CommandBuilder {

    private final CommandSpec command = CommandSpec.create();
    private int operands;

    private CommandBuilder(String name, String... description) {
        command.name(name);
        command.usageMessage()
                .description(description)
                .abbreviateSynopsis(false)
                .sortOptions(false)
                .sortSynopsis(false)
                .autoWidth(true)
                .commandListHeading("%nCommands:%n")
                .optionListHeading("%nOptions:%n")
                .parameterListHeading("%n")
                .footerHeading("%n");
        command.addOption(OptionSpec.builder("-h", "--help")
                .usageHelp(true)
                .arity("0")
                .description("Show this help.")
                .build());
    }

    /** Begins a command with its one-line description, which more lines can follow. */
    public static CommandBuilder command(String name, String... description) {
        return new CommandBuilder(name, description);
    }

    /** An option without a value. */
    public CommandBuilder flag(String name, String description) {
        command.addOption(
                OptionSpec.builder(name).arity("0").description(description).build());
        return this;
    }

    /** An option with one value; given more than once, the last one counts. */
    public CommandBuilder option(String name, String label, String description) {
        command.addOption(valued(name, label, description).build());
        return this;
    }

    /** An option with one value that can be given more than once. */
    public CommandBuilder options(String name, String label, String description) {
        command.addOption(valued(name, label, description)
                .type(List.class)
                .auxiliaryTypes(String.class)
                .build());
        return this;
    }

    /** An option that the actions of this command take as well. A label makes it one with a value. */
    public CommandBuilder inherited(String name, String label, String description) {
        OptionSpec.Builder option = label.isEmpty()
                ? OptionSpec.builder(name).arity("0").description(description)
                : valued(name, label, description);
        command.addOption(option.scopeType(ScopeType.INHERIT).build());
        return this;
    }

    private static OptionSpec.Builder valued(String name, String label, String description) {
        return OptionSpec.builder(name)
                .arity("1")
                .type(String.class)
                .paramLabel(label)
                .description(description);
    }

    /** An operand that cannot be left out. */
    public CommandBuilder operand(String label, String description) {
        return positional(label, description, "1", false);
    }

    /** An operand that can be left out. */
    public CommandBuilder optional(String label, String description) {
        return positional(label, description, "0..1", false);
    }

    /** The last operand, as often as wanted but at least {@code least} times. */
    public CommandBuilder repeated(String label, String description, int least) {
        return positional(label, description, least + "..*", true);
    }

    private CommandBuilder positional(String label, String description, String arity, boolean many) {
        PositionalParamSpec.Builder operand = PositionalParamSpec.builder()
                .index(many ? operands + "..*" : Integer.toString(operands))
                .arity(arity)
                .required(!arity.startsWith("0"))
                .paramLabel(label)
                .description(description);
        command.addPositional(
                many
                        ? operand.type(List.class).auxiliaryTypes(String.class).build()
                        : operand.type(String.class).build());
        operands++;
        return this;
    }

    /** Lines after the options: examples and what else to know. */
    public CommandBuilder footer(String... lines) {
        command.usageMessage().footer(lines);
        return this;
    }

    /** Leaves the command out of lists; it still runs. */
    public CommandBuilder hidden() {
        command.usageMessage().hidden(true);
        return this;
    }

    /** Adds an action, such as {@code show} of {@code certificate show}. */
    public CommandBuilder action(CommandBuilder action) {
        command.addSubcommand(action.command.name(), action.command);
        return this;
    }

    /** The declaration. */
    public CommandSpec build() {
        return command;
    }
}
