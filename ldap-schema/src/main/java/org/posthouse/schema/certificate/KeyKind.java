package org.posthouse.schema.certificate;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;

/** The kinds of key pair that can be made here. */
public enum KeyKind {
    /** P-256: small and fast, understood by every mail program of the last ten years. */
    EC("EC P-256"),
    /** For peers that know nothing else. */
    RSA("RSA 3072");

    private final String label;

    KeyKind(String label) {
        this.label = label;
    }

    /** What people call it. */
    public String label() {
        return label;
    }

    /** A fresh pair. */
    public KeyPair make() {
        try {
            var generator = KeyPairGenerator.getInstance(name());
            if (this == EC) {
                generator.initialize(new ECGenParameterSpec("secp256r1"));
            } else {
                generator.initialize(3072);
            }
            return generator.generateKeyPair();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
