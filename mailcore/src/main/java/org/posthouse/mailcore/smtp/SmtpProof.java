package org.posthouse.mailcore.smtp;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.posthouse.mailcore.settings.Snapshot;
import org.posthouse.mailcore.wire.Proof;
import org.posthouse.schema.panel.SmtpIdentification;
import org.posthouse.schema.status.Evidence;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.value.DomainName;

/**
 * The lines by which an SMTP Agent shows that an option is in force, each from a real session to its own port.
 *
 * @param plain its plain port
 * @param ssl its TLS port; empty while that is closed
 * @param submission its submission port; empty while that is closed
 * @param inForce the settings in force
 */
record SmtpProof(
        InetSocketAddress plain,
        Optional<InetSocketAddress> ssl,
        Optional<InetSocketAddress> submission,
        Supplier<Snapshot> inForce) {

    private static final String EHLO = "EHLO localhost";
    private static final String SENDER = "MAIL FROM:<>";
    private static final String NOBODY = "no-such-user-proof";

    /** The line; empty when none depends on the option. Throws WireException when a port does not answer. */
    Optional<String> of(Evidence evidence, String option) {
        return switch (evidence) {
            case GREETING -> Optional.of(Proof.greeting(plain));
            case PLAIN_PORT -> Optional.of(Proof.at(plain));
            case SSL_PORT, TLS -> Optional.of(ssl.map(Proof::tls).orElse("The SSL port is closed."));
            case SUBMISSION_PORT -> Optional.of(submission.map(Proof::at).orElse("The submission port is closed."));
            case SIGN_IN -> Optional.of(offer("AUTH"));
            case SIZE -> Optional.of(offer("SIZE"));
            case ETRN -> Optional.of(offer("ETRN"));
            case VRFY -> Optional.of(exchange("VRFY postmaster"));
            case EXPN -> Optional.of(exchange("EXPN postmaster"));
            case POSTMASTER ->
                Optional.of(exchange("VRFY postmaster") + " · " + exchange(SENDER, "RCPT TO:<postmaster>"));
            case UNKNOWN_USER ->
                Optional.of(exchange(
                        SENDER, "RCPT TO:<" + NOBODY + "@" + inForce.get().officialDomain() + ">"));
            case DOMAIN -> domain(option).map(name -> exchange(SENDER, "RCPT TO:<postmaster@" + name + ">"));
            case NONE, SETTINGS -> Optional.empty();
        };
    }

    private Optional<String> domain(String option) {
        SmtpIdentification page = inForce.get().page(Kind.SMTP_AGENT, SmtpIdentification.class);
        List<DomainName> domains = option.equals("globalDomains") ? page.globalDomains() : page.hostingDomains();
        return domains.isEmpty()
                ? Optional.empty()
                : Optional.of(domains.getLast().ascii());
    }

    // What EHLO says of one extension (RFC 5321 4.1.1.1).
    private String offer(String keyword) {
        return ask(EHLO).stream()
                .filter(line -> line.substring(4).startsWith(keyword))
                .findFirst()
                .map(line -> "EHLO  " + line)
                .orElse("EHLO  " + keyword + " is not offered");
    }

    private String exchange(String... commands) {
        String[] all = new String[commands.length + 1];
        all[0] = EHLO;
        System.arraycopy(commands, 0, all, 1, commands.length);
        return commands[commands.length - 1] + "  " + ask(all).getLast();
    }

    private List<String> ask(String... commands) {
        return Proof.answer(plain, List.of(commands), line -> !line.startsWith("-", 3));
    }
}
