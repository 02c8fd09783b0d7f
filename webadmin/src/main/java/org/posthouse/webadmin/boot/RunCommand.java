package org.posthouse.webadmin.boot;

import org.posthouse.schema.commandline.CommandBuilder;

/** The options of {@code posthouse run}. */
public final class RunCommand {

    private RunCommand() {}

    /** The declaration, which the program reads and the help prints. */
    public static CommandBuilder declared() {
        return CommandBuilder.command("run", "Start the console, the mail engine, and the directory of this host.")
                .option("--home", "DIR", "Where all state is kept (POSTHOUSE_HOME, or ./var).")
                .option("--http-port", "N", "The HTTP port of the console (8089).")
                .option("--https-port", "N", "The HTTPS port of the console (8449).")
                .option("--bind", "ADDRESS", "The address to listen on (127.0.0.1).")
                .option("--port-offset", "N", "Added to every mail port: with 2500, SMTP is on 2525 (0).")
                .option("--host-name", "NAME", "The Host Server object of this host (the name of this machine).")
                .flag(
                        "--take-over",
                        "Serve this host although another engine already does; that engine then stops serving.")
                .option("--ldaps-port", "N", "Open the embedded directory to engines on other hosts, over TLS.")
                .option(
                        "--directory",
                        "URL",
                        "Use this LDAP server, such as ldaps://HOST:636/ROOT, not the embedded one.")
                .option("--directory-bind-dn", "DN", "The account to use in that directory.")
                .option("--directory-password-file", "FILE", "The file that contains the password of that account.")
                .option(
                        "--directory-ca",
                        "FILE",
                        "Also trust the certificate authorities in this PEM file for TLS with the directory.")
                .flag("--directory-starttls", "Use StartTLS: change an ldap:// connection to TLS first.")
                .option(
                        "--confirm-seconds",
                        "N",
                        "How long a change that can lock you out waits for confirmation (60).")
                .option("--relay-port", "N", "The port of other mail hosts, for test environments (25).")
                .option("--dns-port", "N", "The port of the resolvers, for test environments (53).")
                .footer("Press Ctrl+C, or run posthouse stop, to stop everything.");
    }
}
