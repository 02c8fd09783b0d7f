package org.posthouse.mailcore.imap;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
 * NetMail's IMAP Agent ({@code imapd}).
 *
 * <p>Does: lets users read and keep their mail with a mail program, on port 143, and 993 with TLS when the server has a
 * certificate. Obeys: its Status page, the server's IP Address and Official Domain, the context lists. Logs: logins with
 * the client's address, and faults. RFCs: 3501, 2177, 2342, 2971, 4315, 4616, 4731, 4959, 5032, 5161, 5258, 5819, 6154,
 * 6851, 7162, 7888, 7889, 3691.
 */
public final class ImapAgent implements ListeningAgent {

    private static final Duration PAUSE = Duration.ofSeconds(2);
    // A mail program opens a handful of connections, a web front end one for each of its users.
    private static final Limits LIMITS = new Limits(
                    20_000, 2_000, Duration.ofMinutes(1), Duration.ZERO, "* BYE Too many connections, come back later")
            .with(new Limits.Strangers(5_000, 1_000, Duration.ofMinutes(3)));

    private final LongAdder logins = new LongAdder();
    private final ListeningPart ports;

    /** With what it works with; it opens nothing yet. */
    public ImapAgent(
            Supplier<Snapshot> inForce, Listening listening, People people, Store store, TlsKeys tls, Tally tally) {
        this(inForce, listening, people, store, tls, tally, PAUSE);
    }

    ImapAgent(
            Supplier<Snapshot> inForce,
            Listening listening,
            People people,
            Store store,
            TlsKeys tls,
            Tally tally,
            Duration pause) {
        tally.meter(Count.INCOMING_CLIENTS);
        tally.meter(Count.SERVICED_CLIENTS);
        var server = new ImapServer(inForce, people, store, tls, new LoginGuard(pause, tally), logins);
        this.ports = new ListeningPart(
                kind(),
                listening,
                tls,
                LIMITS,
                (port, connection) -> tally.session(
                        Count.INCOMING_CLIENTS,
                        Count.SERVICED_CLIENTS,
                        () -> new ImapSession(server, connection).run()));
    }

    /** One for the engine, at rest. */
    public static ImapAgent of(AgentContext context) {
        Surroundings with = context.surroundings();
        AgentContext.Mail mail = context.mail().get();
        return new ImapAgent(
                with.inForce(), with.listening(), mail.residents(), mail.store(), with.tls(), with.tally());
    }

    @Override
    public Kind kind() {
        return Kind.IMAP_AGENT;
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

    // RFC 9051 6.2.3: LOGINDISABLED says that nobody may sign in here without TLS.
    private static String offers(InetSocketAddress at) {
        return Proof.answer(at, List.of("a CAPABILITY"), line -> line.startsWith("a "))
                .getFirst();
    }

    @Override
    public String prove() {
        return ports.proof();
    }
}
