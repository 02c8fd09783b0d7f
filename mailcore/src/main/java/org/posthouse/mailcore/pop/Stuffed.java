package org.posthouse.mailcore.pop;

import java.nio.charset.StandardCharsets;
import org.posthouse.mailcore.wire.Connection;

/**
 * Sends a message as a multi-line answer: a dot before each line that begins with one, every line ended by CRLF, a dot
 * alone at the end. RFC 1939 3.
 */
record Stuffed(Connection connection) {

    private static final byte[] CRLF = "\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] DOT = ".".getBytes(StandardCharsets.US_ASCII);

    /** Sends the header, the empty line and at most so many lines of the body. */
    void send(byte[] octets, long bodyLines) {
        boolean body = false;
        long left = bodyLines;
        int at = 0;
        while (at < octets.length && (!body || left > 0)) {
            int newline = newline(octets, at);
            int end = newline > at && newline < octets.length && octets[newline - 1] == '\r' ? newline - 1 : newline;
            if (octets[at] == '.') {
                connection.send(DOT);
            }
            connection.send(octets, at, end - at).send(CRLF);
            left -= body ? 1 : 0;
            body |= end == at;
            at = newline + 1;
        }
        connection.send(DOT).send(CRLF);
    }

    private static int newline(byte[] octets, int from) {
        int at = from;
        while (at < octets.length && octets[at] != '\n') {
            at++;
        }
        return at;
    }
}
