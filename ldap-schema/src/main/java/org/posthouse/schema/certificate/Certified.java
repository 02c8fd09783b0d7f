package org.posthouse.schema.certificate;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import org.posthouse.schema.value.CertificateChain;

/**
 * A certificate with its private key, proven to belong together.
 *
 * @param chain the certificate and those that vouch for it
 * @param key the private key
 */
public record Certified(CertificateChain chain, PrivateKey key) {

    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'").withZone(ZoneOffset.UTC);

    /** Takes them. Throws {@link NotUsable} when the key is not the certificate's. */
    public Certified {
        if (!fit(chain.own().getPublicKey(), key)) {
            throw new NotUsable("The private key does not belong to the certificate of "
                    + chain.own().getSubjectX500Principal().getName() + ".");
        }
    }

    /** Itself, when it can be used now. Throws {@link NotUsable} when it has expired or is not yet valid. */
    public Certified valid(Instant now) {
        X509Certificate own = chain.own();
        if (own.getNotAfter().toInstant().isBefore(now)) {
            throw new NotUsable(
                    "The certificate expired on " + DAY.format(own.getNotAfter().toInstant()) + ".");
        }
        if (own.getNotBefore().toInstant().isAfter(now)) {
            throw new NotUsable("The certificate is not valid before "
                    + DAY.format(own.getNotBefore().toInstant()) + ".");
        }
        return this;
    }

    /** The private key as PEM, RFC 7468 10. */
    public String keyPem() {
        return "-----BEGIN PRIVATE KEY-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key.getEncoded())
                + "\n-----END PRIVATE KEY-----\n";
    }

    // What one half signs, the other can check: holds for every kind of key.
    static boolean fit(PublicKey half, PrivateKey other) {
        try {
            byte[] sample = "posthouse".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
            var signing = Signature.getInstance(algorithm(half));
            signing.initSign(other);
            signing.update(sample);
            byte[] signed = signing.sign();
            signing.initVerify(half);
            signing.update(sample);
            return signing.verify(signed);
        } catch (GeneralSecurityException ofAnotherKind) {
            return false;
        }
    }

    /** The signature algorithm that goes with a key. Throws {@link NotUsable} for a kind of key TLS does not use. */
    static String algorithm(PublicKey key) {
        return switch (key.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            case "EdDSA" -> "EdDSA";
            default ->
                throw new NotUsable(
                        "A key of type " + key.getAlgorithm() + " cannot be used for TLS. Use RSA, EC, or Ed25519.");
        };
    }
}
