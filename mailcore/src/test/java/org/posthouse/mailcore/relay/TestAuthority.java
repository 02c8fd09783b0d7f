package org.posthouse.mailcore.relay;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
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

/** A certificate authority that nobody trusts unless told to, and the hosts it has certified. */
public final class TestAuthority {

    private static final X500Name NAME = new X500Name("CN=Authority of a test");

    /** How long certificates last that are good. */
    public static final Duration AHEAD = Duration.ofDays(1);

    private final KeyPair pair = pair();
    private final X509Certificate root = sign(NAME, pair.getPublic(), NAME, pair.getPrivate(), List.of(), AHEAD, true);

    /** A host with what it shows, its own certificate first. */
    public record Host(PrivateKey key, List<X509Certificate> chain) {

        /** TLS as this host. */
        public SSLContext tls() {
            try {
                var store = KeyStore.getInstance("PKCS12");
                store.load(null, null);
                store.setKeyEntry("host", key, new char[0], chain.toArray(X509Certificate[]::new));
                var keys = KeyManagerFactory.getInstance("SunX509");
                keys.init(store, new char[0]);
                var context = SSLContext.getInstance("TLS");
                context.init(keys.getKeyManagers(), null, null);
                return context;
            } catch (GeneralSecurityException | IOException impossible) {
                throw new IllegalStateException(impossible);
            }
        }

        public X509Certificate own() {
            return chain.getFirst();
        }
    }

    /** Its own certificate. */
    public X509Certificate root() {
        return root;
    }

    /** A host of these names that shows its authority too. */
    public Host host(String... names) {
        return host(AHEAD, names);
    }

    /** The same with a certificate that lasts so long from now; one whose life is negative has expired. */
    public Host host(Duration life, String... names) {
        KeyPair own = pair();
        var certificate = sign(
                new X500Name("CN=host.invalid"), own.getPublic(), NAME, pair.getPrivate(), List.of(names), life, false);
        return new Host(own.getPrivate(), List.of(certificate, root));
    }

    /** A host that has certified itself. */
    public static Host selfSigned(Duration life, String... names) {
        KeyPair own = pair();
        var name = new X500Name("CN=a host on its own");
        return new Host(
                own.getPrivate(),
                List.of(sign(name, own.getPublic(), name, own.getPrivate(), List.of(names), life, false)));
    }

    private static X509Certificate sign(
            X500Name subject,
            PublicKey key,
            X500Name issuer,
            PrivateKey signer,
            List<String> names,
            Duration life,
            boolean authority) {
        Instant now = Instant.now();
        Instant from = now.plus(life).minus(Duration.ofDays(30));
        try {
            var builder = new JcaX509v3CertificateBuilder(
                    issuer,
                    BigInteger.valueOf(System.nanoTime()),
                    Date.from(from),
                    Date.from(now.plus(life)),
                    subject,
                    key);
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
            if (!names.isEmpty()) {
                builder.addExtension(Extension.subjectAlternativeName, false, alternatives(names));
            }
            return new JcaX509CertificateConverter()
                    .getCertificate(builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(signer)));
        } catch (IOException | GeneralSecurityException | OperatorCreationException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static GeneralNames alternatives(List<String> names) {
        return new GeneralNames(names.stream()
                .map(name -> new GeneralName(GeneralName.dNSName, name))
                .toArray(GeneralName[]::new));
    }

    private static KeyPair pair() {
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** SHA-256 or SHA-512. */
    public static byte[] digest(String algorithm, byte[] octets) {
        try {
            return MessageDigest.getInstance(algorithm).digest(octets);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** The octets of a certificate. */
    public static byte[] octets(X509Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
