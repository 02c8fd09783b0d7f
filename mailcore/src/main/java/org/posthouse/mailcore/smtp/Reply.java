package org.posthouse.mailcore.smtp;

import java.util.List;
import java.util.regex.Pattern;

/**
 * An answer to one command: reply code, enhanced code and text are one value, so that they cannot contradict each other.
 *
 * @param code RFC 5321 4.2
 * @param enhanced RFC 3463, of the same class as the code; empty where none is sent (RFC 2034 4)
 * @param lines the text, at least one line
 */
public record Reply(int code, String enhanced, List<String> lines) {

    private static final Pattern ENHANCED = Pattern.compile("[245]\\.\\d{1,3}\\.\\d{1,3}");

    static final Reply OK = of(250, "2.0.0", "Done");
    static final Reply BAD_SEQUENCE = of(503, "5.5.1", "Bad sequence of commands");
    static final Reply BAD_SYNTAX = of(501, "5.5.4", "Syntax error in parameters");
    static final Reply DISK_FULL = of(452, "4.3.1", "Not enough disk space, please try again later");
    static final Reply TRY_LATER = of(451, "4.3.0", "The message cannot be accepted now, please try again later");

    /** Refuses a code outside 200 to 599, an enhanced code of another class, and text that would break the line. */
    public Reply {
        if (code < 200 || code > 599) {
            throw new IllegalArgumentException("no reply code: " + code);
        }
        if (!enhanced.isEmpty() && (!ENHANCED.matcher(enhanced).matches() || enhanced.charAt(0) != '0' + code / 100)) {
            throw new IllegalArgumentException(code + " does not go with " + enhanced);
        }
        if (lines.isEmpty()) {
            throw new IllegalArgumentException("a reply needs a text");
        }
        lines = lines.stream().map(Reply::printable).toList();
    }

    /** A reply of one line. */
    public static Reply of(int code, String enhanced, String text) {
        return new Reply(code, enhanced, List.of(text));
    }

    /** The same codes with another text. */
    Reply saying(String text) {
        return of(code, enhanced, text);
    }

    /** Whether the command was refused, for now or for good. */
    boolean isRefusal() {
        return code >= 400;
    }

    // A peer's own words are quoted in replies: they must not become commands or colours of someone's terminal.
    private static String printable(String line) {
        StringBuilder clean = null;
        for (int i = 0; i < line.length(); i++) {
            if (Character.isISOControl(line.charAt(i))) {
                clean = clean == null ? new StringBuilder(line) : clean;
                clean.setCharAt(i, '?');
            }
        }
        return clean == null ? line : clean.toString();
    }

    /** As it goes over the line, CRLF included. */
    @Override
    public String toString() {
        var text = new StringBuilder();
        for (int i = 0; i < lines.size(); i++) {
            text.append(code).append(i < lines.size() - 1 ? '-' : ' ');
            if (!enhanced.isEmpty()) {
                text.append(enhanced).append(' ');
            }
            text.append(lines.get(i)).append("\r\n");
        }
        return text.toString();
    }
}
