package org.posthouse.mailcore.pop;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.posthouse.mailcore.agent.AgentContext;
import org.posthouse.mailcore.agent.Listening;
import org.posthouse.mailcore.agent.ListeningAgent;
import org.posthouse.mailcore.agent.ListeningPart;
import org.posthouse.mailcore.agent.Surroundings;
import org.posthouse.mailcore.people.LoginGuard;
import org.posthouse.mailcore.people.People;
import org.posthouse.mailcore.settings.Snapshot;
import org.posthouse.mailcore.status.Count;
import org.posthouse.mailcore.status.Tally;
import org.posthouse.mailcore.store.Store;
import org.posthouse.mailcore.wire.Limits;
import org.posthouse.mailcore.wire.Proof;
import org.posthouse.mailcore.wire.TlsKeys;
import org.posthouse.schema.tree.Kind;

/**
 * NetMail's POP Agent ({@code pop3d}).
 *
 * <p>Does: hands out the mail of the inbox and deletes it, on port 110, and 995 with TLS when the server has a
 * certificate. Obeys: its Status page, the server's IP Address and Official Domain, the context lists. Logs: logins with
 * the client's address, and faults. RFCs: 1939, 2449, 2595, 3206, 4616, 5034.
 */
public final class PopAgent implements ListeningAgent {

    private static final Duration PAUSE = Duration.ofSeconds(2);
    private static final Limits LIMITS = new Limits(
                    10_000, 1_000, Duration.ofMinutes(1), Duration.ZERO, "-ERR [SYS/TEMP] Too many connections")
            .with(new Limits.Strangers(5_000, 1_000, Duration.ofMinutes(3)));

    private final LongAdder logins = new LongAdder();
    private final ListeningPart ports;

    /** With what it works with; it opens nothing yet. */
    public PopAgent(
            Supplier<Snapshot> inForce, Listening listening, People people, Store store, TlsKeys tls, Tally tally) {
        this(inForce, listening, people, store, tls, tally, PAUSE);
    }

    PopAgent(
            Supplier<Snapshot> inForce,
            Listening listening,
            People people,
            Store store,
            TlsKeys tls,
            Tally tally,
            Duration pause) {
        tally.meter(Count.INCOMING_CLIENTS);
        tally.meter(Count.SERVICED_CLIENTS);
        var server = new PopServer(
                inForce, people, store, tls, new LoginGuard(pause, tally), logins, ConcurrentHashMap.newKeySet());
        this.ports = new ListeningPart(
                kind(),
                listening,
                tls,
                LIMITS,
                (port, connection) -> tally.session(
                        Count.INCOMING_CLIENTS,
                        Count.SERVICED_CLIENTS,
                        () -> new PopSession(server, connection).run()));
    }

    /** One for the engine, at rest. */
    public static PopAgent of(AgentContext context) {
        Surroundings with = context.surroundings();
        AgentContext.Mail mail = context.mail().get();
        return new PopAgent(with.inForce(), with.listening(), mail.residents(), mail.store(), with.tls(), with.tally());
    }

    @Override
    public Kind kind() {
        return Kind.POP_AGENT;
    }

    @Override
    public ListeningPart ports() {
        return ports;
    }

    @Override
    public Map<String, Long> figures() {
        Map<String, Long> figures = ports.figures();
        figures.put("logins", logins.sum());
        return figures;
    }

    @Override
    public Optional<String> prove(String option) {
        return ports.proof(kind().evidence(option), at -> offers(at));
    }

    // RFC 2449: who may not sign in with a password is not offered USER.
    private static String offers(InetSocketAddress at) {
        boolean offered = Proof.answer(at, List.of("CAPA"), "."::equals).contains("USER");
        return offered ? "CAPA  USER" : "CAPA  USER is not offered";
    }

    @Override
    public String prove() {
        return ports.proof();
    }
}
