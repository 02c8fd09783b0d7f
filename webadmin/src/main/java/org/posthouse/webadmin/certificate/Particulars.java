package org.posthouse.webadmin.certificate;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECKey;
import java.security.interfaces.RSAKey;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.posthouse.schema.value.CertificateChain;

/**
 * What a person wants to know of a certificate.
 *
 * @param subject whose it is, such as CN=example.com
 * @param names the host names it is good for
 * @param issuer who vouches for it
 * @param selfSigned whether that is nobody but itself
 * @param from since when it is valid
 * @param until until when
 * @param daysLeft whole days from now until then; negative when it has expired
 * @param key its kind of key and the size, such as "RSA 3072"
 * @param fingerprint SHA-256 of the certificate, in pairs of hexadecimal digits
 */
public record Particulars(
        String subject,
        List<String> names,
        String issuer,
        boolean selfSigned,
        Instant from,
        Instant until,
        long daysLeft,
        String key,
        String fingerprint) {

    private static final int SOON = 30;

    /** Of the server's own certificate in a chain, as seen now. */
    public static Particulars of(CertificateChain chain, Instant now) {
        X509Certificate own = chain.own();
        Instant until = own.getNotAfter().toInstant();
        return new Particulars(
                own.getSubjectX500Principal().getName(),
                chain.names(),
                own.getIssuerX500Principal().getName(),
                chain.isSelfSigned(),
                own.getNotBefore().toInstant(),
                until,
                Math.floorDiv(
                        Duration.between(now, until).toSeconds(),
                        Duration.ofDays(1).toSeconds()),
                key(own.getPublicKey()),
                fingerprint(own));
    }

    /** "good", "warn" within its last thirty days, or "bad" once it has expired. */
    public String tone() {
        if (daysLeft < 0) {
            return "bad";
        }
        return daysLeft < SOON ? "warn" : "good";
    }

    private static String key(PublicKey key) {
        return switch (key) {
            case RSAKey rsa -> "RSA " + rsa.getModulus().bitLength();
            case ECKey ec -> "EC " + ec.getParams().getCurve().getField().getFieldSize();
            default -> key.getAlgorithm();
        };
    }

    private static String fingerprint(X509Certificate certificate) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
            return HexFormat.ofDelimiter(":").formatHex(digest).toUpperCase(Locale.ROOT);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
