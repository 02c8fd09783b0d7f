package org.posthouse.mailcore.wire;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
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

    private static String greeting(InetSocketAddress at) {
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
