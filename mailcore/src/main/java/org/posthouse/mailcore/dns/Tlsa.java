package org.posthouse.mailcore.dns;

import java.util.HexFormat;
import org.xbill.DNS.TLSARecord;

/**
 * What a TLSA record says of a certificate (RFC 6698 2.1). The numbers are as they came, whether known or not.
 *
 * @param usage 2: an authority (DANE-TA), 3: the host itself (DANE-EE); 0 and 1 go by public authorities
 * @param selector 0: the whole certificate, 1: its public key
 * @param matching 0: the thing itself, 1: its SHA-256, 2: its SHA-512
 * @param association that, in hexadecimal, lower case
 */
public record Tlsa(int usage, int selector, int matching, String association) {

    static Tlsa of(TLSARecord record) {
        return new Tlsa(
                record.getCertificateUsage(),
                record.getSelector(),
                record.getMatchingType(),
                HexFormat.of().formatHex(record.getCertificateAssociationData()));
    }

    /** As a zone file has it. */
    @Override
    public String toString() {
        return usage + " " + selector + " " + matching + " " + association;
    }
}
