package org.posthouse.mailcore.pop;

import java.nio.charset.StandardCharsets;
import org.posthouse.mailcore.store.TransitBuffer;

/**
 * Writes a message as a multi-line answer: a dot before each line that begins with one, every line ended by CRLF, a dot
 * alone at the end. RFC 1939 3.
 */
record Stuffed(TransitBuffer out) {

    private static final byte[] CRLF = "\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] DOT = ".".getBytes(StandardCharsets.US_ASCII);

    /** Writes the header, the empty line and at most so many lines of the body. */
    void send(byte[] octets, long bodyLines) {
        boolean body = false;
        long left = bodyLines;
        int at = 0;
        while (at < octets.length && (!body || left > 0)) {
            int newline = newline(octets, at);
            int end = newline > at && newline < octets.length && octets[newline - 1] == '\r' ? newline - 1 : newline;
            if (octets[at] == '.') {
                put(DOT);
            }
            out.append(octets, at, end - at);
            put(CRLF);
            left -= body ? 1 : 0;
            body |= end == at;
            at = newline + 1;
        }
        put(DOT);
        put(CRLF);
    }

    private void put(byte[] octets) {
        out.append(octets, 0, octets.length);
    }

    private static int newline(byte[] octets, int from) {
        int at = from;
        while (at < octets.length && octets[at] != '\n') {
            at++;
        }
        return at;
    }
}
