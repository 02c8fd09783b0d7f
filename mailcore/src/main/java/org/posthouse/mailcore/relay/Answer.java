package org.posthouse.mailcore.relay;

import java.util.ArrayList;
import java.util.List;
import org.posthouse.mailcore.wire.Connection;

/**
 * What another server replied.
 *
 * @param code RFC 5321 4.2
 * @param lines the texts without the code, at least one
 */
record Answer(int code, List<String> lines) {

    private static final int LINE = 2048;
    private static final int MOST_LINES = 200;

    /** The server does not speak SMTP, or has broken off. */
    static final class Nonsense extends RuntimeException {
        private static final long serialVersionUID = 1;

        Nonsense(String said) {
            super("the host sent an invalid reply: " + said, null, false, false);
        }
    }

    /** Reads one whole reply. Throws Nonsense, and what the connection throws. */
    static Answer read(Connection connection) {
        var lines = new ArrayList<String>();
        while (lines.size() < MOST_LINES) {
            String line = connection.line(LINE);
            if (line.length() < 3 || !line.chars().limit(3).allMatch(c -> c >= '0' && c <= '9')) {
                throw new Nonsense(shown(line));
            }
            lines.add(line.length() > 4 ? shown(line.substring(4)) : "");
            if (line.length() == 3 || line.charAt(3) != '-') {
                return new Answer(Integer.parseInt(line, 0, 3, 10), List.copyOf(lines));
            }
        }
        throw new Nonsense("a reply without end");
    }

    // It goes into logs and reports: a bare CR or LF of the peer must not begin a line there.
    private static String shown(String said) {
        var shown = new StringBuilder(said.length());
        said.chars().limit(500).forEach(c -> shown.append(c < ' ' || c == 0x7f ? '?' : (char) c));
        return shown.toString();
    }

    boolean isGood() {
        return code / 100 == 2;
    }

    boolean isLater() {
        return code / 100 == 4;
    }

    boolean isNever() {
        return code / 100 == 5;
    }

    /** In one line, code first, as reports quote it. */
    @Override
    public String toString() {
        return (code + " " + String.join(" ", lines)).strip();
    }
}
