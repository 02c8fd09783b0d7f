package org.posthouse.mailcore.wire;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.posthouse.schema.value.AddressText;
import org.posthouse.schema.value.CertificateChain;

/** What ports of our own show to whoever connects: heard over real sessions. */
public final class Proof {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Limits LIMITS = new Limits(1, 1, PATIENCE, PATIENCE);
    private static final int LONGEST = 1024;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'").withZone(ZoneOffset.UTC);

    private Proof() {}

    /**
     * The first line said at the plain port; where there is a TLS port, also what it shows there: the version of TLS, and
     * whose certificate until when. Throws WireException when a port does not answer.
     */
    public static String of(InetSocketAddress plain, Optional<InetSocketAddress> tls) {
        String line = greeting(plain);
        return tls.map(at -> line + " · " + shown(at)).orElse(line);
    }

    /** The first line said at a port, after the address. Throws WireException when the port does not answer. */
    public static String at(InetSocketAddress at) {
        String host = AddressText.of(at.getAddress());
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + at.getPort() + "  " + greeting(at);
    }

    /** What the port with TLS shows, after its address. Throws WireException when it does not answer. */
    public static String tls(InetSocketAddress at) {
        return "Port " + at.getPort() + "  " + shown(at);
    }

    /**
     * What a server answers to the last of these commands, line by line. Throws WireException when it does not answer.
     *
     * @param at its plain port
     * @param commands what is sent, each after the whole answer to the one before
     * @param isLast whether a line is the last of an answer
     */
    public static List<String> answer(InetSocketAddress at, List<String> commands, Predicate<String> isLast) {
        var answer = new ArrayList<String>();
        try (var connection = dial(at)) {
            connection.line(LONGEST);
            for (String command : commands) {
                answer.clear();
                connection.send(command + "\r\n");
                do {
                    answer.add(connection.line(LONGEST));
                } while (!isLast.test(answer.getLast()));
            }
        }
        return List.copyOf(answer);
    }

    /** The greeting of a plain port. Throws WireException when it does not answer. */
    public static String greeting(InetSocketAddress at) {
        try (var connection = dial(at)) {
            return connection.line(LONGEST);
        }
    }

    private static String shown(InetSocketAddress at) {
        try (var connection = dial(at)) {
            connection.startTls(AnyCertificate.taken(), "localhost");
            connection.line(LONGEST);
            return connection.protocol().orElse("no TLS")
                    + connection.certificate().map(Proof::words).orElse("");
        }
    }

    private static String words(X509Certificate certificate) {
        var names = new CertificateChain(List.of(certificate)).names();
        String whose = names.isEmpty() ? certificate.getSubjectX500Principal().getName() : String.join(", ", names);
        return ", certificate of " + whose + " until "
                + TIME.format(certificate.getNotAfter().toInstant());
    }

    private static Connection dial(InetSocketAddress at) {
        InetAddress address = at.getAddress().isAnyLocalAddress() ? InetAddress.getLoopbackAddress() : at.getAddress();
        return Connection.dial(new InetSocketAddress(address, at.getPort()), null, PATIENCE, LIMITS);
    }
}
