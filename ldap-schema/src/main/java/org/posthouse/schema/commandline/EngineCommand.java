package org.posthouse.schema.commandline;

import picocli.CommandLine.Model.CommandSpec;

/** {@code posthouse ims}: declared here, because the engine reads it and the console's command line explains it. */
public final class EngineCommand {

    private EngineCommand() {}

    /** The declaration. */
    public static CommandBuilder declared() {
        return CommandBuilder.command("ims", "Start the mail engine of this host without a console.")
                .option("--home", "DIR", "Where the engine keeps its state (POSTHOUSE_HOME, or ./var).")
                .option(
                        "--directory",
                        "URL",
                        "The LDAP server, such as ldaps://HOST/ROOT; by default, the one in HOME/directory.properties.")
                .option("--directory-bind-dn", "DN", "The account to bind as.")
                .option("--directory-password-file", "FILE", "The file that contains the password of that account.")
                .option(
                        "--directory-ca",
                        "FILE",
                        "Also trust the certificate authorities in this PEM file for TLS with the directory.")
                .flag("--directory-starttls", "Use StartTLS: change an ldap:// connection to TLS first.")
                .option(
                        "--join",
                        "ADDRESS",
                        "Join with the one-time address from \"Let a host join\" in the console. Needed once.")
                .option("--bind", "ADDRESS", "Where agents listen that have no address of their own (127.0.0.1).")
                .option("--port-offset", "N", "Added to every mail port (0).")
                .option("--relay-port", "N", "The port of other mail hosts, for test environments (25).")
                .option("--dns-port", "N", "The port of the resolvers, for test environments (53).")
                .option("--policy-port", "N", "The port of MTA-STS policies, for test environments (443).")
                .option("--status-port", "N", "The port of the status board (a free one).")
                .option(
                        "--status-address",
                        "ADDRESS",
                        "Where consoles on other hosts read the status board, over TLS (the address from which this "
                                + "host joined, or 127.0.0.1).")
                .option("--host-name", "NAME", "The Host Server object of this host (the name of this machine).")
                .flag(
                        "--take-over",
                        "Serve this host although another engine already does; that engine then stops serving.");
    }

    /** The declaration, for the program that runs it. */
    public static CommandSpec spec() {
        return CommandBuilder.command("posthouse").action(declared()).build();
    }
}
