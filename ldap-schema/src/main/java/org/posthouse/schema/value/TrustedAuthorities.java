package org.posthouse.schema.value;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * Certificates of authorities that somebody trusts beyond those every Java trusts; in text as PEM (RFC 7468 5).
 *
 * @param certificates at least one
 */
public record TrustedAuthorities(List<X509Certificate> certificates) {

    /** Takes a copy. Throws IllegalArgumentException when there is none. */
    public TrustedAuthorities {
        certificates = List.copyOf(certificates);
        if (certificates.isEmpty()) {
            throw new IllegalArgumentException("holds no certificate");
        }
    }

    /** Reads PEM. Throws IllegalArgumentException, in words for the reader. */
    public static TrustedAuthorities of(String text) {
        if (!text.contains("-----BEGIN CERTIFICATE-----")) {
            throw new IllegalArgumentException("is not PEM: it has no line \"-----BEGIN CERTIFICATE-----\"");
        }
        try {
            var factory = CertificateFactory.getInstance("X.509");
            return new TrustedAuthorities(
                    factory.generateCertificates(new ByteArrayInputStream(text.getBytes(US_ASCII))).stream()
                            .map(X509Certificate.class::cast)
                            .toList());
        } catch (CertificateException malformed) {
            throw new IllegalArgumentException("holds a certificate that cannot be read", malformed);
        }
    }

    @Override
    public String toString() {
        return new CertificateChain(certificates).pem().strip();
    }
}
