package org.posthouse.mailcore.relay;

import java.nio.charset.StandardCharsets;
import org.posthouse.mailcore.wire.Connection;

/**
 * Sends a message as the data of a mail (RFC 5321 4.5.2): dots at the start of a line doubled, each line ended with CRLF.
 *
 * <p>Whatever stands in the store, no bare CR or LF leaves this server: the next one might take it for the end.
 */
final class Stuffing {

    private static final byte[] CRLF = "\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] DOT = ".".getBytes(StandardCharsets.US_ASCII);

    private Stuffing() {}

    /** Sends all of it, and the dot that ends it. */
    static void send(Connection connection, byte[] message) {
        int line = 0;
        while (line < message.length) {
            int end = line;
            while (end < message.length && message[end] != '\r' && message[end] != '\n') {
                end++;
            }
            if (message[line] == '.') {
                connection.send(DOT);
            }
            connection.send(message, line, end - line).send(CRLF);
            boolean pair = end + 1 < message.length && message[end] == '\r' && message[end + 1] == '\n';
            line = end + (pair ? 2 : 1);
        }
        connection.send(DOT).send(CRLF).flush();
    }
}
