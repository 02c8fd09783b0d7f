package org.posthouse.mailcore.smtp;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.posthouse.mailcore.agent.AgentContext;
import org.posthouse.mailcore.agent.AgentRefused;
import org.posthouse.mailcore.agent.ListeningAgent;
import org.posthouse.mailcore.agent.ListeningPart;
import org.posthouse.mailcore.agent.Surroundings;
import org.posthouse.mailcore.wire.Limits;
import org.posthouse.mailcore.wire.WireException;
import org.posthouse.schema.tree.Kind;

/**
 * NetMail's SMTP Agent ({@code smtpd}): takes mail from the Internet for the domains of the messaging system, and from its
 * users for everyone.
 *
 * <p>Obeys: the pages SMTP Identification, Options, and Security; of its server Official Domain, SSL and TLS, address, resolvers. Ports are
 * rebound while running; all else holds for sessions that open later. Logs: ports opened and closed, failed logins,
 * own faults. RFCs: see {@link SmtpSession} and {@link MailTaker}.
 */
public final class SmtpAgent implements ListeningAgent {

    // RFC 5321 4.5.3.2.7: at least 5 minutes for a command.
    private static final Duration COMMAND = Duration.ofMinutes(5);
    private static final Duration SESSION = Duration.ofHours(2);
    private static final Limits LIMITS = new Limits(
                    20_000, 2_000, COMMAND, SESSION, "421 4.7.0 Too many connections, please try again later")
            .with(new Limits.Strangers(5_000, 1_000, COMMAND));
    private static final String SUBMISSION = "submission";
    private static final Duration EACH_GUESS = Duration.ofSeconds(1);

    private final Surroundings surroundings;
    private final SmtpServer server;
    private final ListeningPart ports;

    /** Made by the engine, which starts it; the desk takes what it receives. */
    public SmtpAgent(Surroundings surroundings, Desk desk) {
        this.surroundings = surroundings;
        this.server = new SmtpServer(surroundings, desk, EACH_GUESS);
        this.ports =
                new ListeningPart(kind(), surroundings.listening(), surroundings.tls(), LIMITS, (port, connection) -> {
                    if (port.protocol().equals(SUBMISSION)) {
                        server.serveSubmission(connection);
                    } else {
                        server.serve(connection);
                    }
                });
    }

    /** One for the engine, at rest. */
    public static SmtpAgent of(AgentContext context) {
        AgentContext.Mail mail = context.mail().get();
        var desk = new Desk(
                (envelope, message) -> mail.spool().take(envelope, message),
                mail.spool()::buffer,
                mail.queue()::runNow);
        return new SmtpAgent(context.surroundings(), desk);
    }

    @Override
    public Kind kind() {
        return Kind.SMTP_AGENT;
    }

    @Override
    public ListeningPart ports() {
        return ports;
    }

    @Override
    public Map<String, Long> figures() {
        Map<String, Long> figures = server.figures();
        figures.putAll(ports.figures());
        return figures;
    }

    @Override
    public Optional<String> prove(String option) {
        InetSocketAddress plain = ports.first();
        try {
            return new SmtpProof(plain, ports.address("smtps"), ports.address(SUBMISSION), surroundings.inForce())
                    .of(kind().evidence(option), option);
        } catch (WireException silent) {
            throw new AgentRefused("", "It does not answer: " + silent.getMessage());
        }
    }

    @Override
    public String prove() {
        try {
            return ports.proof();
        } catch (WireException silent) {
            throw new AgentRefused("", "It does not answer: " + silent.getMessage());
        }
    }
}
