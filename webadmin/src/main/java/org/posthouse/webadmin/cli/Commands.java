package org.posthouse.webadmin.cli;

import static org.posthouse.schema.commandline.CommandBuilder.command;

import java.util.List;
import org.posthouse.schema.commandline.CommandBuilder;
import org.posthouse.schema.commandline.EngineCommand;
import org.posthouse.schema.commandline.StoreCommand;
import org.posthouse.webadmin.boot.RunCommand;
import picocli.CommandLine.Model.CommandSpec;

/** Every command of {@code posthouse}. Help, completion, and parsing come from here. */
final class Commands {

    private static final String OBJECT =
            "A distinguished name, or a path such as \"Internet Services/mail1/SMTP Agent\".";
    private static final String GRACE = "How long sessions can finish.";

    private Commands() {}

    /** The declaration of all of them, made anew for each command line. */
    static CommandSpec all() {
        CommandBuilder top = command("posthouse", "Posthouse: a mail system and its console.");
        started().forEach(top::action);
        List.of(signIn(), signOut(), status(), SetUpCommand.declared()).forEach(each -> top.action(connected(each)));
        objects().forEach(each -> top.action(connected(each)));
        List.of(export(), apply(), HistoryCommands.declared()).forEach(each -> top.action(connected(each)));
        servers().forEach(each -> top.action(connected(each)));
        top.action(command("completion", "Print the completion script for a shell.")
                .operand("SHELL", "bash or zsh.")
                .footer("Example: source <(posthouse completion bash)"));
        top.action(command("version", "Show the version; also --version."));
        top.action(command("help", "Show help for a command.").repeated("COMMAND", "The command to explain.", 0));
        return top.flag("--version", "Show the version.")
                .footer(
                        "For the options of a command, run: posthouse help COMMAND",
                        "",
                        "Environment variables (options take precedence):",
                        "  POSTHOUSE_HOME            like --home",
                        "  POSTHOUSE_URL             like --url",
                        "  POSTHOUSE_USER            like --user",
                        "  POSTHOUSE_PASSWORD_FILE   like --password-file",
                        "  POSTHOUSE_TOKEN           a token of the REST API",
                        "",
                        "Exit codes: 0 done, 1 refused, 2 usage error, 3 console unavailable, 4 conflict, 5 not signed in")
                .build();
    }

    // What the launcher starts itself; declared here so that there is one help.
    private static List<CommandBuilder> started() {
        return List.of(
                RunCommand.declared(),
                EngineCommand.declared(),
                StoreCommand.declared(),
                command("stop", "Stop what runs in a home.")
                        .option("--home", "DIR", "The home (POSTHOUSE_HOME, or ./var).")
                        .footer("Exit code 0 also means that nothing was running."),
                command("test", "Install what the tests need, and run every test.")
                        .flag(
                                "--long",
                                "Also attack and load the product for a long time; takes hours on a quiet machine.")
                        .repeated("MAVEN-OPTION", "Passed to Maven.", 0));
    }

    private static CommandBuilder connected(CommandBuilder command) {
        return command.inherited("--user", "NAME", "Sign in as this user.")
                .inherited("--password-file", "FILE", "The file that contains the password; without it, you are asked.")
                .inherited("--token-file", "FILE", "The file that contains a token of the REST API.")
                .inherited("--home", "DIR", "Use the console that runs in this home.")
                .inherited("--url", "URL", "Use the console at this address.")
                .inherited("--json", "", "Print what the REST API answers.");
    }

    private static CommandBuilder signIn() {
        return command("sign-in", "Sign in once for the commands that follow.")
                .footer("The token is saved in ~/.config/posthouse, readable only by you, until it expires (8 hours).");
    }

    private static CommandBuilder signOut() {
        return command("sign-out", "End the saved sign-in.");
    }

    private static CommandBuilder status() {
        return command("status", "Show the desired and the actual state of servers and agents.")
                .flag("--lagging", "Show only what needs attention. Exit code 1 if there is any.");
    }

    private static List<CommandBuilder> objects() {
        return List.of(
                command("get", "Show an object, or some of its options.")
                        .optional("OBJECT", OBJECT)
                        .repeated("OPTION", "Show only these options.", 0)
                        .flag("--children", "List the objects in it."),
                set(),
                create(),
                command("delete", "Delete an object and everything in it.")
                        .operand("OBJECT", OBJECT)
                        .flag("--yes", "Needed, because a deletion is not asked about.")
                        .flag("--plan", "Only show what will happen.")
                        .option("--successor", "USER", "The new postmaster, when the user is a postmaster."),
                commands(),
                command("confirm", "Keep a change that can lock administrators out, or undo it.")
                        .optional("ID", "The change; without it, list those that wait.")
                        .flag("--back", "Undo the change."));
    }

    private static CommandBuilder set() {
        return command("set", "Change options of an object.")
                .operand("OBJECT", OBJECT)
                .repeated(
                        "OPTION=VALUE", "The new value; empty for the default. Lists: OPTION+=VALUE, OPTION-=VALUE.", 0)
                .flag("--plan", "Only show what will happen. Exit code 2 if it cannot be applied.")
                .options("--secret", "OPTION=FILE", "Read the value of a secret option from a file.")
                .option("--new-password-file", "FILE", "Set the password of a user from a file.")
                .flag("--now", "With enabled=true or enabled=false: start, or drain and stop, immediately.")
                .option("--grace", "SECONDS", GRACE);
    }

    private static CommandBuilder create() {
        return command("create", "Create an object.")
                .operand("KIND", "Such as user, messaging-server, or smtp-agent.")
                .optional("NAME", "The name; agents have a fixed one.")
                .repeated("OPTION=VALUE", "Options of the new object.", 0)
                .option("--in", "CONTAINER", "The container to create it in.")
                .options("--agents", "AGENT,...", "Agents of a new messaging server: nmap, smtp, pop, imap.")
                .options("--mail", "ADDRESS", "Mail addresses of a new user.")
                .options("--secret", "OPTION=FILE", "Read the value of a secret option from a file.")
                .option("--new-password-file", "FILE", "The password of a new user.")
                .flag("--hand-over-mailbox", "Give an existing mailbox of this name to the new user.")
                .flag("--plan", "Only show what will happen. Exit code 2 if it cannot be applied.");
    }

    private static CommandBuilder commands() {
        CommandBuilder all = command("command", "Start, stop, restart, or drain a server or an agent.");
        for (String act : List.of("start", "stop", "restart", "drain")) {
            all.action(command(
                            act,
                            act.substring(0, 1).toUpperCase(java.util.Locale.ROOT)
                                    + act.substring(1)
                                    + (act.equals("drain")
                                            ? ": take no new sessions, then stop."
                                            : " a server or an agent."))
                    .operand("OBJECT", "SERVER or SERVER/AGENT.")
                    .option("--grace", "SECONDS", GRACE)
                    .flag("--yes", "Do not ask."));
        }
        return all;
    }

    private static CommandBuilder export() {
        return command("export", "Export the configuration as a YAML file.")
                .optional("OBJECT", "Export only this object and what it contains.")
                .flag("--users", "Include users.")
                .flag("--comments", "Explain each option.")
                .option("--output", "FILE", "Write to a file.");
    }

    private static CommandBuilder apply() {
        return command("apply", "Apply a configuration file.")
                .operand("FILE", "The file; - is the standard input.")
                .flag("--plan", "Only show what will change.")
                .flag("--prune", "Delete what the lists of the file do not name.")
                .option("--if-interrupted", "WHAT", "After a crash: finish (the default) or roll-back.");
    }

    private static List<CommandBuilder> servers() {
        return List.of(
                Certificates.declared(),
                command("license", "Show, install, or remove the license of a server.")
                        .action(command("show", "Show what a server can run.").operand("SERVER", "The server."))
                        .action(command("install", "Install a license file.")
                                .operand("SERVER", "The server.")
                                .operand("FILE", "The license file."))
                        .action(command("remove", "Remove the license.").operand("SERVER", "The server.")),
                command("host", "Show a host, or invite one to join.")
                        .action(command("show", "Show the engine, machine, clock, and disks of a host.")
                                .operand("HOST", "The Host Server object."))
                        .action(command("invite", "Print the command with which a host joins.")
                                .operand("HOST-OR-CONTAINER", "A Host Server, or where to create one.")),
                command("stat", "Show the statistics of a server (NetMail: MailCon and MAIL STAT).")
                        .operand("SERVER", "The server.")
                        .flag("--reset", "Print them, then count from zero."),
                command("rmbox", "Remove mailboxes or hand them over, as a Server Manager.")
                        .operand("SERVER", "The server.")
                        .repeated("MAILBOX", "Mailboxes to remove.", 0)
                        .flag("--list", "Only list the mailboxes of former users.")
                        .option("--hand-over-to", "USER", "Move the mail to a folder of this user's mailbox.")
                        .flag("--dry-run", "Only show what they contain.")
                        .flag("--yes", "Do not ask."),
                command("imspmfix", "Repair a server whose postmaster was deleted.")
                        .optional("SERVER", "The server; without it, list the servers that need repair.")
                        .optional("POSTMASTER", "The new postmaster."),
                command("nimsext", "Restore Internet Services after it was deleted. No sign-in needed.")
                        .option("--administrator", "USER", "The user to make an administrator."));
    }
}
