package org.posthouse.mailcore.smtp;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.posthouse.mailcore.agent.Agent;
import org.posthouse.mailcore.agent.AgentRefused;
import org.posthouse.mailcore.agent.Surroundings;
import org.posthouse.mailcore.settings.Snapshot;
import org.posthouse.mailcore.wire.Limits;
import org.posthouse.mailcore.wire.Listener;
import org.posthouse.mailcore.wire.PortRefused;
import org.posthouse.mailcore.wire.Proof;
import org.posthouse.mailcore.wire.WireException;
import org.posthouse.schema.panel.SmtpOptions;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.value.AddressText;

/**
 * NetMail's SMTP Agent ({@code smtpd}): takes mail from the Internet for the domains of the messaging system, and from its
 * users for everyone.
 *
 * <p>Obeys: the pages SMTP Identification, Options, and Security; of its server Official Domain, SSL and TLS, address, resolvers. Ports are
 * rebound while running; all else holds for sessions that open later. Logs: ports opened and closed, failed logins,
 * own faults. RFCs: see {@link SmtpSession} and {@link MailTaker}.
 */
public final class SmtpAgent implements Agent {

    // RFC 5321 4.5.3.2.7: at least 5 minutes for a command.
    private static final Duration COMMAND = Duration.ofMinutes(5);
    private static final Duration SESSION = Duration.ofHours(2);
    private static final Duration EACH_GUESS = Duration.ofSeconds(1);

    /** The ports of this agent, in the order in which they are shown. */
    private enum Port {
        PLAIN("smtp", "port"),
        SSL("smtps", "sslPort"),
        SUBMISSION("submission", "submissionPort");

        private final String protocol;
        private final String option;

        Port(String protocol, String option) {
            this.protocol = protocol;
            this.option = option;
        }
    }

    private final Surroundings surroundings;
    private final SmtpServer server;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Port, Listener> open = new EnumMap<>(Port.class);
    private volatile String sslProblem = "";

    /** Made by the engine, which starts it; the desk takes what it receives. */
    public SmtpAgent(Surroundings surroundings, Desk desk) {
        this.surroundings = surroundings;
        this.server = new SmtpServer(surroundings, desk, EACH_GUESS);
    }

    @Override
    public Kind kind() {
        return Kind.SMTP_AGENT;
    }

    @Override
    public void start(Snapshot settings) {
        lock.lock();
        try {
            bind(settings);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void adopt(Snapshot before, Snapshot now) {
        lock.lock();
        try {
            if (!open.isEmpty()) {
                bind(now);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Listens where the settings say; what is refused leaves everything as it was. */
    private void bind(Snapshot now) {
        sslProblem = surroundings.tls().problem();
        var fresh = new EnumMap<Port, Listener>(Port.class);
        try {
            for (Port port : Port.values()) {
                number(port, now).ifPresent(wanted -> fresh.put(port, listening(port, wanted(now, wanted))));
            }
        } catch (AgentRefused refused) {
            fresh.values().stream()
                    .filter(listener -> !open.containsValue(listener))
                    .forEach(Listener::close);
            throw refused;
        }
        open.values().stream()
                .filter(listener -> !fresh.containsValue(listener))
                .forEach(SmtpAgent::leave);
        open.clear();
        open.putAll(fresh);
    }

    private Optional<Integer> number(Port port, Snapshot now) {
        SmtpOptions options = options(now);
        boolean tls = sslProblem.isEmpty() && now.server().security().sslAndTls();
        return switch (port) {
            case PLAIN -> Optional.of(options.port());
            case SSL -> Optional.of(options.sslPort()).filter(open -> tls);
            case SUBMISSION -> Optional.of(options.submissionPort()).filter(open -> options.hasSubmission());
        };
    }

    // Sessions there end when they pause; nobody waits for them here.
    private static void leave(Listener old) {
        Thread.ofVirtual().start(() -> old.drain(Duration.ofMinutes(1)));
    }

    private Listener listening(Port port, InetSocketAddress wanted) {
        Listener now = open.get(port);
        if (now != null && isAt(now.address(), wanted)) {
            return now;
        }
        try {
            return Listener.open(
                    port.protocol,
                    wanted,
                    port == Port.SSL ? surroundings.tls()::required : null,
                    limits(),
                    port == Port.SUBMISSION ? server::serveSubmission : server::serve);
        } catch (PortRefused refused) {
            throw new AgentRefused(port.option, String.valueOf(refused.getMessage()));
        }
    }

    private static boolean isAt(InetSocketAddress address, InetSocketAddress wanted) {
        return address.equals(wanted)
                || (wanted.getPort() == 0 && address.getAddress().equals(wanted.getAddress()));
    }

    private Limits limits() {
        return new Limits(20_000, 2_000, COMMAND, SESSION, "421 4.7.0 Too many connections, please try again later")
                .with(new Limits.Strangers(5_000, 1_000, COMMAND));
    }

    private InetSocketAddress wanted(Snapshot snapshot, int port) {
        return surroundings.listening().at(snapshot, port);
    }

    private static SmtpOptions options(Snapshot snapshot) {
        return snapshot.page(Kind.SMTP_AGENT, SmtpOptions.class);
    }

    @Override
    public void finish(Duration patience) {
        Listener.finish(open(), patience);
    }

    @Override
    public void stop(Duration drain) {
        List<Listener> left;
        lock.lock();
        try {
            left = List.copyOf(open.values());
            open.clear();
        } finally {
            lock.unlock();
        }
        var drains = left.stream()
                .map(listener -> Thread.ofVirtual().start(() -> listener.drain(drain)))
                .toList();
        try {
            for (Thread each : drains) {
                each.join();
            }
        } catch (InterruptedException interrupted) {
            left.forEach(Listener::close);
            Thread.currentThread().interrupt();
        }
    }

    private List<Listener> open() {
        lock.lock();
        try {
            return List.copyOf(open.values());
        } finally {
            lock.unlock();
        }
    }

    private Optional<InetSocketAddress> address(Port port) {
        lock.lock();
        try {
            return Optional.ofNullable(open.get(port)).map(Listener::address);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Map<String, Long> figures() {
        Map<String, Long> figures = server.figures();
        figures.put("sessions", open().stream().mapToLong(Listener::sessions).sum());
        figures.put("accepted", open().stream().mapToLong(Listener::accepted).sum());
        return figures;
    }

    @Override
    public List<String> listening() {
        return open().stream()
                .filter(Listener::isListening)
                .map(listener -> text(listener.address()))
                .toList();
    }

    private static String text(InetSocketAddress at) {
        String host = AddressText.of(at.getAddress());
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + at.getPort();
    }

    @Override
    public List<String> notes() {
        return sslProblem.isEmpty() ? List.of() : List.of("SSL port closed: " + sslProblem);
    }

    @Override
    public Optional<String> prove(String option) {
        InetSocketAddress plain = address(Port.PLAIN).orElseThrow(() -> new AgentRefused("", "It is not listening."));
        try {
            return new SmtpProof(plain, address(Port.SSL), address(Port.SUBMISSION), surroundings.inForce())
                    .of(kind().evidence(option), option);
        } catch (WireException silent) {
            throw new AgentRefused("", "It does not answer: " + silent.getMessage());
        }
    }

    @Override
    public String prove() {
        InetSocketAddress plain = address(Port.PLAIN).orElseThrow(() -> new AgentRefused("", "It is not listening."));
        try {
            return Proof.of(plain, address(Port.SSL));
        } catch (WireException silent) {
            throw new AgentRefused("", "It does not answer: " + silent.getMessage());
        }
    }
}
