package org.posthouse.schema.value;

import java.net.InetAddress;

/** An IPv4 or IPv6 address as a literal; never a host name, so reading one never asks DNS. */
public record IpAddress(String literal) {

    /** Throws IllegalArgumentException when the text is no address. */
    public IpAddress {
        literal = literal.strip();
        // "10.1" is an address to the JDK, but a slip of the pen to an administrator.
        if (literal.indexOf(':') < 0 && literal.chars().filter(c -> c == '.').count() != 3) {
            throw new IllegalArgumentException("is not an IP address, such as 192.0.2.25");
        }
        try {
            literal = AddressText.of(InetAddress.ofLiteral(literal));
        } catch (IllegalArgumentException malformed) {
            throw new IllegalArgumentException("is not an IP address, such as 192.0.2.25 or 2001:db8::25", malformed);
        }
    }

    /** The address for a socket. */
    public InetAddress address() {
        return InetAddress.ofLiteral(literal);
    }

    @Override
    public String toString() {
        return literal;
    }
}
