package org.posthouse.schema.licence;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Base64;

/** Somebody who issues licences, with a key of his own. */
public final class Issuer {

    private final KeyPair keys;

    /** With a new key. */
    public Issuer() {
        try {
            keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Puts the public key into a folder of trusted keys. */
    public Issuer trustedIn(Path folder) {
        String pem = "-----BEGIN PUBLIC KEY-----\n"
                + Base64.getMimeEncoder().encodeToString(keys.getPublic().getEncoded())
                + "\n-----END PUBLIC KEY-----\n";
        try {
            Files.writeString(Files.createDirectories(folder).resolve(key() + ".pem"), pem);
            return this;
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    String key() {
        return Trust.id(keys.getPublic());
    }

    /** A licence with these lines between the title and the key. */
    public String issue(String lines) {
        String body = "Posthouse Licence\n" + lines + "Key: " + key() + "\n";
        try {
            var signer = Signature.getInstance("Ed25519");
            signer.initSign(keys.getPrivate());
            signer.update(body.getBytes(UTF_8));
            return body + "Signature: " + Base64.getEncoder().encodeToString(signer.sign()) + "\n";
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
