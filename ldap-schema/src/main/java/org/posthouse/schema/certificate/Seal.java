package org.posthouse.schema.certificate;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.posthouse.schema.value.SealedKey;

/**
 * Seals private keys for the directory and opens them again: AES-256 in GCM (NIST SP 800-38D) under a key drawn from the
 * system secret by HKDF (RFC 5869). The digest of the public key is bound in, so that no sealed key passes for another's.
 */
public final class Seal {

    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final SecretKey key;

    /** With the secret that all engines and consoles of a messaging system share. */
    public Seal(String systemSecret) {
        try {
            var draw = HKDFParameterSpec.ofExtract()
                    .addIKM(new SecretKeySpec(systemSecret.getBytes(UTF_8), "Generic"))
                    .thenExpand("posthouse private key".getBytes(US_ASCII), 32);
            key = KDF.getInstance("HKDF-SHA256").deriveKey("AES", draw);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Seals the private half of a public key. */
    public SealedKey close(PrivateKey secret, PublicKey half) {
        byte[] nonce = new byte[NONCE];
        RANDOM.nextBytes(nonce);
        String name = SealedKey.digest(half);
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, nonce, name).doFinal(secret.getEncoded());
            byte[] all = Arrays.copyOf(nonce, NONCE + sealed.length);
            System.arraycopy(sealed, 0, all, NONCE, sealed.length);
            return new SealedKey(name, Base64.getEncoder().encodeToString(all));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Opens the private half of a public key. Throws {@link NotUsable} when it was sealed with another secret. */
    public PrivateKey open(SealedKey sealed, PublicKey half) {
        try {
            byte[] all = Base64.getDecoder().decode(sealed.sealed());
            byte[] nonce = Arrays.copyOf(all, NONCE);
            byte[] encoded =
                    cipher(Cipher.DECRYPT_MODE, nonce, SealedKey.digest(half)).doFinal(all, NONCE, all.length - NONCE);
            return KeyFactory.getInstance(half.getAlgorithm()).generatePrivate(new PKCS8EncodedKeySpec(encoded));
        } catch (GeneralSecurityException | IllegalArgumentException unopened) {
            throw new NotUsable(
                    "The private key cannot be opened with the system secret of this messaging system. "
                            + "Install the certificate and its key again.",
                    unopened);
        }
    }

    private Cipher cipher(int mode, byte[] nonce, String name) throws GeneralSecurityException {
        var cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(name.getBytes(US_ASCII));
        return cipher;
    }
}
