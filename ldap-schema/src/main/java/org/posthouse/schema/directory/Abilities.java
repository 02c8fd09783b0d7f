package org.posthouse.schema.directory;

import com.unboundid.ldap.sdk.RootDSE;
import java.util.Objects;

/**
 * What a server announces of itself in its root DSE (RFC 4512 5.1); everything else has a way around it.
 *
 * @param increment RFC 4525, and RFC 4527 to read the new number
 * @param paged RFC 2696
 * @param treeDelete a subtree at once, 1.2.840.113556.1.4.805
 * @param passwords RFC 3062: the server hashes
 * @param persistentSearch the Internet-Draft of that name, 2.16.840.1.113730.3.4.3
 * @param contentSync RFC 4533
 * @param strongHashes whether a password that is set is hashed slowly, whatever hash the user had before (OpenDJ)
 */
record Abilities(
        boolean increment,
        boolean paged,
        boolean treeDelete,
        boolean passwords,
        boolean persistentSearch,
        boolean contentSync,
        boolean strongHashes) {

    static Abilities of(RootDSE announced) {
        return new Abilities(
                announced.supportsFeature("1.3.6.1.1.14") && announced.supportsControl("1.3.6.1.1.13.2"),
                announced.supportsControl("1.2.840.113556.1.4.319"),
                announced.supportsControl("1.2.840.113556.1.4.805"),
                announced.supportsExtendedOperation("1.3.6.1.4.1.4203.1.11.1"),
                announced.supportsControl("2.16.840.1.113730.3.4.3"),
                announced.supportsControl("1.3.6.1.4.1.4203.1.9.1.1"),
                Objects.requireNonNullElse(announced.getVendorVersion(), "").contains("OpenDJ"));
    }
}
