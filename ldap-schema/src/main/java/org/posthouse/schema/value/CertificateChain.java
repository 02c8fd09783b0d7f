package org.posthouse.schema.value;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A server certificate with the certificates that vouch for it, its own first (RFC 8446 4.4.2).
 *
 * <p>Its text is each certificate in DER and Base64, separated by blanks: PEM without its lines.
 */
public record CertificateChain(List<X509Certificate> certificates) {

    // RFC 5280 4.2.1.6: dNSName and iPAddress, as X509Certificate numbers them.
    private static final Set<Object> SERVER_NAMES = Set.of(2, 7);

    /** Takes a copy. Throws IllegalArgumentException when there is none. */
    public CertificateChain {
        certificates = List.copyOf(certificates);
        if (certificates.isEmpty()) {
            throw new IllegalArgumentException("holds no certificate");
        }
    }

    /** Reads the text form. Throws IllegalArgumentException, in words for the reader. */
    public static CertificateChain of(String text) {
        var read = new ArrayList<X509Certificate>();
        for (String each : text.strip().split(" +")) {
            read.add(certificate(each));
        }
        return new CertificateChain(read);
    }

    private static X509Certificate certificate(String base64) {
        try {
            byte[] der = Base64.getDecoder().decode(base64);
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
        } catch (CertificateException | IllegalArgumentException malformed) {
            throw new IllegalArgumentException("is not a chain of certificates in DER and Base64", malformed);
        }
    }

    /** The server's own certificate. */
    public X509Certificate own() {
        return certificates.getFirst();
    }

    /** The host names and IP addresses that the server's certificate is valid for (RFC 5280 4.2.1.6). */
    public List<String> names() {
        try {
            return Optional.ofNullable(own().getSubjectAlternativeNames()).stream()
                    .flatMap(Collection::stream)
                    .filter(name -> SERVER_NAMES.contains(name.getFirst()))
                    .map(name -> String.valueOf(name.get(1)))
                    .toList();
        } catch (CertificateParsingException unreadable) {
            return List.of();
        }
    }

    /** Whether one of its names is this host, in ASCII form, or covers it by a wildcard (RFC 9525 6.3). */
    public boolean covers(String host) {
        return covers(names(), host);
    }

    static boolean covers(List<String> names, String host) {
        String wanted = host.toLowerCase(Locale.ROOT);
        int dot = wanted.indexOf('.');
        String wildcard = dot < 0 ? "" : "*" + wanted.substring(dot);
        return names.stream()
                .map(name -> name.toLowerCase(Locale.ROOT))
                .anyMatch(name -> name.equals(wanted) || name.equals(wildcard));
    }

    /** As PEM, RFC 7468 5. */
    public String pem() {
        var lines = Base64.getMimeEncoder(64, new byte[] {'\n'});
        return certificates.stream()
                .map(each -> "-----BEGIN CERTIFICATE-----\n" + lines.encodeToString(encoded(each))
                        + "\n-----END CERTIFICATE-----\n")
                .collect(Collectors.joining());
    }

    /** Whether nobody but itself vouches for the server's certificate. */
    public boolean isSelfSigned() {
        try {
            own().verify(own().getPublicKey());
            return true;
        } catch (GeneralSecurityException signedByAnother) {
            return false;
        }
    }

    @Override
    public String toString() {
        return certificates.stream()
                .map(each -> Base64.getEncoder().encodeToString(encoded(each)))
                .collect(Collectors.joining(" "));
    }

    private static byte[] encoded(X509Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (CertificateEncodingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
