package org.posthouse.mailcore.smtp;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/** The other end of a dialogue, in octets, with no manners of its own. */
final class Peer implements AutoCloseable {

    private Socket socket;
    private InputStream in;
    private OutputStream out;

    Peer(InetSocketAddress at) {
        try {
            socket = new Socket(at.getAddress(), at.getPort());
            socket.setSoTimeout(60_000);
            socket.setTcpNoDelay(true);
            in = new BufferedInputStream(socket.getInputStream());
            out = socket.getOutputStream();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    Peer raw(String octets) {
        return raw(octets.getBytes(StandardCharsets.UTF_8));
    }

    Peer raw(byte[] octets) {
        try {
            out.write(octets);
            out.flush();
            return this;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    Peer say(String line) {
        return raw(line + "\r\n");
    }

    /** One line without CRLF; "" and "(closed)" at the end of the connection. */
    String line() {
        var line = new ByteArrayOutputStream();
        try {
            for (int octet = in.read(); octet != '\n'; octet = in.read()) {
                if (octet < 0) {
                    return line.size() == 0 ? "(closed)" : line + "(closed)";
                }
                line.write(octet);
            }
        } catch (SocketException reset) {
            return "(closed)";
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        String text = line.toString(StandardCharsets.UTF_8);
        return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text + "(bare LF)";
    }

    /** The last line of a whole reply. */
    String reply() {
        String line = line();
        while (line.length() > 3 && line.charAt(3) == '-') {
            line = line();
        }
        return line;
    }

    /** Says one command and hears its reply. */
    String ask(String command) {
        return say(command).reply();
    }

    Peer tls() {
        try {
            var context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new Trusting()}, null);
            var secure = (SSLSocket) context.getSocketFactory().createSocket(socket, "mail.example.com", 25, true);
            secure.startHandshake();
            socket = secure;
            in = new BufferedInputStream(secure.getInputStream());
            out = secure.getOutputStream();
            return this;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static final class Trusting implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException ignored) {
            // It is closed enough for a test.
        }
    }
}
