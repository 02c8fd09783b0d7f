package org.posthouse.e2e.world;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A certificate authority of the test world, trusted by whoever is told to. */
public final class Authority {

    private static final X500Name NAME = new X500Name("CN=Authority of the test world");

    private final KeyPair pair = pair();
    private final X509Certificate root;
    private final AtomicLong serial = new AtomicLong(1);
    private final Clock clock;

    /** A fresh one. */
    public Authority(Clock clock) {
        this.clock = clock;
        this.root = sign(NAME, pair.getPublic(), List.of(), Duration.ofDays(1), true);
    }

    /** Its own certificate, PEM. */
    public String pem() {
        return pem(root);
    }

    /** Its own public key. */
    PublicKey key() {
        return pair.getPublic();
    }

    /** A certificate with its authority's, PEM. */
    public String chain(PublicKey key, List<String> names, Duration life) {
        return pem(certificate(key, dns(names), life)) + pem();
    }

    private static List<GeneralName> dns(List<String> names) {
        return names.stream()
                .map(name -> new GeneralName(GeneralName.dNSName, name))
                .toList();
    }

    private X509Certificate certificate(PublicKey key, List<GeneralName> names, Duration life) {
        return sign(new X500Name("CN=Server of the test world"), key, names, life, false);
    }

    private X509Certificate sign(
            X500Name subject, PublicKey key, List<GeneralName> names, Duration life, boolean authority) {
        Instant now = clock.instant();
        var builder = new JcaX509v3CertificateBuilder(
                NAME,
                BigInteger.valueOf(serial.getAndIncrement()),
                Date.from(now),
                Date.from(now.plus(life)),
                subject,
                key);
        try {
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
            if (!names.isEmpty()) {
                builder.addExtension(
                        Extension.subjectAlternativeName, false, new GeneralNames(names.toArray(GeneralName[]::new)));
            }
            return new JcaX509CertificateConverter()
                    .getCertificate(
                            builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate())));
        } catch (IOException | GeneralSecurityException | OperatorCreationException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** TLS for a server of the test world at 127.0.0.1. */
    public SSLContext server() {
        return server(pair());
    }

    /** The same with a key that is known beforehand. */
    public SSLContext server(KeyPair own) {
        try {
            var names = List.of(new GeneralName(GeneralName.iPAddress, "127.0.0.1"));
            var store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry("server", own.getPrivate(), new char[0], new X509Certificate[] {
                certificate(own.getPublic(), names, Duration.ofDays(1)), root
            });
            var keys = KeyManagerFactory.getInstance("SunX509");
            keys.init(store, new char[0]);
            var context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), null, null);
            return context;
        } catch (IOException | GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** A fresh key. */
    public static KeyPair pair() {
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static String pem(X509Certificate certificate) {
        try {
            return "-----BEGIN CERTIFICATE-----\n"
                    + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(certificate.getEncoded())
                    + "\n-----END CERTIFICATE-----\n";
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
