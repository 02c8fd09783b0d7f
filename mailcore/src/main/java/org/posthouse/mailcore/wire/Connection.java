package org.posthouse.mailcore.wire;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * One connection, read in lines and counted octets, by one thread.
 *
 * <p>A line ends with CRLF and nothing else: a bare LF or CR stays in the text for the session to judge, because servers
 * that disagree on where a line ends can be made to smuggle mail for each other. Each whole command has one deadline
 * however its octets drip in; larger input earns more time by arriving. What waits to be sent goes out before any read
 * that may block. Troubles are {@link WireException}s, unchecked, meant to end the session quietly.
 */
public final class Connection implements AutoCloseable {

    private static final int SMALL = 4096;
    private static final int LARGE = 16384;
    private static final int ENDLESS = 1 << 20;
    private static final int LONG = 256 << 10;
    // Bodies and literals must come at 1 KiB/s or faster once the command's own time is used up.
    private static final long NANOS_PER_OCTET = 1_000_000;
    private static final Duration SENDING = Duration.ofMinutes(2);
    // Once a line has begun, its end must follow soon; RFC 5321 4.5.3.2 grants 3 minutes for a block of a body.
    private static final Duration REST_OF_LINE = Duration.ofMinutes(1);
    private static final Duration BLOCK = Duration.ofMinutes(3);

    private final RawSocket raw;
    private final Deadline deadline;
    private final Outbox outbox;
    private InputStream input;
    private @Nullable SSLSocket tls;
    private Duration command;
    private byte[] in = new byte[SMALL];
    private int position;
    private int end;
    private int busy;
    private volatile boolean waiting;
    private volatile boolean draining;
    private Runnable whenKnown = () -> {};
    // Within a mail or a literal: no pause, so that a drain lets it be completed.
    private boolean amid;

    Connection(Socket socket, Limits limits) throws IOException {
        socket.setTcpNoDelay(true);
        deadline = new Deadline(limits.session());
        raw = new RawSocket(socket, deadline);
        command = limits.command();
        input = raw.getInputStream();
        outbox = new Outbox(raw.getOutputStream(), this::cut);
    }

    /**
     * Connects to another host. Throws PeerGone with the reason, fit for a delivery report, when that fails.
     *
     * @param from the local address to call from; null for any
     */
    public static Connection dial(InetSocketAddress to, @Nullable InetAddress from, Duration patience, Limits limits) {
        var socket = new Socket();
        try {
            if (from != null) {
                socket.bind(new InetSocketAddress(from, 0));
            }
            socket.connect(to, Math.toIntExact(patience.toMillis()));
            return new Connection(socket, limits);
        } catch (IOException failure) {
            quietly(socket::close);
            throw new PeerGone(to.getHostString() + ":" + to.getPort() + ": " + failure.getMessage());
        }
    }

    /** Gives the peer so long to become known; {@code entry} is called when it does. */
    void stranger(Duration patience, Runnable entry) {
        long end = deadline.shorten(patience);
        whenKnown = () -> {
            deadline.restore(end);
            entry.run();
        };
    }

    /**
     * From now on the peer counts as known, see {@link Limits.Strangers}; called again it does nothing. Throws PeerGone,
     * after the refusal was sent, when there is no place for it.
     */
    public void known() {
        Runnable entry = whenKnown;
        whenKnown = () -> {};
        entry.run();
    }

    /** The other end. */
    public InetAddress peer() {
        return raw.getInetAddress();
    }

    /** This end. */
    public InetSocketAddress local() {
        return new InetSocketAddress(raw.getLocalAddress(), raw.getLocalPort());
    }

    /** Whether TLS is spoken. */
    public boolean secure() {
        return tls != null;
    }

    /** TLS version and cipher suite; empty without TLS. */
    public Optional<String> cipher() {
        return Optional.ofNullable(tls)
                .map(socket -> socket.getSession().getProtocol() + " "
                        + socket.getSession().getCipherSuite());
    }

    /** The version of TLS; empty without TLS. */
    public Optional<String> protocol() {
        return Optional.ofNullable(tls).map(socket -> socket.getSession().getProtocol());
    }

    /** The certificate the other end has shown; empty when it has shown none. */
    public Optional<X509Certificate> certificate() {
        return certificates().stream().findFirst();
    }

    /** All the certificates the other end has shown, its own first; empty when it has shown none. */
    public List<X509Certificate> certificates() {
        return Optional.ofNullable(tls).map(Connection::shown).orElse(List.of());
    }

    private static List<X509Certificate> shown(SSLSocket socket) {
        try {
            return Stream.of(socket.getSession().getPeerCertificates())
                    .filter(X509Certificate.class::isInstance)
                    .map(X509Certificate.class::cast)
                    .toList();
        } catch (SSLPeerUnverifiedException none) {
            return List.of();
        }
    }

    /** From now on the rest of the session may take so long, whatever was granted before. */
    public void within(Duration whole) {
        deadline.end(whole);
    }

    /** From now on each whole command may take so long. */
    public void patience(Duration perCommand) {
        command = perCommand;
    }

    /**
     * The next line without its CRLF, read as UTF-8.
     *
     * @param limit how many octets it may have, CRLF not counted; above it LineTooLong, and the line is gone
     */
    public String line(int limit) {
        deadline.in(command);
        if (position == end) {
            if (in.length > SMALL) {
                in = new byte[SMALL];
            }
            fill(1);
            deadline.in(shorter(REST_OF_LINE));
        }
        int seen = 0;
        while (true) {
            int at = lineEnd(position + seen);
            if (at >= 0) {
                return take(at, limit);
            }
            if (end - position > limit + 1) {
                skipLine();
                throw new LineTooLong(limit);
            }
            seen = Math.max(0, end - position - 1);
            fill(1);
        }
    }

    private int lineEnd(int from) {
        for (int i = from; i < end - 1; i++) {
            if (in[i] == '\r' && in[i + 1] == '\n') {
                return i;
            }
        }
        return -1;
    }

    private String take(int at, int limit) {
        int start = position;
        position = at + 2;
        if (at - start > limit) {
            throw new LineTooLong(limit);
        }
        return new String(in, start, at - start, StandardCharsets.UTF_8);
    }

    private void skipLine() {
        for (int skipped = 0; skipped < ENDLESS; ) {
            int at = lineEnd(position);
            if (at >= 0) {
                position = at + 2;
                return;
            }
            skipped += end - 1 - position;
            position = end - 1;
            fill(1);
        }
        throw new PeerGone("a line without end");
    }

    /** Exactly so many octets, as a literal announces them. The array grows as they come, not as they are promised. */
    public byte[] octets(int count) {
        deadline.in(shorter(BLOCK));
        amid = true;
        try {
            return block(count);
        } finally {
            amid = false;
        }
    }

    /** Hands over exactly so many octets, portion by portion, as they come. */
    public void octets(long count, Portion taker) {
        deadline.in(shorter(BLOCK));
        amid = true;
        try {
            for (long left = count; left > 0; ) {
                if (position == end) {
                    fill((int) Math.min(left, LARGE));
                }
                int some = (int) Math.min(left, end - position);
                taker.take(in, position, some);
                position += some;
                left -= some;
            }
        } finally {
            amid = false;
        }
    }

    /** Takes octets that come. */
    @FunctionalInterface
    public interface Portion {

        /** Takes some octets of an array, which is used again afterwards. */
        void take(byte[] octets, int from, int count);
    }

    private byte[] block(int count) {
        var octets = new byte[Math.min(count, LARGE)];
        for (int have = 0; have < count; ) {
            if (position == end) {
                fill(Math.min(count - have, LARGE));
            }
            int some = Math.min(count - have, end - position);
            if (have + some > octets.length) {
                octets = Arrays.copyOf(octets, Math.min(count, Math.max(have + some, octets.length * 2)));
            }
            System.arraycopy(in, position, octets, have, some);
            position += some;
            have += some;
        }
        return octets;
    }

    /**
     * Hands over what comes, portion by portion, until the taker answers true. What it leaves in the last buffer stays
     * for the next command; from all others it must take everything.
     */
    public void octetsUntil(Predicate<ByteBuffer> taker) {
        deadline.in(shorter(BLOCK));
        amid = true;
        try {
            blocksUntil(taker);
        } finally {
            amid = false;
        }
    }

    private void blocksUntil(Predicate<ByteBuffer> taker) {
        while (true) {
            if (position == end) {
                fill(LARGE);
            }
            var portion = ByteBuffer.wrap(in, position, end - position);
            boolean enough = taker.test(portion);
            position = portion.position();
            if (enough) {
                return;
            }
        }
    }

    /**
     * Whether the peer has ended its side of the connection, which it may also do while it still reads. Not known as long as
     * much of what it sent has not been read. Waits a millisecond at most; throws PeerGone when the connection is broken.
     */
    public boolean isInputOver() {
        try {
            return raw.isOver();
        } catch (IOException broken) {
            throw failure(broken);
        }
    }

    /** Whether input is there, or comes within {@code wait}. */
    public boolean idle(Duration wait) {
        flush();
        if (position < end) {
            return true;
        }
        deadline.in(wait);
        waiting = true;
        try {
            if (draining) {
                throw new Draining();
            }
            boolean some = (tls != null && input.available() > 0) || raw.waits(deadline.leftMillis());
            if (draining) {
                throw new Draining();
            }
            return some;
        } catch (IOException broken) {
            throw failure(broken);
        } finally {
            waiting = false;
        }
    }

    /** Adds text, as UTF-8, to what is to be sent; CRLF is the caller's. */
    public Connection send(String text) {
        return send(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Adds octets to what is to be sent. */
    public Connection send(byte[] octets) {
        return send(octets, 0, octets.length);
    }

    /** Adds some of these octets to what is to be sent. */
    public Connection send(byte[] octets, int offset, int length) {
        try {
            outbox.add(octets, offset, length);
            giveWay(length);
        } catch (IOException broken) {
            throw failure(broken);
        }
        return this;
    }

    /** Sends what waits. */
    public void flush() {
        try {
            outbox.flush();
        } catch (IOException broken) {
            throw failure(broken);
        }
    }

    /** Speaks TLS from here on, as the server. Whatever was read before is forgotten (RFC 3207 4.2). */
    public void startTls(SSLContext context) {
        startTls(context, peer().getHostAddress(), false);
    }

    /** Speaks TLS from here on, as the client of the host of this name. Whatever was read before is forgotten. */
    public void startTls(SSLContext context, String host) {
        startTls(context, host, true);
    }

    private void startTls(SSLContext context, String host, boolean client) {
        flush();
        position = end = 0;
        raw.forget();
        deadline.in(shorter(SENDING));
        try {
            SSLSocketFactory factory = context.getSocketFactory();
            var socket = (SSLSocket) factory.createSocket(raw, host, raw.getPort(), true);
            socket.setUseClientMode(client);
            socket.startHandshake();
            tls = socket;
            input = socket.getInputStream();
            OutputStream output = socket.getOutputStream();
            outbox.through(output);
        } catch (IOException broken) {
            throw failure(broken);
        }
    }

    private Duration shorter(Duration other) {
        return command.compareTo(other) < 0 ? command : other;
    }

    /** Reads at least one octet more, into a buffer with room for {@code wanted}. */
    private void fill(int wanted) {
        flush();
        makeRoom(wanted);
        waiting = position == end && !amid;
        try {
            if (draining && waiting) {
                throw new Draining();
            }
            int some = input.read(in, end, in.length - end);
            if (some < 0) {
                throw draining && waiting ? new Draining() : new PeerGone("closed by the peer");
            }
            end += some;
            giveWay(some);
            deadline.later(some * NANOS_PER_OCTET);
        } catch (IOException broken) {
            throw draining && waiting ? new Draining() : failure(broken);
        } finally {
            waiting = false;
        }
    }

    // A peer on the same host can send as fast as it is read: a virtual thread would keep its carrier until it is done.
    @SuppressWarnings("ThreadPriorityCheck") // costs speed where it has no effect, nothing else
    private void giveWay(int octets) {
        busy += octets;
        if (busy > LONG) {
            busy = 0;
            Thread.yield();
        }
    }

    private void makeRoom(int wanted) {
        if (position == end) {
            position = end = 0;
        } else if (position > 0 && in.length - end < wanted) {
            System.arraycopy(in, position, in, 0, end - position);
            end -= position;
            position = 0;
        }
        if (in.length - end < wanted) {
            in = Arrays.copyOf(in, Math.max(in.length * 2, end + wanted));
        }
    }

    private WireException failure(IOException broken) {
        if (outbox.late() || deadline.passed() || broken instanceof SocketTimeoutException) {
            return new DeadlinePassed("too slow");
        }
        return new PeerGone(String.valueOf(broken.getMessage()));
    }

    /** Asks the session to end at its next pause between commands; one that waits for a command is woken. */
    void drain() {
        draining = true;
        if (waiting) {
            quietly(raw::shutdownInput);
        }
    }

    /** Breaks the connection off from outside. */
    void cut() {
        quietly(raw::close);
    }

    @Override
    public void close() {
        quietly(this::farewell);
        outbox.close();
        quietly(raw::close);
    }

    /** Sends what waits, and takes what the peer has sent meanwhile: unread input would reset our last words away. */
    private void farewell() throws IOException {
        if (raw.isClosed()) {
            return;
        }
        outbox.flush();
        if (tls != null) {
            tls.close();
        } else if (position < end || input.available() > 0) {
            raw.shutdownOutput();
            deadline.in(Duration.ofSeconds(1));
            for (int taken = 0, some = 0; taken < ENDLESS && some >= 0; taken += some) {
                some = input.read(in, 0, in.length);
            }
        }
    }

    private interface Step {
        void run() throws IOException;
    }

    private static void quietly(Step step) {
        try {
            step.run();
        } catch (IOException | WireException ignored) {
            // The connection is being given up: what goes wrong now changes nothing.
        }
    }
}
