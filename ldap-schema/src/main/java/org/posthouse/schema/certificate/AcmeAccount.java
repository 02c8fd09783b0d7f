package org.posthouse.schema.certificate;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import org.posthouse.schema.value.SealedKey;

/**
 * The key by which a messaging server is known to ACME authorities (RFC 8555 7.3): its public half in clear, its private
 * half sealed.
 *
 * @param half the public half as SubjectPublicKeyInfo, in Base64
 * @param sealed the private half
 */
public record AcmeAccount(String half, SealedKey sealed) {

    /** A fresh one. */
    public static AcmeAccount make(Seal seal) {
        KeyPair pair = KeyKind.EC.make();
        return new AcmeAccount(
                Base64.getEncoder().encodeToString(pair.getPublic().getEncoded()),
                seal.close(pair.getPrivate(), pair.getPublic()));
    }

    /** Both halves. Throws {@link NotUsable} when they cannot be read or were sealed with another secret. */
    public KeyPair open(Seal seal) {
        try {
            PublicKey read = KeyFactory.getInstance(KeyKind.EC.name())
                    .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(half)));
            return new KeyPair(read, seal.open(sealed, read));
        } catch (GeneralSecurityException | IllegalArgumentException broken) {
            throw new NotUsable("The key of the ACME account cannot be read.", broken);
        }
    }
}
