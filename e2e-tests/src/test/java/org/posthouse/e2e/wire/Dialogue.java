package org.posthouse.e2e.wire;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** A raw conversation with a server, line by line, as a person with telnet would have it. */
public final class Dialogue implements AutoCloseable {

    // Only a server that hangs takes so long, whatever else the machine does.
    private static final int CONNECT_MILLIS = 20_000;
    private static final int READ_MILLIS = 30_000;

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;

    private Dialogue(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new BufferedInputStream(socket.getInputStream());
        this.out = socket.getOutputStream();
    }

    /** Connects; nothing is read yet. */
    public static Dialogue with(String host, int port) throws IOException {
        var socket = new Socket();
        socket.connect(new InetSocketAddress(host, port), CONNECT_MILLIS);
        socket.setSoTimeout(READ_MILLIS);
        socket.setTcpNoDelay(true);
        return new Dialogue(socket);
    }

    /** The first line a server says when one connects. */
    public static String greeting(String host, int port) throws IOException {
        try (Dialogue dialogue = with(host, port)) {
            return dialogue.line();
        }
    }

    /** Whether somebody is there whose first line begins like this. */
    public static boolean greets(String host, int port, String beginning) {
        try {
            return greeting(host, port).startsWith(beginning);
        } catch (IOException nobody) {
            return false;
        }
    }

    /** Whom the certificate of a port names that begins with TLS; any certificate will do. */
    public static String certificate(String host, int port) throws IOException {
        try (var socket = (SSLSocket) anyServer().getSocketFactory().createSocket()) {
            socket.connect(new InetSocketAddress(host, port), CONNECT_MILLIS);
            socket.setSoTimeout(READ_MILLIS);
            return socket.getSession().getPeerPrincipal().getName();
        }
    }

    private static SSLContext anyServer() throws IOException {
        try {
            SSLContext tls = SSLContext.getInstance("TLS");
            tls.init(null, new TrustManager[] {new Trusting()}, null);
            return tls;
        } catch (GeneralSecurityException impossible) {
            throw new IOException(impossible);
        }
    }

    private static final class Trusting extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, @Nullable Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, @Nullable Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, @Nullable SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, @Nullable SSLEngine engine) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }

    /** How long a read waits. */
    public void patience(Duration wait) throws IOException {
        socket.setSoTimeout((int) wait.toMillis());
    }

    /** The next line without its CRLF. */
    public String line() throws IOException {
        var line = new ByteArrayOutputStream();
        for (int octet = in.read(); octet != '\n'; octet = in.read()) {
            if (octet < 0) {
                throw new IOException("the peer closed the connection after: " + line.toString(StandardCharsets.UTF_8));
            }
            line.write(octet);
        }
        return line.toString(StandardCharsets.UTF_8).stripTrailing();
    }

    /** This many octets as they come. */
    public byte[] octets(int count) throws IOException {
        return in.readNBytes(count);
    }

    /** Says a line. */
    public Dialogue say(String line) throws IOException {
        out.write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
        return this;
    }

    /** Sends octets as they are. */
    public Dialogue send(byte[] octets) throws IOException {
        out.write(octets);
        out.flush();
        return this;
    }

    /** Says a line and reads an SMTP reply, its last line returned. RFC 5321 4.2. */
    public String smtp(String line) throws IOException {
        say(line);
        return reply();
    }

    /** Reads one SMTP reply, however many lines; returns the last. */
    public String reply() throws IOException {
        String line = line();
        while (line.length() > 3 && line.charAt(3) == '-') {
            line = line();
        }
        return line;
    }

    /** Says an IMAP command and returns everything up to and with its tagged answer. RFC 3501 2.2. */
    public List<String> imap(String tag, String command) throws IOException {
        say(tag + " " + command);
        var lines = new ArrayList<String>();
        do {
            lines.add(line());
        } while (!lines.getLast().startsWith(tag + " "));
        return lines;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
