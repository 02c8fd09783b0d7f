package org.posthouse.mailcore.imap;

import org.posthouse.mailcore.store.Folder;

/**
 * A pattern of LIST: "*" stands for anything, "%" for anything within one level. RFC 3501 6.3.8.
 *
 * <p>Matches in time of pattern times name, whatever the pattern: no stranger's stars make it slow.
 */
final class NamePattern {

    private final String pattern;

    /** Puts the reference before the pattern, as most servers do. */
    NamePattern(String reference, String pattern) {
        this.pattern = reference + pattern;
    }

    /** Whether it has a "%". */
    boolean endsAtLevels() {
        return pattern.indexOf('%') >= 0;
    }

    boolean matches(String name) {
        // INBOX is the one level without case, RFC 3501 5.1.
        int caseless = Folder.isInbox(name) ? Folder.INBOX.length() : 0;
        var reached = new boolean[name.length() + 1];
        reached[0] = true;
        for (int i = 0; i < pattern.length(); i++) {
            step(pattern.charAt(i), name, caseless, reached);
        }
        return reached[name.length()];
    }

    /** From the beginnings of the name that the pattern so far matches to those that it matches with one character more. */
    private static void step(char c, String name, int caseless, boolean[] reached) {
        if (c == '*' || c == '%') {
            for (int at = 1; at < reached.length; at++) {
                reached[at] |= reached[at - 1] && (c == '*' || name.charAt(at - 1) != '/');
            }
            return;
        }
        for (int at = reached.length - 1; at > 0; at--) {
            char there = name.charAt(at - 1);
            boolean same = there == c || (at <= caseless && there == Character.toUpperCase(c));
            reached[at] = reached[at - 1] && same;
        }
        reached[0] = false;
    }
}
