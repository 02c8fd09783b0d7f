package org.posthouse.schema.value;

import java.net.IDN;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * An Internet domain name in its ASCII form and lower case, so that equal domains are equal values.
 *
 * <p>RFC 1035 2.3.4: labels of at most 63 octets, at most 253 in all; RFC 5890 for names outside ASCII.
 */
public record DomainName(String ascii) {

    private static final Pattern LABELS =
            Pattern.compile("(?!-)[a-z0-9_-]{1,63}(?<!-)(\\.(?!-)[a-z0-9_-]{1,63}(?<!-))*");

    /** Takes any written form. Throws IllegalArgumentException, in words for the reader, when it is no domain name. */
    public DomainName {
        ascii = normal(ascii);
    }

    private static String normal(String typed) {
        String name;
        try {
            name = IDN.toASCII(typed.strip(), IDN.USE_STD3_ASCII_RULES).toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException malformed) {
            throw new IllegalArgumentException("is not a domain name", malformed);
        }
        if (name.length() > 253 || !LABELS.matcher(name).matches()) {
            throw new IllegalArgumentException("is not a domain name, such as example.com");
        }
        return name;
    }

    @Override
    public String toString() {
        return ascii;
    }
}
