package org.posthouse.mailcore.agent;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import org.posthouse.mailcore.settings.Snapshot;
import org.posthouse.mailcore.wire.Connection;
import org.posthouse.mailcore.wire.Limits;
import org.posthouse.mailcore.wire.Listener;
import org.posthouse.mailcore.wire.PortRefused;
import org.posthouse.mailcore.wire.TlsKeys;

/**
 * The two ports of an agent of fixed ports: one in plain text that may turn to TLS, one with TLS from the first octet.
 *
 * <p>The second is opened only when there is a certificate. Moving to another address opens there before it closes here.
 */
public final class Doors {

    /** What listens: the protocol's name, its plain and its TLS port (before the offset), what each session may take. */
    public record Plan(String protocol, int port, int tlsPort, Limits limits) {}

    private final Plan plan;
    private final Listening listening;
    private final TlsKeys tls;
    private final Consumer<Connection> session;
    private volatile List<Listener> open = List.of();
    private volatile boolean closedWithoutCertificate;
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
        var opened = new ArrayList<Listener>();
        boolean secure = tls.context().isPresent();
        try {
            opened.add(Listener.open(plan.protocol, listening.at(snapshot, plan.port), null, plan.limits, session));
            if (secure) {
                opened.add(Listener.open(
                        plan.protocol + "s",
                        listening.at(snapshot, plan.tlsPort),
                        this::context,
                        plan.limits,
                        session));
            }
        } catch (PortRefused refused) {
            opened.forEach(Listener::close);
            throw new AgentRefused("", String.valueOf(refused.getMessage()));
        }
        closedWithoutCertificate = !secure;
        open = List.copyOf(opened);
    }

    private SSLContext context() {
        return tls.context().orElseThrow(() -> new IllegalStateException("the certificate is gone"));
    }

    /** Listens at another address when the settings changed it. Throws {@link AgentRefused}, and then nothing changed. */
    public void move(Snapshot before, Snapshot now) {
        if (listening.address(before).equals(listening.address(now))) {
            return;
        }
        List<Listener> left = open;
        open(now);
        acceptedBefore += left.stream().mapToLong(Listener::accepted).sum();
        // Sessions at the old address end when they pause; nobody waits for them here.
        left.forEach(listener ->
                Thread.ofVirtual().name(plan.protocol + "-leaves").start(() -> listener.drain(Duration.ofSeconds(30))));
    }

    /** Closes both; sessions may take so long to end. */
    public void close(Duration drain) {
        List<Listener> left = open;
        open = List.of();
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
        figures.put("sessions", open.stream().mapToLong(Listener::sessions).sum());
        figures.put(
                "accepted",
                acceptedBefore + open.stream().mapToLong(Listener::accepted).sum());
        return figures;
    }

    /** Where it listens. */
    public List<String> listening() {
        return open.stream().map(listener -> text(listener.address())).toList();
    }

    private static String text(InetSocketAddress at) {
        String host = at.getAddress().getHostAddress();
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + at.getPort();
    }

    /** What an administrator should know. */
    public List<String> notes() {
        return closedWithoutCertificate ? List.of("SSL port closed: " + tls.problem()) : List.of();
    }

    /** The first line that a session of its own on the plain port hears. */
    public String greeting() {
        if (open.isEmpty()) {
            throw new IllegalStateException(plan.protocol + " does not listen");
        }
        var patience = Duration.ofSeconds(5);
        var limits = new Limits(1, 1, patience, patience);
        try (var connection = Connection.dial(open.getFirst().address(), null, patience, limits)) {
            return connection.line(1000);
        }
    }
}
