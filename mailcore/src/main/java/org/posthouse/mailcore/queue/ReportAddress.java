package org.posthouse.mailcore.queue;

import java.util.Locale;

/** Addresses in the fields of a report: a type, then the address as written. RFC 3464 2.3, RFC 6533 3. */
final class ReportAddress {

    private static final String UTF8 = "utf-8;";

    private ReportAddress() {}

    /** An address, written in UTF-8 where the report may be, else in ASCII. */
    static String of(String address, boolean utf8) {
        boolean ascii = address.chars().allMatch(c -> c < 0x80);
        return ascii ? "rfc822;" + address : UTF8 + (utf8 ? address : escaped(address));
    }

    /** ORCPT as given, its xtext decoded (RFC 3461 6.3 c). What cannot be decoded stays as given. */
    static String original(String given, boolean utf8) {
        int semicolon = given.indexOf(';') + 1;
        String type = given.substring(0, semicolon);
        try {
            String plain = Xtext.plain(given.substring(semicolon));
            if (!type.toLowerCase(Locale.ROOT).equals(UTF8)) {
                return type + plain;
            }
            String whole = unescaped(plain);
            return type + (utf8 ? whole : escaped(whole));
        } catch (IllegalArgumentException malformed) {
            return given;
        }
    }

    // RFC 6533 3: utf-8-addr-xtext, which is ASCII: EmbeddedUnicodeChar for what is not, and for "\\", "+" and "=".
    private static String escaped(String text) {
        var escaped = new StringBuilder();
        text.codePoints().forEach(c -> {
            if (c <= ' ' || c > '~' || c == '\\' || c == '+' || c == '=') {
                escaped.append("\\x{")
                        .append(Integer.toHexString(c).toUpperCase(Locale.ROOT))
                        .append('}');
            } else {
                escaped.appendCodePoint(c);
            }
        });
        return escaped.toString();
    }

    private static String unescaped(String text) {
        var plain = new StringBuilder();
        int at = 0;
        while (at < text.length()) {
            int end = text.startsWith("\\x{", at) ? text.indexOf('}', at) : -1;
            if (end < 0) {
                plain.append(text.charAt(at++));
            } else {
                plain.appendCodePoint(Integer.parseInt(text, at + 3, end, 16));
                at = end + 1;
            }
        }
        return plain.toString();
    }
}
