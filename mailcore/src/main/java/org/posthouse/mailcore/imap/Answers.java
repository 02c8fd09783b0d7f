package org.posthouse.mailcore.imap;

import java.nio.charset.StandardCharsets;
import org.posthouse.mailcore.message.Slice;
import org.posthouse.mailcore.wire.Connection;

/**
 * Writes answers to one client. Characters are octets here: header fields go out as they came in. Bodies pass by
 * without being copied into the text.
 */
final class Answers {

    private static final int HELD = 16_384;

    private final Connection connection;
    private final StringBuilder text = new StringBuilder(HELD);

    Answers(Connection connection) {
        this.connection = connection;
    }

    Answers put(String octets) {
        text.append(octets);
        return this;
    }

    Answers put(long number) {
        text.append(number);
        return this;
    }

    /** For writers that append. */
    StringBuilder text() {
        return text;
    }

    Answers literal(Slice slice) {
        text.append('{').append(slice.length()).append("}\r\n");
        pass();
        connection.send(slice.octets(), slice.from(), slice.length());
        return this;
    }

    /** Ends a line. */
    void end() {
        text.append("\r\n");
        if (text.length() > HELD) {
            pass();
        }
    }

    /** A whole line. */
    void line(String line) {
        put(line).end();
    }

    /** Hands over to the connection, which sends before it next waits for the client. */
    void pass() {
        connection.send(text.toString().getBytes(StandardCharsets.ISO_8859_1));
        text.setLength(0);
    }

    /** Everything said so far leaves. */
    void flush() {
        pass();
        connection.flush();
    }
}
