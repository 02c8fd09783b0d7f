package org.posthouse.mailcore.smtp;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
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

/**
 * NetMail's SMTP Agent ({@code smtpd}): takes mail from the Internet for the domains of the messaging system, and from its
 * users for everyone.
 *
 * <p>Obeys: the pages SMTP Identification and SMTP Options; of its server Official Domain, SSL and TLS, address, resolvers. Ports are
 * rebound while running; all else holds for sessions that open later. Logs: ports opened and closed, failed logins,
 * own faults. RFCs: see {@link SmtpSession} and {@link MailTaker}.
 */
public final class SmtpAgent implements Agent {

    // RFC 5321 4.5.3.2.7: at least 5 minutes for a command.
    private static final Duration COMMAND = Duration.ofMinutes(5);
    private static final Duration SESSION = Duration.ofHours(2);
    private static final Duration EACH_GUESS = Duration.ofSeconds(1);

    private final Surroundings surroundings;
    private final SmtpServer server;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable Listener plain;
    private @Nullable Listener ssl;
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
    public void start() {
        lock.lock();
        try {
            bind(surroundings.inForce().get());
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void adopt(Snapshot before, Snapshot now) {
        lock.lock();
        try {
            if (plain != null) {
                bind(now);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Listens where the settings say; what is refused leaves everything as it was. */
    private void bind(Snapshot now) {
        Listener freshPlain = listening("Port", plain, wanted(now, options(now).port()), false);
        try {
            bindSsl(now);
        } catch (AgentRefused refused) {
            if (freshPlain != plain) {
                freshPlain.close();
            }
            throw refused;
        }
        replace(plain, freshPlain);
        plain = freshPlain;
    }

    private void bindSsl(Snapshot now) {
        sslProblem = surroundings.tls().problem();
        Listener fresh = sslProblem.isEmpty()
                ? listening("SSL Port", ssl, wanted(now, options(now).sslPort()), true)
                : null;
        replace(ssl, fresh);
        ssl = fresh;
    }

    private static void replace(@Nullable Listener old, @Nullable Listener fresh) {
        if (old != null && old != fresh) {
            // Sessions there end when they pause; nobody waits for them here.
            Thread.ofVirtual().start(() -> old.drain(Duration.ofMinutes(1)));
        }
    }

    private Listener listening(String option, @Nullable Listener now, InetSocketAddress wanted, boolean tls) {
        if (now != null && isAt(now.address(), wanted)) {
            return now;
        }
        try {
            return Listener.open(
                    tls ? "smtps" : "smtp", wanted, tls ? surroundings.tls()::required : null, limits(), server::serve);
        } catch (PortRefused refused) {
            throw new AgentRefused(option, String.valueOf(refused.getMessage()));
        }
    }

    private static boolean isAt(InetSocketAddress address, InetSocketAddress wanted) {
        return address.equals(wanted)
                || (wanted.getPort() == 0 && address.getAddress().equals(wanted.getAddress()));
    }

    private Limits limits() {
        return new Limits(20_000, 2_000, COMMAND, SESSION, "421 4.7.0 Too many connections, please come back later");
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
        Listener first;
        Listener second;
        lock.lock();
        try {
            first = plain;
            second = ssl;
            plain = null;
            ssl = null;
        } finally {
            lock.unlock();
        }
        if (second != null) {
            Listener both = second;
            Thread draining = Thread.ofVirtual().start(() -> both.drain(drain));
            drainAll(first, drain);
            join(draining);
        } else {
            drainAll(first, drain);
        }
    }

    private static void drainAll(@Nullable Listener listener, Duration drain) {
        if (listener != null) {
            listener.drain(drain);
        }
    }

    private static void join(Thread draining) {
        try {
            draining.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private List<Listener> open() {
        lock.lock();
        try {
            var open = new ArrayList<Listener>();
            if (plain != null) {
                open.add(plain);
            }
            if (ssl != null) {
                open.add(ssl);
            }
            return open;
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
        String host = at.getAddress().getHostAddress();
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + at.getPort();
    }

    @Override
    public List<String> notes() {
        return sslProblem.isEmpty() ? List.of() : List.of("SSL port closed: " + sslProblem);
    }

    @Override
    public String prove() {
        List<Listener> open = open();
        if (open.isEmpty()) {
            throw new AgentRefused("", "It does not listen.");
        }
        try {
            return Proof.of(
                    open.getFirst().address(), open.stream().skip(1).findFirst().map(Listener::address));
        } catch (WireException silent) {
            throw new AgentRefused("", "It does not answer: " + silent.getMessage());
        }
    }
}
