package org.posthouse.schema.commandline;

import picocli.CommandLine.Model.CommandSpec;

/** {@code posthouse store}: declared here, because the engine's program reads it and the console's command line explains it. */
public final class StoreCommand {

    private static final String STORE = "Only the message store in this folder.";
    private static final String HOME = "The home whose message stores are meant (POSTHOUSE_HOME, or ./var).";

    private StoreCommand() {}

    /** The declaration. */
    public static CommandBuilder declared() {
        return CommandBuilder.command("store", "Check or repair message stores and their queues.")
                .action(CommandBuilder.command("check", "Read every message and list those that are damaged.")
                        .option("--home", "DIR", HOME)
                        .option("--store", "DIR", STORE)
                        .footer(
                                "The engine may run meanwhile.",
                                "Exit codes: 0 no damage, 1 damaged messages, 2 usage error, 3 a store cannot be read"))
                .action(CommandBuilder.command("repair", "Repair what cannot be read.")
                        .option("--home", "DIR", HOME)
                        .option("--store", "DIR", STORE)
                        .footer(
                                "Stop the engine first. A damaged message is replaced by a text that says so.",
                                "A store that cannot be opened is copied first, and then opened at its last intact state.",
                                "Exit codes: 0 done, 2 usage error, 3 a store cannot be repaired"));
    }

    /** The declaration, for the program that runs it. */
    public static CommandSpec spec() {
        return CommandBuilder.command("posthouse").action(declared()).build();
    }
}
