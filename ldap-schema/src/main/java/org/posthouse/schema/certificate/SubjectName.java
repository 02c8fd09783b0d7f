package org.posthouse.schema.certificate;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.x509.GeneralName;
import org.posthouse.schema.value.DomainName;
import org.posthouse.schema.value.IpAddress;

/** Reads what an administrator types as a name in a certificate: a host name or an IP address (RFC 5280 4.2.1.6). */
final class SubjectName {

    private SubjectName() {}

    static GeneralName host(DomainName host) {
        return new GeneralName(GeneralName.dNSName, host.ascii());
    }

    /** Throws {@link NotUsable} when the text is neither a host name nor an IP address. */
    static GeneralName of(String typed) {
        String name = typed.strip();
        String bare = name.startsWith("[") && name.endsWith("]") ? name.substring(1, name.length() - 1) : name;
        if ((bare.contains(":") && !bare.contains("/")) || bare.matches("[0-9.]+")) {
            return address(name, bare);
        }
        if (name.contains("://")) {
            throw new NotUsable("\"" + name + "\" is a web address. A certificate for mail names hosts; enter only the "
                    + "host name.");
        }
        if (name.contains("@")) {
            throw new NotUsable(
                    "\"" + name + "\" is an email address. A certificate for a mail server names hosts, such "
                            + "as mail.example.com.");
        }
        if (name.contains("*")) {
            throw new NotUsable("\"" + name + "\" contains a wildcard. Enter the name of each host instead.");
        }
        try {
            return host(new DomainName(name));
        } catch (IllegalArgumentException malformed) {
            throw new NotUsable("\"" + name + "\" " + malformed.getMessage() + ".", malformed);
        }
    }

    private static GeneralName address(String name, String bare) {
        try {
            return new GeneralName(GeneralName.iPAddress, new IpAddress(bare).literal());
        } catch (IllegalArgumentException malformed) {
            throw new NotUsable("\"" + name + "\" " + malformed.getMessage() + ".", malformed);
        }
    }

    /** The name as text, for the common name. */
    static String text(GeneralName name) {
        return name.getTagNo() == GeneralName.iPAddress
                ? literal(ASN1OctetString.getInstance(name.getName()).getOctets())
                : name.getName().toString();
    }

    private static String literal(byte[] octets) {
        try {
            return InetAddress.getByAddress(octets).getHostAddress();
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
