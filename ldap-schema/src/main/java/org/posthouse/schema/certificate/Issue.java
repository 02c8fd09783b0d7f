package org.posthouse.schema.certificate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.ExtensionsGenerator;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;
import org.posthouse.schema.value.CertificateChain;
import org.posthouse.schema.value.DomainName;

/**
 * Makes certificates that nobody else vouches for (RFC 5280), and requests for those that an authority does (PKCS#10,
 * RFC 2986). Every name stands in the subjectAltName, the only place where peers look (RFC 9525 6.1).
 */
public final class Issue {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Duration CLOCKS_DIFFER = Duration.ofHours(1);

    private final List<DomainName> names;

    /** For these host names, the most important first. Throws {@link NotUsable} when there is none. */
    public Issue(List<DomainName> names) {
        if (names.isEmpty()) {
            throw new NotUsable("Give at least one host name that the certificate is for.");
        }
        this.names = List.copyOf(names);
    }

    /** A certificate signed with its own key, good from now for so long. */
    public Certified selfSigned(KeyPair pair, Instant now, Duration validity) {
        var builder = new JcaX509v3CertificateBuilder(
                subject(),
                new BigInteger(127, RANDOM),
                Date.from(now.minus(CLOCKS_DIFFER)),
                Date.from(now.plus(validity)),
                subject(),
                pair.getPublic());
        try {
            builder.addExtension(Extension.subjectAlternativeName, false, alternatives());
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
            builder.addExtension(Extension.keyUsage, true, usage(pair.getPublic()));
            builder.addExtension(
                    Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth));
            var certificate = new JcaX509CertificateConverter().getCertificate(builder.build(signer(pair)));
            return new Certified(new CertificateChain(List.of(certificate)), pair.getPrivate());
        } catch (IOException | CertificateException | OperatorCreationException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** A request to an authority, as DER. */
    public byte[] request(KeyPair pair) {
        try {
            var extensions = new ExtensionsGenerator();
            extensions.addExtension(Extension.subjectAlternativeName, false, alternatives());
            PKCS10CertificationRequest request = new JcaPKCS10CertificationRequestBuilder(subject(), pair.getPublic())
                    .addAttribute(PKCSObjectIdentifiers.pkcs_9_at_extensionRequest, extensions.generate())
                    .build(signer(pair));
            return request.getEncoded();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        } catch (OperatorCreationException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** A request as authorities want it pasted: PEM, RFC 7468 7. */
    public static String pem(byte[] request) {
        return "-----BEGIN CERTIFICATE REQUEST-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(request)
                + "\n-----END CERTIFICATE REQUEST-----\n";
    }

    private X500Name subject() {
        // A common name has at most 64 characters (RFC 5280 appendix A); the subjectAltName is what counts.
        String first = names.getFirst().ascii();
        var name = new X500NameBuilder(BCStyle.INSTANCE);
        name.addRDN(BCStyle.CN, first.length() <= 64 ? first : "posthouse");
        return name.build();
    }

    private GeneralNames alternatives() {
        return new GeneralNames(names.stream()
                .map(name -> new GeneralName(GeneralName.dNSName, name.ascii()))
                .toArray(GeneralName[]::new));
    }

    private static KeyUsage usage(PublicKey key) {
        return new KeyUsage(
                key.getAlgorithm().equals("RSA")
                        ? KeyUsage.digitalSignature | KeyUsage.keyEncipherment
                        : KeyUsage.digitalSignature);
    }

    private static ContentSigner signer(KeyPair pair) throws OperatorCreationException {
        return new JcaContentSignerBuilder(Certified.algorithm(pair.getPublic())).build(pair.getPrivate());
    }
}
