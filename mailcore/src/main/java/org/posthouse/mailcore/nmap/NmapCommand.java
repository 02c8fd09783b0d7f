package org.posthouse.mailcore.nmap;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The commands there are, with what HELP says of each. NetMail "NMAP command list". */
enum NmapCommand {
    AUTH(
            false,
            "AUTH SYSTEM <answer> [<challenge>]",
            "Answers the challenge of the greeting, and may put one to this server."),
    CAPA(false, "CAPA", "Lists what this server can do."),
    CONF(true, "CONF", "Shows queue agents, contexts and figures of the queue."),
    HELP(false, "HELP [<command>]", "Lists the commands, or explains one."),
    NOOP(false, "NOOP", "Does nothing."),
    NVER(true, "NVER", "Shows the version."),
    QABRT(true, "QABRT", "Drops the queue entry that is open."),
    QCREA(true, "QCREA [<queue>]", "Opens a queue entry."),
    QDSPC(true, "QDSPC", "Shows how many octets may still be taken."),
    QRUN(true, "QRUN", "Finishes the queue entry that is open; the mail is on disk when this is answered."),
    QSTOR(
            true,
            "QSTOR FROM|LOCAL|TO|FLAGS|ADDRESS|RAW <words> or QSTOR MESSAGE <octets>",
            "Adds an envelope line, in xtext, or the message, to the queue entry that is open."),
    QUIT(false, "QUIT", "Ends the session."),
    TLS(false, "TLS", "Encrypts the connection from here on.");

    private final boolean guarded;
    private final String usage;
    private final String explanation;

    NmapCommand(boolean guarded, String usage, String explanation) {
        this.guarded = guarded;
        this.usage = usage;
        this.explanation = explanation;
    }

    /** The command of this name, in any case. */
    static Optional<NmapCommand> of(String name) {
        String wanted = name.toUpperCase(Locale.ROOT);
        return Arrays.stream(values())
                .filter(command -> command.name().equals(wanted))
                .findFirst();
    }

    /** Whether one must have answered the challenge before. */
    boolean guarded() {
        return guarded;
    }

    String usage() {
        return usage;
    }

    String explanation() {
        return explanation;
    }
}
