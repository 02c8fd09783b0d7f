package org.posthouse.e2e.world;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Stands between clients and a server on this machine, and takes the server away in several ways. */
public final class Gateway implements AutoCloseable {

    /** What becomes of what is sent. */
    public enum Mode {
        /** It arrives. */
        OPEN,
        /** Connections are refused, and open ones are cut. */
        REFUSING,
        /** Connections are accepted, and nothing is ever answered. */
        SILENT,
        /** Each answer takes three seconds. */
        SLOW,
        /** Connections are accepted, and cut in the middle of the first answer. */
        CUTTING
    }

    private static final Duration DELAY = Duration.ofSeconds(3);

    private final int target;
    private final int port;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private volatile Mode mode = Mode.OPEN;
    private volatile @Nullable ServerSocket listener;

    /** To a port of the loopback address. */
    public Gateway(int target) {
        this.target = target;
        this.port = listen(0);
    }

    /** Where it listens. */
    public int port() {
        return port;
    }

    /** Changes what becomes of everything from now on. */
    public void be(Mode next) {
        Mode before = mode;
        mode = next;
        if (next == Mode.REFUSING) {
            stopListening();
            cut();
        } else if (before == Mode.REFUSING) {
            listen(port);
        }
    }

    private int listen(int at) {
        try {
            var socket = new ServerSocket();
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), at));
            listener = socket;
            Thread.ofVirtual().name("gateway").start(() -> accept(socket));
            return socket.getLocalPort();
        } catch (IOException taken) {
            throw new UncheckedIOException(taken);
        }
    }

    private void accept(ServerSocket socket) {
        while (!socket.isClosed()) {
            try {
                connect(socket.accept());
            } catch (IOException closed) {
                LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
            }
        }
    }

    private void connect(Socket client) throws IOException {
        var server = new Socket(InetAddress.getLoopbackAddress(), target);
        sockets.add(client);
        sockets.add(server);
        Thread.ofVirtual().start(() -> pass(client, server, false));
        Thread.ofVirtual().start(() -> pass(server, client, true));
    }

    private void pass(Socket from, Socket to, boolean answers) {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            var octets = new byte[65_536];
            for (int read = in.read(octets); read >= 0; read = in.read(octets)) {
                Mode now = mode;
                if (answers && now == Mode.SLOW) {
                    LockSupport.parkNanos(DELAY.toNanos());
                }
                if (answers && now == Mode.CUTTING) {
                    out.write(octets, 0, read / 2);
                    return;
                }
                if (now != Mode.SILENT) {
                    out.write(octets, 0, read);
                }
            }
        } catch (IOException cut) {
            return;
        } finally {
            sockets.remove(from);
            sockets.remove(to);
        }
    }

    private void stopListening() {
        ServerSocket open = listener;
        if (open != null) {
            close(open);
        }
    }

    private void cut() {
        sockets.forEach(Gateway::close);
    }

    private static void close(AutoCloseable socket) {
        try {
            socket.close();
        } catch (Exception gone) {
            throw new IllegalStateException(gone);
        }
    }

    @Override
    public void close() {
        stopListening();
        cut();
    }
}
