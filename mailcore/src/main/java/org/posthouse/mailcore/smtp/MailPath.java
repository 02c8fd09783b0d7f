package org.posthouse.mailcore.smtp;

import java.net.InetAddress;
import org.posthouse.schema.value.DomainName;

/**
 * A forward or reverse path with what follows it on the line (RFC 5321 4.1.2).
 *
 * <p>A source route before the mailbox is read and dropped (RFC 5321 C). A mailbox without a domain is one of ours.
 *
 * @param local the local part as written, quotes included; empty for the null path
 * @param domain the domain or address literal as written; empty when there is none
 * @param rest the parameters
 */
record MailPath(String local, String domain, String rest) {

    // RFC 5321 4.5.3.1: 64 octets; NetMail took up to 127, and users were named after that.
    private static final int LONGEST_LOCAL = 127;
    private static final int LONGEST_DOMAIN = 255;

    /** Reads {@code <path> parameters}. Throws IllegalArgumentException, in words for the peer, when it is none. */
    static MailPath read(String argument) {
        String text = argument.stripLeading();
        if (!text.startsWith("<")) {
            throw new IllegalArgumentException("the address must be in < >");
        }
        int close = closing(text);
        String rest = text.substring(close + 1);
        if (!rest.isEmpty() && rest.charAt(0) != ' ') {
            throw new IllegalArgumentException("something follows the address");
        }
        return mailbox(routeless(text.substring(1, close)), rest.strip());
    }

    private static int closing(String text) {
        boolean quoted = false;
        for (int i = 1; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quoted && c == '\\') {
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (c == '>' && !quoted) {
                return i;
            }
        }
        throw new IllegalArgumentException("the address has no end");
    }

    // Outlook and others may write "<@relay.example:bob@example.com>": RFC 5321 4.1.1.3 lets the route be ignored.
    private static String routeless(String path) {
        if (!path.startsWith("@")) {
            return path;
        }
        int colon = path.indexOf(':');
        if (colon < 0) {
            throw new IllegalArgumentException("a source route without an address");
        }
        return path.substring(colon + 1);
    }

    private static MailPath mailbox(String text, String rest) {
        int at = localEnd(text);
        String local = text.substring(0, at);
        boolean qualified = at < text.length();
        String domain = qualified ? text.substring(at + 1) : "";
        if (local.isEmpty() && (qualified || !text.isEmpty())) {
            throw new IllegalArgumentException("the part before the @ is missing");
        }
        if (qualified) {
            checkDomain(domain);
        }
        return new MailPath(local, domain, rest);
    }

    private static int localEnd(String text) {
        int end = text.startsWith("\"") ? quotedEnd(text) : dotStringEnd(text);
        if (end < text.length() && text.charAt(end) != '@') {
            throw new IllegalArgumentException("the part before the @ is malformed");
        }
        if (end > LONGEST_LOCAL) {
            throw new IllegalArgumentException("the part before the @ is too long");
        }
        return end;
    }

    private static int quotedEnd(String text) {
        for (int i = 1; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"') {
                return i + 1;
            }
            if (c < ' ' || c == 0x7f) {
                break;
            }
            if (c == '\\') {
                i++;
            }
        }
        throw new IllegalArgumentException("a quote without an end");
    }

    private static int dotStringEnd(String text) {
        int i = 0;
        while (i < text.length() && text.charAt(i) != '@') {
            char c = text.charAt(i);
            if (c <= ' ' || c == 0x7f || "()<>[]:;,\\\"".indexOf(c) >= 0) {
                throw new IllegalArgumentException("a character that must be quoted");
            }
            i++;
        }
        if (i > 0 && (text.charAt(0) == '.' || text.charAt(i - 1) == '.' || text.lastIndexOf("..", i) >= 0)) {
            throw new IllegalArgumentException("dots in the wrong places");
        }
        return i;
    }

    private static void checkDomain(String domain) {
        if (domain.length() > LONGEST_DOMAIN) {
            throw new IllegalArgumentException("the domain is too long");
        }
        if (domain.startsWith("[") && domain.endsWith("]")) {
            String literal = domain.substring(1, domain.length() - 1);
            InetAddress.ofLiteral(literal.regionMatches(true, 0, "IPv6:", 0, 5) ? literal.substring(5) : literal);
            return;
        }
        if (!domain.equals(new DomainName(domain).ascii()) && domain.strip().length() != domain.length()) {
            throw new IllegalArgumentException("spaces in the domain");
        }
    }

    /** Whether it is {@code <>}: the sender of reports. */
    boolean isNull() {
        return local.isEmpty();
    }

    /** The mailbox as written. */
    String address() {
        return domain.isEmpty() ? local : local + "@" + domain;
    }

    /** Whether it may only travel with SMTPUTF8 (RFC 6531). */
    boolean isInternational() {
        return address().chars().anyMatch(c -> c > 0x7f);
    }

    /** Whether the local part hides a further hop: {@code a%b}, {@code b!a}, {@code "a@b"}. Relays are found this way. */
    boolean hidesRoute() {
        return local.indexOf('%') >= 0 || local.indexOf('!') >= 0 || local.indexOf('@') >= 0;
    }
}
