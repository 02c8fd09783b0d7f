package org.posthouse.webadmin.cli;

import static org.posthouse.schema.commandline.CommandBuilder.command;

import java.util.List;
import org.posthouse.schema.commandline.CommandBuilder;

/** The declaration of {@code posthouse history}. */
final class HistoryCommands {

    private static final String MOMENT = "A change number, a day (2026-11-28), a time, or now.";

    private HistoryCommands() {}

    static CommandBuilder declared() {
        CommandBuilder all = command("history", "Show, compare, undo, export, and verify changes.");
        filters().forEach((String[] filter) -> all.inherited(filter[0], filter[1], filter[2]));
        all.action(command("list", "List changes, newest first (the default)."))
                .action(command("show", "Show one change.").operand("NUMBER", "The change."))
                .action(command("compare", "Show what differs between two moments.")
                        .operand("FROM", MOMENT)
                        .optional("TO", MOMENT))
                .action(interruptible(command("undo", "Undo one change, as far as it still fits.")
                        .operand("NUMBER", "The change.")))
                .action(interruptible(
                        command("return", "Return an object and what it contains, or everything, to a moment.")
                                .operand("MOMENT", MOMENT)))
                .action(export())
                .action(command("directory", "Show whether the directory is older than its history."))
                .action(applied(
                        command("restore-directory", "Bring an older directory back to what the history says.")))
                .action(command("accept-directory", "Accept an older directory as it is.")
                        .flag("--yes", "Accept it."))
                .action(command("verify", "Check whether the history was altered. Exit code 4 if it was.")
                        .footer("Checks the files in --home; nothing needs to run. With --url, the console checks."));
        return all;
    }

    private static CommandBuilder applied(CommandBuilder action) {
        return action.flag("--plan", "Only show what will happen.").flag("--yes", "Apply it.");
    }

    private static CommandBuilder interruptible(CommandBuilder action) {
        return applied(action).option("--if-interrupted", "WHAT", "After a crash: finish (the default) or roll-back.");
    }

    private static CommandBuilder export() {
        return command("export", "Export changes, or the tree at a moment.")
                .operand("WHAT", "changes (LDIF, oldest first) or state.")
                .optional("MOMENT", "For state: " + MOMENT)
                .flag("--users", "For state: include users.")
                .flag("--ldif", "For state: write LDIF instead of a configuration file.")
                .option("--output", "FILE", "Write to a file.");
    }

    private static List<String[]> filters() {
        return List.of(
                new String[] {"--object", "OBJECT", "Only this object and what it contains."},
                new String[] {"--who", "NAME", "Only changes of this user."},
                new String[] {"--option", "OPTION", "Only changes of this option."},
                new String[] {"--act", "ACT", "made, changed, removed, or password."},
                new String[] {"--by", "WAY", "page, api, cli, setup, join, console, engine, tool, or directory."},
                new String[] {"--from", "TIME", "Not before this time."},
                new String[] {"--to", "TIME", "Not after this time."},
                new String[] {"--text", "TEXT", "Only changes that contain this text."},
                new String[] {"--limit", "N", "How many to show."});
    }
}
