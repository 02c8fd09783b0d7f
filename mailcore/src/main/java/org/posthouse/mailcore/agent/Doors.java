package org.posthouse.mailcore.agent;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.posthouse.mailcore.settings.Snapshot;
import org.posthouse.mailcore.wire.Connection;
import org.posthouse.mailcore.wire.Limits;
import org.posthouse.mailcore.wire.Listener;
import org.posthouse.mailcore.wire.PortRefused;
import org.posthouse.mailcore.wire.Proof;
import org.posthouse.mailcore.wire.TlsKeys;
import org.posthouse.schema.status.Evidence;
import org.posthouse.schema.value.AddressText;

/**
 * The two ports of an agent of fixed ports: one in plain text that may turn to TLS, one with TLS from the first octet.
 *
 * <p>The second is open only while SSL and TLS is on. Moving to another address opens there before it closes here.
 */
public final class Doors {

    /** What listens: the protocol's name, its plain and its TLS port (before the offset), what each session may take. */
    public record Plan(String protocol, int port, int tlsPort, Limits limits) {}

    private final Plan plan;
    private final Listening listening;
    private final TlsKeys tls;
    private final Consumer<Connection> session;
    private volatile @Nullable Listener plain;
    private volatile @Nullable Listener ssl;
    private volatile String problem = "";
    private long acceptedBefore;

    /** Nothing is opened yet. */
    public Doors(Plan plan, Listening listening, TlsKeys tls, Consumer<Connection> session) {
        this.plan = plan;
        this.listening = listening;
        this.tls = tls;
        this.session = session;
    }

    /** Opens both where these settings want them. Throws {@link AgentRefused}, and then neither is open. */
    public void open(Snapshot snapshot) {
        Listener first = listen(plan.protocol, listening.at(snapshot, plan.port), false);
        try {
            ssl = secure(snapshot);
        } catch (AgentRefused refused) {
            first.close();
            throw refused;
        }
        plain = first;
    }

    private @Nullable Listener secure(Snapshot snapshot) {
        problem = tls.problem();
        boolean wanted = problem.isEmpty() && snapshot.server().security().sslAndTls();
        return wanted ? listen(plan.protocol + "s", listening.at(snapshot, plan.tlsPort), true) : null;
    }

    private Listener listen(String name, InetSocketAddress at, boolean secure) {
        try {
            return Listener.open(name, at, secure ? tls::required : null, plan.limits, session);
        } catch (PortRefused refused) {
            throw new AgentRefused("", String.valueOf(refused.getMessage()));
        }
    }

    /**
     * Listens at another address, or opens or closes the TLS port, when the settings changed that. Throws
     * {@link AgentRefused}, and then nothing changed.
     */
    public void move(Snapshot before, Snapshot now) {
        Listener firstLeft = plain;
        Listener secondLeft = ssl;
        if (!listening.address(before).equals(listening.address(now))) {
            open(now);
            leave(firstLeft);
            leave(secondLeft);
        } else if (tls.problem().isEmpty() != (secondLeft != null)) {
            ssl = secure(now);
            leave(secondLeft);
        }
        problem = tls.problem();
    }

    // Sessions at the old address end when they pause; nobody waits for them here.
    private void leave(@Nullable Listener left) {
        if (left != null) {
            acceptedBefore += left.accepted();
            Thread.ofVirtual().name(plan.protocol + "-leaves").start(() -> left.drain(Duration.ofSeconds(30)));
        }
    }

    private List<Listener> open() {
        return Stream.of(Optional.ofNullable(plain), Optional.ofNullable(ssl))
                .flatMap(Optional::stream)
                .toList();
    }

    /** Listens no more, and waits so long for the sessions to end by themselves. */
    public void finish(Duration patience) {
        Listener.finish(open(), patience);
    }

    /** Closes both; sessions may take so long to end. */
    public void close(Duration drain) {
        List<Listener> left = open();
        plain = null;
        ssl = null;
        var drains = left.stream()
                .map(listener -> Thread.ofVirtual().start(() -> listener.drain(drain)))
                .toList();
        try {
            for (var each : drains) {
                each.join();
            }
        } catch (InterruptedException interrupted) {
            left.forEach(Listener::close);
            Thread.currentThread().interrupt();
        }
    }

    /** Sessions open now, connections accepted since the start. */
    public Map<String, Long> figures() {
        var figures = new LinkedHashMap<String, Long>();
        figures.put("sessions", open().stream().mapToLong(Listener::sessions).sum());
        figures.put(
                "accepted",
                acceptedBefore + open().stream().mapToLong(Listener::accepted).sum());
        return figures;
    }

    /** Where it listens. */
    public List<String> listening() {
        return open().stream()
                .filter(Listener::isListening)
                .map(listener -> text(listener.address()))
                .toList();
    }

    /** A socket address as it is shown: "127.0.0.1:25", "[::1]:25". */
    public static String text(InetSocketAddress at) {
        String host = AddressText.of(at.getAddress());
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + at.getPort();
    }

    /** What an administrator should know. */
    public List<String> notes() {
        return problem.isEmpty() ? List.of() : List.of("SSL port closed: " + problem);
    }

    /**
     * The line that shows this evidence; {@code offers} asks what the agent offers before anybody signs in. Throws
     * WireException when a port does not answer.
     */
    public Optional<String> proof(Evidence evidence, Function<InetSocketAddress, String> offers) {
        Listener first = plain;
        Listener second = ssl;
        if (first == null) {
            throw new IllegalStateException(plan.protocol + " does not listen");
        }
        return switch (evidence) {
            case GREETING -> Optional.of(Proof.greeting(first.address()));
            case PLAIN_PORT -> Optional.of(Proof.at(first.address()));
            case TLS -> Optional.of(second == null ? "The SSL port is closed." : Proof.tls(second.address()));
            case SIGN_IN -> Optional.of(offers.apply(first.address()));
            default -> Optional.empty();
        };
    }

    /** What sessions of its own on both ports hear and see. Throws WireException when one does not answer. */
    public String proof() {
        Listener first = plain;
        if (first == null) {
            throw new IllegalStateException(plan.protocol + " does not listen");
        }
        return Proof.of(first.address(), Optional.ofNullable(ssl).map(Listener::address));
    }
}
