package org.posthouse.mailcore.imap;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.IntFunction;
import org.posthouse.mailcore.message.Octets;
import org.posthouse.mailcore.message.Slice;
import org.posthouse.mailcore.store.TransitBuffer;
import org.posthouse.mailcore.wire.Connection;

/**
 * Writes answers to one client. Characters are octets here: header fields go out as they came in. Bodies pass by
 * without being copied into the text.
 */
final class Answers implements AutoCloseable {

    private static final int HELD = 16_384;

    private final Connection connection;
    private final StringBuilder text = new StringBuilder(HELD);
    // What was written while the connection was out of reach.
    private final TransitBuffer held;
    private boolean holding;

    /** Writes to a connection, with a buffer of about so many octets where that has to wait. */
    Answers(Connection connection, IntFunction<TransitBuffer> buffers) {
        this.connection = connection;
        this.held = buffers.apply(0);
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
        Slice sent = Octets.hasNul(slice.octets(), slice.from(), slice.to()) ? withoutNul(slice) : slice;
        text.append('{').append(sent.length()).append("}\r\n");
        if (holding) {
            hold(taken());
            hold(sent);
        } else {
            pass();
            connection.send(sent.octets(), sent.from(), sent.length());
        }
        return this;
    }

    private void hold(Slice slice) {
        held.append(slice.octets(), slice.from(), slice.length());
    }

    private Slice taken() {
        byte[] octets = text.toString().getBytes(StandardCharsets.ISO_8859_1);
        text.setLength(0);
        return Slice.of(octets);
    }

    /** While true, everything is kept until {@link #pass}: another thread writes answers, which must not wait for a client. */
    void holding(boolean on) {
        holding = on;
    }

    /** How many octets are kept. */
    long held() {
        return held.size() + text.length();
    }

    // RFC 3501 9: a literal holds no NUL. Mail taken by an earlier revision may; its size must stay as announced.
    private static Slice withoutNul(Slice slice) {
        byte[] copy = Arrays.copyOfRange(slice.octets(), slice.from(), slice.to());
        for (int at = 0; at < copy.length; at++) {
            copy[at] = copy[at] == 0 ? (byte) ' ' : copy[at];
        }
        return Slice.of(copy);
    }

    /** Ends a line. */
    void end() {
        text.append("\r\n");
        if (!holding && text.length() > HELD) {
            pass();
        }
    }

    /** A whole line. */
    void line(String line) {
        put(line).end();
    }

    /** Hands over to the connection, which sends before it next waits for the client. */
    void pass() {
        if (held.size() > 0) {
            held.drain(connection::send);
        }
        Slice rest = taken();
        connection.send(rest.octets(), 0, rest.length());
    }

    /** Everything said so far leaves. */
    void flush() {
        pass();
        connection.flush();
    }

    /** Gives back what is held and will not be sent. */
    @Override
    public void close() {
        held.close();
    }
}
