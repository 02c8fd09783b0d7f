package org.posthouse.mailcore.finger;

import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.posthouse.mailcore.agent.AgentContext;
import org.posthouse.mailcore.agent.AgentRefused;
import org.posthouse.mailcore.agent.Listening;
import org.posthouse.mailcore.agent.ListeningAgent;
import org.posthouse.mailcore.agent.ListeningPart;
import org.posthouse.mailcore.agent.Surroundings;
import org.posthouse.mailcore.people.People;
import org.posthouse.mailcore.settings.Snapshot;
import org.posthouse.mailcore.store.Store;
import org.posthouse.mailcore.wire.Connection;
import org.posthouse.mailcore.wire.Limits;
import org.posthouse.mailcore.wire.TlsKeys;
import org.posthouse.mailcore.wire.WireException;
import org.posthouse.schema.agent.finger.FingerOptions;
import org.posthouse.schema.tree.Kind;

/**
 * The Finger Agent: tells the full name of a listed user, and whether mail is waiting, on port 79.
 *
 * <p>Obeys: its Options page at the next query, the server's IP Address. Logs: nothing but ports opened and closed. RFCs:
 * 1288, without lists of users (3.2.2) and without forwarding (3.2.1), both of which it refuses.
 */
public final class FingerAgent implements ListeningAgent {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Limits LIMITS =
            new Limits(500, 20, PATIENCE, Duration.ofMinutes(1), "Too many connections, please try again later");
    private static final Limits OWN = new Limits(1, 1, Duration.ofSeconds(10), Duration.ofSeconds(20));

    private final Supplier<Snapshot> inForce;
    private final ListeningPart ports;

    FingerAgent(Supplier<Snapshot> inForce, Listening listening, People people, Store store, TlsKeys tls) {
        this.inForce = inForce;
        var answers = new FingerAnswers(this::names, people, store);
        this.ports = new ListeningPart(kind(), listening, tls, LIMITS, (port, connection) -> answers.serve(connection));
    }

    /** One for the engine, at rest. */
    public static FingerAgent of(AgentContext context) {
        Surroundings with = context.surroundings();
        AgentContext.Mail mail = context.mail().get();
        return new FingerAgent(with.inForce(), with.listening(), mail.residents(), mail.store(), with.tls());
    }

    private List<String> names() {
        return inForce.get().page(Kind.FINGER_AGENT, FingerOptions.class).fingerNames();
    }

    @Override
    public Kind kind() {
        return Kind.FINGER_AGENT;
    }

    @Override
    public ListeningPart ports() {
        return ports;
    }

    /** What it answers about the name that was listed last. */
    @Override
    public String prove() {
        List<String> names = names();
        String query = names.isEmpty() ? "" : names.getLast();
        try (var connection = Connection.dial(ports.first(), null, OWN.command(), OWN)) {
            connection.send(query + "\r\n");
            return "finger " + query + "  " + connection.line(FingerAnswers.LONGEST);
        } catch (WireException silent) {
            throw new AgentRefused("", "It does not answer: " + silent.getMessage());
        }
    }
}
