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
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.posthouse.schema.value.SealedKey;

/**
 * Seals private keys for the directory, and secret texts, and opens them again: AES-256 in GCM (NIST SP 800-38D) under a
 * key drawn from the system secret by HKDF (RFC 5869). The digest of the public key, or what a text belongs to, is bound
 * in, so that nothing sealed passes for another's.
 */
public final class Seal {

    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final SecretKey key;

    /** With the secret that all engines and consoles of a messaging system share. */
    public Seal(String systemSecret) {
        this(systemSecret, "posthouse private key");
    }

    private Seal(String systemSecret, String purpose) {
        try {
            var draw = HKDFParameterSpec.ofExtract()
                    .addIKM(new SecretKeySpec(systemSecret.getBytes(UTF_8), "Generic"))
                    .thenExpand(purpose.getBytes(US_ASCII), 32);
            key = KDF.getInstance("HKDF-SHA256").deriveKey("AES", draw);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** For texts, under a key that opens no private key. */
    public static Seal ofTexts(String systemSecret) {
        return new Seal(systemSecret, "posthouse text");
    }

    /** Seals a text; only for the same owner it can be opened again. */
    public String close(String text, String owner) {
        return sealed(text.getBytes(UTF_8), owner);
    }

    /** Opens a text. Throws {@link NotUsable} when it was sealed with another secret, for another owner, or altered. */
    public String open(String sealed, String owner) {
        try {
            return new String(opened(sealed, owner), UTF_8);
        } catch (GeneralSecurityException | IllegalArgumentException unopened) {
            throw new NotUsable("It cannot be opened with the system secret of this messaging system.", unopened);
        }
    }

    /** Tells equal texts from different ones without telling what they are: keyed, so that nobody can guess and compare. */
    public String fingerprint(String text) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.getEncoded(), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(text.getBytes(UTF_8)), 0, 4);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Seals the private half of a public key. */
    public SealedKey close(PrivateKey secret, PublicKey half) {
        String name = SealedKey.digest(half);
        return new SealedKey(name, sealed(secret.getEncoded(), name));
    }

    /** Opens the private half of a public key. Throws {@link NotUsable} when it was sealed with another secret. */
    public PrivateKey open(SealedKey sealed, PublicKey half) {
        try {
            byte[] encoded = opened(sealed.sealed(), SealedKey.digest(half));
            return KeyFactory.getInstance(half.getAlgorithm()).generatePrivate(new PKCS8EncodedKeySpec(encoded));
        } catch (GeneralSecurityException | IllegalArgumentException unopened) {
            throw new NotUsable(
                    "The private key cannot be opened with the system secret of this messaging system. "
                            + "Install the certificate and its key again.",
                    unopened);
        }
    }

    private String sealed(byte[] clear, String name) {
        byte[] nonce = new byte[NONCE];
        RANDOM.nextBytes(nonce);
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, nonce, name).doFinal(clear);
            byte[] all = Arrays.copyOf(nonce, NONCE + sealed.length);
            System.arraycopy(sealed, 0, all, NONCE, sealed.length);
            return Base64.getEncoder().encodeToString(all);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private byte[] opened(String sealed, String name) throws GeneralSecurityException {
        byte[] all = Base64.getDecoder().decode(sealed);
        if (all.length < NONCE) {
            throw new IllegalArgumentException("too short to be sealed");
        }
        byte[] nonce = Arrays.copyOf(all, NONCE);
        return cipher(Cipher.DECRYPT_MODE, nonce, name).doFinal(all, NONCE, all.length - NONCE);
    }

    private Cipher cipher(int mode, byte[] nonce, String name) throws GeneralSecurityException {
        var cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(name.getBytes(UTF_8));
        return cipher;
    }
}
