package org.posthouse.mailcore.agent;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.posthouse.mailcore.settings.Snapshot;
import org.posthouse.mailcore.wire.Connection;
import org.posthouse.mailcore.wire.Limits;
import org.posthouse.mailcore.wire.Listener;
import org.posthouse.mailcore.wire.PortRefused;
import org.posthouse.mailcore.wire.Proof;
import org.posthouse.mailcore.wire.TlsKeys;
import org.posthouse.schema.agent.PortUse;
import org.posthouse.schema.status.Evidence;
import org.posthouse.schema.tree.Agent;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.value.AddressText;

/**
 * The ports of an agent: what an agent that listens is composed of. It opens the ports that the agent's type declares, at
 * the address that the server's settings name, and moves them when those change. A port with TLS from the first octet is
 * open only while SSL and TLS is on and the certificate can be used.
 *
 * <p>The thread of the server opens, moves, and closes; anyone may ask for figures and proofs at any time.
 */
public final class ListeningPart {

    private final Kind kind;
    private final Listening listening;
    private final TlsKeys tls;
    private final Limits limits;
    private final BiConsumer<PortUse, Connection> session;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<PortUse, Listener> open = new LinkedHashMap<>();
    private final AtomicLong acceptedBefore = new AtomicLong();
    private volatile String tlsProblem = "";

    /**
     * Nothing is open yet.
     *
     * @param kind the agent, whose type declares the ports
     * @param listening the engine's address and port offset
     * @param tls the server's certificate
     * @param limits how many sessions there can be, and how long each may wait
     * @param session runs one session on a port to its end
     */
    public ListeningPart(
            Kind kind, Listening listening, TlsKeys tls, Limits limits, BiConsumer<PortUse, Connection> session) {
        this.kind = kind;
        this.listening = listening;
        this.tls = tls;
        this.limits = limits;
        this.session = session;
    }

    /** Opens the ports that these settings ask for. Throws {@link AgentRefused}, and then none of them is open. */
    public void open(Snapshot now) {
        lock.lock();
        try {
            bind(now);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Opens, moves, and closes ports so that they are as these settings ask for; the others stay open. Sessions on a port
     * that closes end at their next pause. Throws {@link AgentRefused}, and then nothing has changed.
     */
    public void move(Snapshot now) {
        lock.lock();
        try {
            if (!open.isEmpty()) {
                bind(now);
            }
        } finally {
            lock.unlock();
        }
    }

    private void bind(Snapshot now) {
        tlsProblem = tls.problem();
        var fresh = new LinkedHashMap<PortUse, Listener>();
        try {
            for (PortUse port : kind.agentType().ports()) {
                wanted(port, now).ifPresent(at -> fresh.put(port, listener(port, at)));
            }
        } catch (AgentRefused refused) {
            fresh.values().stream()
                    .filter(listener -> !open.containsValue(listener))
                    .forEach(Listener::close);
            throw refused;
        }
        open.values().stream()
                .filter(listener -> !fresh.containsValue(listener))
                .forEach(this::leave);
        open.clear();
        open.putAll(fresh);
    }

    // Sessions there end when they pause; nobody waits for them here.
    private void leave(Listener old) {
        acceptedBefore.addAndGet(old.accepted());
        Thread.ofVirtual().start(() -> old.drain(limits.command()));
    }

    private Optional<InetSocketAddress> wanted(PortUse port, Snapshot now) {
        boolean closed =
                port.tls() && !(tlsProblem.isEmpty() && now.server().security().sslAndTls());
        int number = port.option().isEmpty() ? port.number() : number(port.option(), now);
        return closed || (number == 0 && !port.option().isEmpty())
                ? Optional.empty()
                : Optional.of(listening.at(now, number));
    }

    private int number(String option, Snapshot now) {
        Agent agent = now.server().agent(kind).orElseThrow();
        return kind.panels().stream()
                .flatMap(panel ->
                        panel
                                .option(option)
                                .map(facts ->
                                        facts.textsIn(agent.page(panel.type())).getFirst())
                                .stream())
                .mapToInt(Integer::parseInt)
                .findFirst()
                .orElseThrow();
    }

    private Listener listener(PortUse port, InetSocketAddress wanted) {
        Listener now = open.get(port);
        if (now != null && isAt(now.address(), wanted)) {
            return now;
        }
        try {
            return Listener.open(
                    port.protocol(),
                    wanted,
                    port.tls() ? tls::required : null,
                    limits,
                    connection -> session.accept(port, connection));
        } catch (PortRefused refused) {
            throw new AgentRefused(port.option(), String.valueOf(refused.getMessage()));
        }
    }

    private static boolean isAt(InetSocketAddress address, InetSocketAddress wanted) {
        return address.equals(wanted)
                || (wanted.getPort() == 0 && address.getAddress().equals(wanted.getAddress()));
    }

    /** Listens no more, and waits for so long for the sessions to end by themselves. */
    public void finish(Duration patience) {
        Listener.finish(listeners(), patience);
    }

    /** Closes all ports; sessions may take so long to end. */
    public void close(Duration drain) {
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

    private List<Listener> listeners() {
        lock.lock();
        try {
            return List.copyOf(open.values());
        } finally {
            lock.unlock();
        }
    }

    /** Sessions that are open now, and connections accepted since the start; the caller may add figures of its own. */
    public Map<String, Long> figures() {
        List<Listener> now = listeners();
        var figures = new LinkedHashMap<String, Long>();
        figures.put("sessions", now.stream().mapToLong(Listener::sessions).sum());
        figures.put(
                "accepted",
                acceptedBefore.get()
                        + now.stream().mapToLong(Listener::accepted).sum());
        return figures;
    }

    /** Where it listens: "127.0.0.1:25". */
    public List<String> listening() {
        return listeners().stream()
                .filter(Listener::isListening)
                .map(listener -> text(listener.address()))
                .toList();
    }

    /** A socket address as it is shown: "127.0.0.1:25", "[::1]:25". */
    public static String text(InetSocketAddress at) {
        String host = AddressText.of(at.getAddress());
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + at.getPort();
    }

    /** Why a port that the agent has is closed. */
    public List<String> notes() {
        boolean concerned = kind.agentType().ports().stream().anyMatch(PortUse::tls);
        return concerned && !tlsProblem.isEmpty() ? List.of("SSL port closed: " + tlsProblem) : List.of();
    }

    /** Where the port of this protocol is open; empty while it is closed. */
    public Optional<InetSocketAddress> address(String protocol) {
        lock.lock();
        try {
            return open.entrySet().stream()
                    .filter(each -> each.getKey().protocol().equals(protocol))
                    .map(each -> each.getValue().address())
                    .findFirst();
        } finally {
            lock.unlock();
        }
    }

    /** Where its first port is open. Throws AgentRefused while it is closed. */
    public InetSocketAddress first() {
        return address(kind.agentType().ports().getFirst().protocol())
                .orElseThrow(() -> new AgentRefused("", "It is not listening."));
    }

    private Optional<InetSocketAddress> firstTls() {
        return kind.agentType().ports().stream()
                .filter(PortUse::tls)
                .flatMap(port -> address(port.protocol()).stream())
                .findFirst();
    }

    /**
     * The line that shows this evidence; {@code offers} asks what the agent offers before anybody signs in. Throws
     * WireException when a port does not answer.
     */
    public Optional<String> proof(Evidence evidence, Function<InetSocketAddress, String> offers) {
        return switch (evidence) {
            case GREETING -> Optional.of(Proof.greeting(first()));
            case PLAIN_PORT -> Optional.of(Proof.at(first()));
            case TLS -> Optional.of(firstTls().map(Proof::tls).orElse("The SSL port is closed."));
            case SIGN_IN -> Optional.of(offers.apply(first()));
            default -> Optional.empty();
        };
    }

    /** What sessions of its own on the ports hear and see. Throws WireException when one does not answer. */
    public String proof() {
        return Proof.of(first(), firstTls());
    }
}
