package org.posthouse.mailcore.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.LocalDate;
import java.util.Base64;
import org.posthouse.schema.licence.Trust;

/** Issues licences that the engine of a home trusts. */
final class Issuer {

    private final KeyPair keys;

    /** With a key of its own, trusted by the engine whose folder lies in this home. */
    Issuer(Path home) {
        try {
            keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
            String pem = "-----BEGIN PUBLIC KEY-----\n"
                    + Base64.getMimeEncoder().encodeToString(keys.getPublic().getEncoded())
                    + "\n-----END PUBLIC KEY-----\n";
            Files.writeString(
                    Files.createDirectories(home.resolve(Trust.FOLDER)).resolve("issuer.pem"), pem);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    /** A licence for these features until this day. */
    String issue(String features, LocalDate expires) {
        String body = "Posthouse Licence\nEdition: Test\nHolder: Acme\nFeatures: " + features + "\nIssued: 2025-01-01\n"
                + "Expires: " + expires + "\nSerial: 7\nKey: " + Trust.id(keys.getPublic()) + "\n";
        try {
            var signer = Signature.getInstance("Ed25519");
            signer.initSign(keys.getPrivate());
            signer.update(body.getBytes(UTF_8));
            return body + "Signature: " + Base64.getEncoder().encodeToString(signer.sign());
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
