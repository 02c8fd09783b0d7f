package org.posthouse.e2e.world;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** Another mail host: takes every mail and remembers what was said to it. */
public final class Sink implements AutoCloseable {

    private final ServerSocket socket;
    private final Set<String> callers = ConcurrentHashMap.newKeySet();
    private final List<String> heard = new CopyOnWriteArrayList<>();

    private final Optional<SSLContext> tls;

    /** Listens on a free port of loopback. */
    public Sink() throws IOException {
        this(Optional.empty());
    }

    /** The same, offering TLS. */
    public Sink(SSLContext tls) throws IOException {
        this(Optional.of(tls));
    }

    private Sink(Optional<SSLContext> tls) throws IOException {
        this.tls = tls;
        this.socket = new ServerSocket(0, 20, InetAddress.ofLiteral("127.0.0.1"));
        Thread.ofVirtual().start(this::accept);
    }

    /** Where. */
    public int port() {
        return socket.getLocalPort();
    }

    /** Every line that came, commands and mail alike. */
    public List<String> heard() {
        return List.copyOf(heard);
    }

    /** The addresses that called. */
    public Set<String> callers() {
        return Set.copyOf(callers);
    }

    private void accept() {
        try {
            while (!socket.isClosed()) {
                Socket peer = socket.accept();
                callers.add(peer.getInetAddress().getHostAddress());
                Thread.ofVirtual().start(() -> talk(peer));
            }
        } catch (IOException closed) {
            heard.add("(closed)");
        }
    }

    private void talk(Socket peer) {
        try {
            say(peer, "220 sink.example ESMTP");
            listen(peer);
        } catch (IOException gone) {
            heard.add("(gone)");
        }
    }

    private void listen(Socket peer) throws IOException {
        try (peer;
                var in =
                        new BufferedReader(new InputStreamReader(peer.getInputStream(), StandardCharsets.ISO_8859_1))) {
            boolean data = false;
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                heard.add(line);
                if (data) {
                    data = !line.equals(".");
                    if (!data) {
                        say(peer, "250 2.0.0 taken");
                    }
                } else {
                    data = line.equalsIgnoreCase("DATA");
                    say(peer, answer(line));
                    if (line.equals("STARTTLS") && tls.isPresent()) {
                        listen(secured(peer, tls.get()));
                        return;
                    }
                }
            }
        }
    }

    private static Socket secured(Socket peer, SSLContext tls) throws IOException {
        var socket = (SSLSocket) tls.getSocketFactory().createSocket(peer, "sink", peer.getPort(), true);
        socket.setUseClientMode(false);
        return socket;
    }

    private String answer(String line) {
        String verb = line.toUpperCase(java.util.Locale.ROOT);
        if (verb.startsWith("EHLO")) {
            return "250-sink.example\r\n250-ETRN\r\n" + (tls.isPresent() ? "250-STARTTLS\r\n" : "") + "250 8BITMIME";
        }
        return verb.equals("DATA") ? "354 go on" : verb.equals("QUIT") ? "221 bye" : "250 2.0.0 ok";
    }

    private static void say(Socket peer, String line) throws IOException {
        peer.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
        peer.getOutputStream().flush();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
