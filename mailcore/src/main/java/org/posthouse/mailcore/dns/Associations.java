package org.posthouse.mailcore.dns;

import java.util.List;

/**
 * The TLSA records of a service, vouched for by the DNS.
 *
 * @param base the host name they stand at, without port and protocol (the TLSA base domain of RFC 7672 2.2.3)
 * @param records at least one
 */
public record Associations(String base, List<Tlsa> records) {

    /** Takes a copy. */
    public Associations {
        records = List.copyOf(records);
    }
}
