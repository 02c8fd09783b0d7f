package org.posthouse.schema.value;

import java.net.InetAddress;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where SNMP notifications are sent: a host name or an address, and a UDP port.
 *
 * @param host a name, or an address literal without brackets
 * @param port 162 where none was given
 */
public record TrapDestination(String host, int port) {

    private static final int USUAL = 162;
    private static final Pattern NAME = Pattern.compile(
            "[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?(?:[.][A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?)*[.]?");
    private static final Pattern FORM = Pattern.compile(
            "(?:\\[(?<literal>[0-9A-Fa-f:.]+)]|(?<name>[A-Za-z0-9._-]{1,253}))(?::(?<port>[0-9]{1,5}))?");

    /** Reads {@code host}, {@code host:port} or {@code [2001:db8::1]:port}. Throws IllegalArgumentException in words. */
    public static TrapDestination of(String text) {
        Matcher form = FORM.matcher(text.strip());
        if (!form.matches()) {
            throw new IllegalArgumentException("is not of the form host:port, such as monitor.example.com:162");
        }
        String literal = form.group("literal");
        String port = form.group("port");
        String name = form.group("name");
        if (name != null) {
            check(name, port != null);
        }
        int number = port == null ? USUAL : Integer.parseInt(port);
        if (number < 1 || number > 65_535) {
            throw new IllegalArgumentException("names a port that is not between 1 and 65535");
        }
        return new TrapDestination(literal == null ? form.group("name") : checked(literal), number);
    }

    // RFC 1123 2.1: labels of letters, digits, and hyphens; what ends with a number is an IPv4 address or nothing. A
    // name
    // without a dot is more often a slip than a host, unless a port says that it is meant.
    private static void check(String name, boolean hasPort) {
        if (name.matches("(?:.*[.])?[0-9]+")) {
            try {
                var _ = new IpAddress(name);
                return;
            } catch (IllegalArgumentException malformed) {
                throw new IllegalArgumentException("is not a host name or an IP address", malformed);
            }
        }
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("is not a host name or an IP address");
        }
        if (name.indexOf('.') < 0 && !hasPort) {
            throw new IllegalArgumentException("is not of the form host:port, such as monitor.example.com:162");
        }
    }

    private static String checked(String literal) {
        try {
            return AddressText.of(InetAddress.ofLiteral(literal));
        } catch (IllegalArgumentException malformed) {
            throw new IllegalArgumentException("does not hold an IP address in its brackets", malformed);
        }
    }

    @Override
    public String toString() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
