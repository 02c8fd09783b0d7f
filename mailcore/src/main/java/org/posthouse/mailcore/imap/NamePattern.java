package org.posthouse.mailcore.imap;

import java.util.Locale;

/**
 * A pattern of LIST: "*" stands for anything, "%" for anything within one level. RFC 3501 6.3.8.
 *
 * <p>Matches in time of pattern times name, whatever the pattern: no stranger's stars make it slow.
 */
final class NamePattern {

    private static final String INBOX = "INBOX";

    private final String pattern;

    /** Puts the reference before the pattern, as most servers do. */
    NamePattern(String reference, String pattern) {
        String whole = reference + pattern;
        this.pattern = isBelow(whole.toUpperCase(Locale.ROOT)) ? INBOX + whole.substring(INBOX.length()) : whole;
    }

    // INBOX is the one name without case, RFC 3501 5.1.
    private static boolean isBelow(String upper) {
        return upper.startsWith(INBOX)
                && (upper.length() == INBOX.length() || "/*%".indexOf(upper.charAt(INBOX.length())) >= 0);
    }

    boolean matches(String name) {
        var reached = new boolean[name.length() + 1];
        reached[0] = true;
        for (int i = 0; i < pattern.length(); i++) {
            step(pattern.charAt(i), name, reached);
        }
        return reached[name.length()];
    }

    /** From the beginnings of the name that the pattern so far matches to those that it matches with one character more. */
    private static void step(char c, String name, boolean[] reached) {
        if (c == '*' || c == '%') {
            for (int at = 1; at < reached.length; at++) {
                reached[at] |= reached[at - 1] && (c == '*' || name.charAt(at - 1) != '/');
            }
            return;
        }
        for (int at = reached.length - 1; at > 0; at--) {
            reached[at] = reached[at - 1] && name.charAt(at - 1) == c;
        }
        reached[0] = false;
    }
}
