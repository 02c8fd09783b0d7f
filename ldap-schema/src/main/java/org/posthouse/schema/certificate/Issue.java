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
 * RFC 2986). Every name is in the subjectAltName, the only place where peers look (RFC 9525 6.1): host names as dNSName,
 * IP addresses as iPAddress (RFC 5280 4.2.1.6).
 */
public final class Issue {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Duration CLOCKS_DIFFER = Duration.ofHours(1);

    private final GeneralName[] names;

    /** For these host names, the most important first. Throws {@link NotUsable} when there is none. */
    public Issue(List<DomainName> names) {
        this(names.stream().map(SubjectName::host).toArray(GeneralName[]::new));
    }

    private Issue(GeneralName[] names) {
        if (names.length == 0) {
            throw new NotUsable("Enter at least one host name for the certificate.");
        }
        this.names = names;
    }

    /**
     * For names as people write them, the most important first: host names and IP addresses. Throws {@link NotUsable}
     * with the reason for the first one that is neither, or when there is none.
     */
    public static Issue of(List<String> names) {
        return new Issue(names.stream().map(SubjectName::of).distinct().toArray(GeneralName[]::new));
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
        String first = SubjectName.text(names[0]);
        var name = new X500NameBuilder(BCStyle.INSTANCE);
        name.addRDN(BCStyle.CN, first.length() <= 64 ? first : "posthouse");
        return name.build();
    }

    private GeneralNames alternatives() {
        return new GeneralNames(names);
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
