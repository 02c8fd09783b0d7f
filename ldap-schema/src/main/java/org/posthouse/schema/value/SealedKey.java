package org.posthouse.schema.value;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.util.Base64;
import java.util.regex.Pattern;

/**
 * A private key that only holders of the system secret can open. In clear it names the public key it belongs to, so that
 * anyone can see whether it fits a certificate.
 *
 * @param publicKey SHA-256 of the public key's SubjectPublicKeyInfo (RFC 5280 4.1), in Base64
 * @param sealed the nonce and the sealed PKCS#8 form, in Base64
 */
public record SealedKey(String publicKey, String sealed) {

    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9+/=]{44}:[A-Za-z0-9+/=]{40,20000}");

    /** Reads the text form: both parts, with a colon between. Throws IllegalArgumentException. */
    public static SealedKey of(String text) {
        if (!FORM.matcher(text.strip()).matches()) {
            throw new IllegalArgumentException("is not a sealed private key; install certificate and key together");
        }
        String[] parts = text.strip().split(":", 2);
        return new SealedKey(parts[0], parts[1]);
    }

    /** Whether it is the private half of this public key. */
    public boolean fits(PublicKey key) {
        return publicKey.equals(digest(key));
    }

    /** How a public key is named here. */
    public static String digest(PublicKey key) {
        try {
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-256").digest(key.getEncoded()));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Override
    public String toString() {
        return publicKey + ":" + sealed;
    }
}
