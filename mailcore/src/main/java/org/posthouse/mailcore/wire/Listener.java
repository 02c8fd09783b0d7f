package org.posthouse.mailcore.wire;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.posthouse.mailcore.logging.RepeatedFault;
import org.posthouse.mailcore.wire.Crowd.Visit;
import org.posthouse.schema.value.AddressText;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One port that is listened on, with a virtual thread for each connection.
 *
 * <p>Logs each port opened and closed, and sessions that end by our own fault. A peer beyond the limits hears the
 * refusal of the {@link Limits} and is closed. Peers that are not known yet have places of their own.
 */
public final class Listener implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Listener.class);
    private static final RepeatedFault FAULTS = new RepeatedFault(LOG, Clock.systemUTC());
    private static final int BACKLOG = 1024;

    private static final Duration ACCEPTOR_PATIENCE = Duration.ofSeconds(2);

    private final String name;
    private final ServerSocket socket;
    private final @Nullable Supplier<SSLContext> implicitTls;
    private final Limits limits;
    private final Consumer<Connection> session;
    private final Set<Connection> open = ConcurrentHashMap.newKeySet();
    private final Thread acceptor;
    private final Crowd known;
    private final Crowd strangers;
    private final AtomicLong accepted = new AtomicLong();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition ended = lock.newCondition();
    private volatile boolean closing;

    private Listener(
            String name,
            ServerSocket socket,
            @Nullable Supplier<SSLContext> implicitTls,
            Limits limits,
            Consumer<Connection> session) {
        this.name = name;
        this.socket = socket;
        this.implicitTls = implicitTls;
        this.limits = limits;
        this.session = session;
        this.acceptor = Thread.ofPlatform().daemon().name(name + "-listener").unstarted(this::run);
        this.known = new Crowd(limits.sessions(), limits.sessionsPerAddress());
        this.strangers = new Crowd(limits.strangers().all(), limits.strangers().perAddress());
    }

    /**
     * Listens.
     *
     * @param name for the log and the threads: "smtp"
     * @param at where; port 0 takes a free one
     * @param implicitTls TLS from the first octet; null for plain text
     * @param session runs one session; it need not close the connection
     * @throws PortRefused when the port cannot be had
     */
    public static Listener open(
            String name,
            InetSocketAddress at,
            @Nullable Supplier<SSLContext> implicitTls,
            Limits limits,
            Consumer<Connection> session) {
        ServerSocket socket;
        try {
            socket = new ServerSocket();
            try {
                socket.bind(at, BACKLOG);
            } catch (IOException refused) {
                socket.close();
                throw refused;
            }
        } catch (IOException refused) {
            throw new PortRefused(at, refused);
        }
        var listener = new Listener(name, socket, implicitTls, limits, session);
        // A platform thread: closing the socket ends its accept at once, and work of sessions never delays it.
        listener.acceptor.start();
        LOG.info("{} listens on {}", name, listener.address());
        return listener;
    }

    /** Where it listens, with the real port. */
    public InetSocketAddress address() {
        return (InetSocketAddress) socket.getLocalSocketAddress();
    }

    /** How many sessions there are now. */
    public int sessions() {
        lock.lock();
        try {
            return known.size() + strangers.size();
        } finally {
            lock.unlock();
        }
    }

    /** How many connections were let in since it was opened. */
    public long accepted() {
        return accepted.get();
    }

    private void run() {
        while (!closing) {
            try {
                admit(socket.accept());
            } catch (IOException failure) {
                if (!closing) {
                    // Out of file handles, mostly: a moment's rest lets some come back.
                    FAULTS.note(name, name + " cannot accept connections: " + failure.getMessage());
                    LockSupport.parkNanos(50_000_000);
                }
            }
        }
    }

    private void admit(Socket accepting) throws IOException {
        var visit = new Visit(accepting, accepting.getInetAddress());
        if (!enter(visit)) {
            refuse(accepting);
            return;
        }
        accepted.incrementAndGet();
        Thread.ofVirtual().name(name).start(() -> serve(visit));
    }

    private void refuse(Socket one) throws IOException {
        try (one) {
            if (implicitTls == null && !limits.refusal().isEmpty()) {
                one.getOutputStream().write((limits.refusal() + "\r\n").getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    private void serve(Visit visit) {
        InetAddress peer = visit.peer();
        try (var connection = new Connection(visit.socket(), limits)) {
            open.add(connection);
            try {
                if (closing) {
                    connection.drain();
                }
                if (hasStrangers()) {
                    connection.stranger(limits.strangers().patience(), () -> promote(visit, connection));
                }
                if (implicitTls != null) {
                    connection.startTls(implicitTls.get());
                }
                session.accept(connection);
            } finally {
                open.remove(connection);
            }
        } catch (WireException | IOException gone) {
            LOG.debug("{} session from {} ended: {}", name, AddressText.of(peer), gone.getMessage());
        } catch (RuntimeException fault) {
            LOG.error("{} session from {} failed", name, AddressText.of(peer), fault);
        } finally {
            leave(visit);
        }
    }

    private boolean hasStrangers() {
        return limits.strangers().all() > 0;
    }

    private boolean enter(Visit visit) {
        Optional<Visit> out;
        lock.lock();
        try {
            if (!hasStrangers()) {
                return known.enter(visit);
            }
            out = strangers.makeRoom(visit.peer());
            out.ifPresent(strangers::leave);
            strangers.enter(visit);
        } finally {
            lock.unlock();
        }
        out.ifPresent(Listener::cut);
        return true;
    }

    private static void cut(Visit visit) {
        try {
            visit.socket().close();
        } catch (IOException gone) {
            LOG.debug("A connection from {} was gone already: {}", AddressText.of(visit.peer()), gone.getMessage());
        }
    }

    private void promote(Visit visit, Connection connection) {
        lock.lock();
        try {
            if (known.enter(visit)) {
                strangers.leave(visit);
                return;
            }
        } finally {
            lock.unlock();
        }
        connection.send(limits.refusal() + (limits.refusal().isEmpty() ? "" : "\r\n"));
        connection.flush();
        throw new PeerGone("too many connections");
    }

    private void leave(Visit visit) {
        lock.lock();
        try {
            known.leave(visit);
            strangers.leave(visit);
            ended.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Whether it still takes connections. */
    public boolean isListening() {
        return !closing;
    }

    /**
     * Closes the ports of all of these and waits so long for their sessions to end by themselves. What is left then goes
     * on until it is drained.
     */
    public static void finish(Collection<Listener> leaving, Duration patience) {
        leaving.forEach(Listener::stopListening);
        long end = System.nanoTime() + patience.toNanos();
        leaving.forEach(each -> each.awaitEnd(end - System.nanoTime()));
    }

    private void awaitEnd(long patience) {
        long left = patience;
        lock.lock();
        try {
            while (known.size() + strangers.size() > 0 && left > 0) {
                left = ended.awaitNanos(left);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Closes the port, asks sessions to end at their next pause, waits for them so long, then cuts the rest.
     */
    public void drain(Duration patience) {
        stopListening();
        open.forEach(Connection::drain);
        long left = patience.toNanos();
        lock.lock();
        try {
            while (known.size() + strangers.size() > 0 && left > 0) {
                left = ended.awaitNanos(left);
                // One that was just between two reads when it was asked is asked again.
                open.forEach(Connection::drain);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
        open.forEach(Connection::cut);
    }

    /** Closes the port and cuts every session. */
    @Override
    public void close() {
        stopListening();
        open.forEach(Connection::cut);
    }

    private void stopListening() {
        if (!closing) {
            closing = true;
            try {
                socket.close();
            } catch (IOException failure) {
                LOG.warn("{} could not close its port: {}", name, failure.getMessage());
            }
            awaitAcceptor();
            LOG.info("{} no longer listens on {}", name, address());
        }
    }

    // The port is free only when nobody waits in accept any more.
    private void awaitAcceptor() {
        try {
            acceptor.join(ACCEPTOR_PATIENCE);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
