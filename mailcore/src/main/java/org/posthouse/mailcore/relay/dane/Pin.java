package org.posthouse.mailcore.relay.dane;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.posthouse.mailcore.dns.Tlsa;

/**
 * A TLSA record that can be used for SMTP: of the host itself or of an authority, by a digest that is known, and well
 * formed (RFC 6698 2.1, RFC 7672 3.1).
 */
public record Pin(Tlsa record) {

    private static final int AUTHORITY = 2;
    private static final int HOST = 3;
    private static final int CERTIFICATE = 0;
    private static final int KEY = 1;
    private static final int WHOLE = 0;
    private static final int SHA_256 = 1;
    private static final int SHA_512 = 2;

    /**
     * Those that can be used. Of several digests of one kind of thing only the strongest counts, lest the weakest decide
     * (RFC 7672 5).
     */
    static List<Pin> usable(List<Tlsa> records) {
        List<Pin> sound = records.stream().filter(Pin::isSound).map(Pin::new).toList();
        return sound.stream()
                .filter(pin -> sound.stream().noneMatch(other -> other.outdoes(pin)))
                .toList();
    }

    private boolean outdoes(Pin other) {
        return record.usage() == other.record.usage()
                && record.selector() == other.record.selector()
                && record.matching() == SHA_512
                && other.record.matching() == SHA_256;
    }

    // RFC 7672 3.1.3: usages 0 and 1 cannot be used, since nobody has agreed on authorities for mail hosts.
    private static boolean isSound(Tlsa record) {
        boolean known = (record.usage() == AUTHORITY || record.usage() == HOST)
                && (record.selector() == CERTIFICATE || record.selector() == KEY);
        return known
                && switch (record.matching()) {
                    case WHOLE -> isWhole(record);
                    case SHA_256 -> record.association().length() == 64;
                    case SHA_512 -> record.association().length() == 128;
                    default -> false;
                };
    }

    private static boolean isWhole(Tlsa record) {
        return record.selector() == CERTIFICATE
                ? parsed(record.association()).isPresent()
                : record.association().startsWith("30");
    }

    boolean isOfHost() {
        return record.usage() == HOST;
    }

    boolean matches(X509Certificate certificate) {
        try {
            byte[] selected = record.selector() == CERTIFICATE
                    ? certificate.getEncoded()
                    : certificate.getPublicKey().getEncoded();
            return record.association().equals(HexFormat.of().formatHex(digested(selected)));
        } catch (CertificateEncodingException malformed) {
            return false;
        }
    }

    private byte[] digested(byte[] selected) {
        if (record.matching() == WHOLE) {
            return selected;
        }
        try {
            return MessageDigest.getInstance(record.matching() == SHA_256 ? "SHA-256" : "SHA-512")
                    .digest(selected);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** The authority itself, where the record has all of it. */
    Optional<X509Certificate> certificate() {
        return record.selector() == CERTIFICATE && record.matching() == WHOLE
                ? parsed(record.association())
                : Optional.empty();
    }

    private static Optional<X509Certificate> parsed(String association) {
        try {
            var octets = new ByteArrayInputStream(HexFormat.of().parseHex(association));
            return Optional.of(
                    (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(octets));
        } catch (CertificateException malformed) {
            return Optional.empty();
        }
    }
}
