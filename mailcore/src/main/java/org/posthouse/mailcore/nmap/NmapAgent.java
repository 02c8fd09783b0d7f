package org.posthouse.mailcore.nmap;

import java.time.Duration;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.posthouse.mailcore.agent.AgentContext;
import org.posthouse.mailcore.agent.ListeningAgent;
import org.posthouse.mailcore.agent.ListeningPart;
import org.posthouse.mailcore.agent.Surroundings;
import org.posthouse.mailcore.message.Trace;
import org.posthouse.mailcore.queue.Queue;
import org.posthouse.mailcore.queue.Spool;
import org.posthouse.mailcore.queue.Stage;
import org.posthouse.mailcore.settings.Snapshot;
import org.posthouse.mailcore.status.Count;
import org.posthouse.mailcore.status.Tally;
import org.posthouse.mailcore.wire.Connection;
import org.posthouse.mailcore.wire.Limits;
import org.posthouse.mailcore.wire.WireException;
import org.posthouse.schema.panel.NmapContext;
import org.posthouse.schema.panel.NmapParameters;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.value.AddressText;
import org.posthouse.schema.value.Place;

/**
 * The NMAP Agent: the owner of queue and message store, spoken to on TCP 689.
 *
 * <p>Obeys the pages Parameters and Context; LIVE options at the next message, Message Store by a restart of the server's
 * agents. Logs peers that do not know the system secret.
 */
public final class NmapAgent implements ListeningAgent {

    // NetMail's idle timeout; sessions of agents are long.
    private static final Limits LIMITS = new Limits(
                    500, 100, Duration.ofMinutes(45), Duration.ZERO, "5004 Too many connections")
            .with(new Limits.Strangers(200, 50, Duration.ofSeconds(10)));
    private static final Limits OWN = new Limits(1, 1, Duration.ofSeconds(5), Duration.ofSeconds(10));

    private final Surroundings surroundings;
    private final Supplier<String> secret;
    private final Queue queue;
    private final Spool spool;
    private final ListeningPart ports;

    /**
     * Will be the NMAP Agent of a server; {@code secret} is the system secret shared by all agents. Mail that other
     * servers hand over goes into the spool, which the queue leads on.
     */
    public NmapAgent(Surroundings surroundings, Supplier<String> secret, Queue queue, Spool spool) {
        this.spool = spool;
        this.surroundings = surroundings;
        this.secret = secret;
        this.queue = queue;
        surroundings.tally().meter(Count.STORE_AGENTS);
        surroundings.tally().meter(Count.STORE_AGENTS_SERVED);
        this.ports = new ListeningPart(
                kind(), surroundings.listening(), surroundings.tls(), LIMITS, (port, connection) -> serve(connection));
    }

    /** One for the engine, at rest. */
    public static NmapAgent of(AgentContext context) {
        AgentContext.Mail mail = context.mail().get();
        return new NmapAgent(context.surroundings(), context.secret(), mail.queue(), mail.spool());
    }

    @Override
    public Kind kind() {
        return Kind.NMAP_AGENT;
    }

    @Override
    public ListeningPart ports() {
        return ports;
    }

    @Override
    public List<String> notes() {
        return secret.get().isEmpty()
                ? List.of("No system secret is known yet: authentication is not possible.")
                : List.of();
    }

    /** The line of CONF that shows the Parameters page. */
    @Override
    public String prove() {
        try (var connection = Connection.dial(ports.first(), null, OWN.command(), OWN)) {
            Challenge challenge = Challenge.in(connection.line(1024));
            connection.send("AUTH SYSTEM " + challenge.answer(secret.get()) + "\r\nCONF\r\nQUIT\r\n");
            String answer = connection.line(1024);
            return answer.startsWith("1000") ? connection.line(8192) : answer;
        } catch (WireException failed) {
            return "No answer: " + failed.getMessage();
        }
    }

    private void serve(Connection connection) {
        Snapshot snapshot = surroundings.inForce().get();
        Tally tally = surroundings.tally();
        var session = new NmapSession(
                connection,
                snapshot,
                secret,
                surroundings.tls(),
                this::configuration,
                tally.meter(Count.UNAUTHORIZED),
                this::intake);
        tally.session(Count.STORE_AGENTS, Count.STORE_AGENTS_SERVED, session::run);
    }

    private Intake intake(Connection connection) {
        return new Intake(spool, () -> received(connection), surroundings.clock());
    }

    private byte[] received(Connection connection) {
        String peer = AddressText.of(connection.peer());
        var hop = new Trace.Hop(
                "[" + peer + "]",
                peer,
                connection.cipher().orElse(""),
                surroundings.inForce().get().officialDomain(),
                "NMAP",
                Long.toHexString(surroundings.clock().millis()),
                "");
        return Trace.received(hop, ZonedDateTime.now(surroundings.clock()));
    }

    private List<String> configuration() {
        Snapshot now = surroundings.inForce().get();
        NmapParameters parameters = now.page(Kind.NMAP_AGENT, NmapParameters.class);
        var lines = new ArrayList<String>();
        lines.add("QUEUE retry every %d minutes for %d days, minimum space %d KB"
                .formatted(parameters.retryInterval(), parameters.retryTimeout(), parameters.minimumSpace()));
        lines.add("SERVER " + now.server().name() + " " + now.officialDomain() + " revision " + now.revision());
        queue.figures().forEach((name, figure) -> lines.add("FIGURE " + name + " " + figure));
        Stage[] stages = Stage.values();
        for (int number = 0; number < stages.length; number++) {
            for (String agent : queue.agents(stages[number])) {
                lines.add("AGENT " + number + " " + agent);
            }
        }
        for (Place context : now.page(Kind.NMAP_AGENT, NmapContext.class).contexts()) {
            lines.add("CONTEXT " + context);
        }
        return lines;
    }
}
