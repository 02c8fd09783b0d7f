package org.posthouse.schema.directory;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Stands between a client and a server, and makes the server unreachable, silent, or slow. */
final class Gateway implements AutoCloseable {

    /** What becomes of what is sent. */
    enum Mode {
        /** It arrives. */
        OPEN,
        /** Connections are accepted and nothing is ever answered. */
        SILENT,
        /** Each answer takes two seconds. */
        SLOW
    }

    private final int target;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private volatile Mode mode = Mode.OPEN;
    private volatile @Nullable ServerSocket listener;
    private final int port;

    Gateway(int target) throws IOException {
        this.target = target;
        var socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        this.port = socket.getLocalPort();
        serve(socket);
    }

    int port() {
        return port;
    }

    void be(Mode other) {
        mode = other;
    }

    /** Refuses connections, and cuts those that are open. */
    void refuse() throws IOException {
        ServerSocket open = listener;
        if (open != null) {
            open.close();
        }
        cut();
    }

    /** Accepts connections again. */
    void accept() throws IOException {
        var socket = new ServerSocket();
        socket.setReuseAddress(true);
        socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        serve(socket);
    }

    private void serve(ServerSocket socket) {
        listener = socket;
        Thread.ofVirtual().start(() -> {
            while (!socket.isClosed()) {
                try {
                    connect(socket.accept());
                } catch (IOException closed) {
                    return;
                }
            }
        });
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
                if (answers && mode == Mode.SLOW) {
                    LockSupport.parkNanos(Duration.ofSeconds(2).toNanos());
                }
                if (mode != Mode.SILENT) {
                    out.write(octets, 0, read);
                }
            }
        } catch (IOException cut) {
            sockets.remove(from);
            sockets.remove(to);
        }
    }

    private void cut() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
        sockets.clear();
    }

    @Override
    public void close() throws IOException {
        refuse();
    }
}
