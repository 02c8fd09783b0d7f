package org.posthouse.schema.panel;

import static org.posthouse.schema.option.Effect.LIVE;
import static org.posthouse.schema.option.Effect.REBIND;

import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import org.posthouse.schema.option.Concerns;
import org.posthouse.schema.option.Option;
import org.posthouse.schema.option.Panel;
import org.posthouse.schema.option.Section;
import org.posthouse.schema.option.Trial;

/** NetMail's Options page of an SMTP Agent. */
@Panel(name = "smtp-options", title = "Options", intro = "Ports, commands, and limits of the SMTP Agent.")
public record SmtpOptions(
        @Section(name = "ports", title = "Ports")
        @Option(
                id = 70,
                attribute = "posthouseSmtpPort",
                label = "Port",
                fallback = "25",
                effect = REBIND,
                trial = Trial.PORT,
                help = "The port on which the agent listens, usually 25. The engine's port offset is added.")
        @Min(1)
        @Max(65535)
        int port,

        @Option(
                id = 71,
                attribute = "posthouseSmtpSslPort",
                label = "SSL Port",
                fallback = "465",
                effect = REBIND,
                trial = Trial.PORT,
                help = "The port for connections that start with TLS, usually 465. It is closed while SSL and "
                        + "TLS of the server is off.")
        @Min(1)
        @Max(65535)
        int sslPort,

        @Option(
                id = 79,
                attribute = "posthouseSmtpSubmissionPort",
                label = "Submission Port",
                fallback = "0",
                initial = "587",
                effect = REBIND,
                trial = Trial.PORT,
                help = "The port on which mail programs submit mail (RFC 6409), with STARTTLS and "
                        + "authentication. Usually 587; 0 closes the port.")
        @Min(0)
        @Max(65535)
        int submissionPort,

        @Section(name = "commands", title = "Commands")
        @Option(
                id = 72,
                attribute = "posthouseAllowVrfy",
                label = "Allow VRFY Command",
                fallback = "FALSE",
                effect = LIVE,
                help = "Answers the VRFY command, by which a client checks whether an address has a mailbox. "
                        + "Spammers use it to collect addresses.")
        boolean allowVrfy,

        @Option(
                id = 73,
                attribute = "posthouseAllowExpn",
                label = "Allow EXPN Command",
                fallback = "FALSE",
                effect = LIVE,
                help = "Answers the EXPN command, which lists the members of a group. Spammers use it to collect "
                        + "addresses.")
        boolean allowExpn,

        @Option(
                id = 74,
                attribute = "posthouseVerifyAddress",
                label = "Verify Addresses on Receipt",
                fallback = "FALSE",
                initial = "TRUE",
                effect = LIVE,
                help = "Rejects mail to unknown users while the sender is still connected. If this is off, the "
                        + "agent accepts all mail and returns it later to a sender address that might be forged.")
        boolean verifyAddresses,

        @Section(name = "etrn", title = "ETRN")
        @Option(
                id = 75,
                attribute = "posthouseSendEtrn",
                label = "Send ETRN",
                fallback = "FALSE",
                effect = LIVE,
                help = "When mail is sent to another host, requests the mail that waits there for this system.")
        boolean sendEtrn,

        @Option(
                id = 76,
                attribute = "posthouseAcceptEtrn",
                label = "Accept ETRN",
                fallback = "TRUE",
                effect = LIVE,
                help = "Lets other hosts request the mail that waits here for their domains.")
        boolean acceptEtrn,

        @Section(name = "outbound", title = "Outgoing mail and limits")
        @Option(
                id = 77,
                attribute = "posthouseRelayHost",
                label = "Mail Relay Host",
                effect = LIVE,
                help = "Sends all mail for other hosts through this host: a host name or [IP address], with "
                        + ":port if the port is not 25, such as relay.example.com:587. If empty, mail goes to the "
                        + "mail servers of each domain.")
        @Pattern(
                regexp = "|(\\[[0-9A-Fa-f:.]+\\]|[A-Za-z0-9._-]{1,253})(:[0-9]{1,5})?",
                message = "is neither a host name nor an [address]")
        String relayHost,

        @Option(
                id = 78,
                attribute = "posthouseMessageLimit",
                label = "Maximum Message Size",
                fallback = "0",
                unit = "MB",
                effect = LIVE,
                help = "Rejects larger messages, if possible by the size that the sender announces. 0: no limit.")
        @Min(0)
        @Max(2000)
        int maximumMessageSize) {

    /** Whether mail programs have a port of their own. */
    public boolean hasSubmission() {
        return submissionPort != 0;
    }

    /** Whether each port is its own. */
    @AssertTrue(message = "Port and SSL Port must differ.")
    @Concerns({"port", "sslPort"})
    public boolean isEachPortItsOwn() {
        return port != sslPort;
    }

    /** Whether mail programs have a port that nothing else uses. */
    @AssertTrue(message = "The Submission Port must differ from Port and SSL Port.")
    @Concerns({"submissionPort", "port", "sslPort"})
    public boolean isSubmissionPortItsOwn() {
        return submissionPort != port && submissionPort != sslPort;
    }
}
