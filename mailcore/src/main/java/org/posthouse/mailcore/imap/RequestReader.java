package org.posthouse.mailcore.imap;

import java.util.ArrayList;
import java.util.Optional;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.posthouse.mailcore.imap.command.Raw;
import org.posthouse.mailcore.store.TransitBuffer;
import org.posthouse.mailcore.wire.Connection;

/**
 * Gathers one command from lines and literals.
 *
 * <p>A literal is let in only as far as it is believed: what a stranger may send is small, only APPEND may be large, and
 * nothing is set aside in memory for octets that were merely announced.
 */
final class RequestReader {

    /** The largest message that APPEND takes, in octets; announced as APPENDLIMIT (RFC 7889). */
    static final int LARGEST_MESSAGE = 64 << 20;

    // RFC 2971 3.3: an ID has up to 30 fields of 30 octets with values of 1024.
    private static final int STRANGERS_LINE = 40_000;
    private static final int LINE = 65_536;
    private static final int STRANGERS_LITERALS = 2_000;
    private static final int LITERALS = 65_536;
    private static final int MOST_LITERALS = 200;

    private final Connection connection;
    private final IntFunction<TransitBuffer> buffers;
    private Optional<TransitBuffer> message = Optional.empty();

    /** With buffers for messages of about so many octets. */
    RequestReader(Connection connection, IntFunction<TransitBuffer> buffers) {
        this.connection = connection;
        this.buffers = buffers;
    }

    /** A literal that nobody will read: the command has ended, unless the client sends it unasked. */
    static final class TooLarge extends RuntimeException {

        private static final long serialVersionUID = 1;
        private final String tag;
        private final boolean unasked;

        TooLarge(String tag, boolean unasked) {
            super("literal", null, false, false);
            this.tag = tag;
            this.unasked = unasked;
        }

        String tag() {
            return tag;
        }

        /** Whether its octets follow without our consent: then the connection cannot go on. */
        boolean unasked() {
            return unasked;
        }
    }

    /** The next command, to be closed. Throws TooLarge, and what the connection throws. */
    Raw next(boolean signedIn) {
        message = Optional.empty();
        boolean read = false;
        try {
            Raw raw = read(signedIn);
            read = true;
            return raw;
        } finally {
            if (!read) {
                message.ifPresent(TransitBuffer::close);
            }
        }
    }

    private Raw read(boolean signedIn) {
        int limit = signedIn ? LINE : STRANGERS_LINE;
        var lines = new ArrayList<String>();
        var literals = new ArrayList<byte[]>();
        lines.add(connection.line(limit));
        long left = signedIn ? LITERALS : begins(lines.getFirst(), "ID ") ? STRANGERS_LINE : STRANGERS_LITERALS;
        while (true) {
            String line = lines.getLast();
            @Nullable Announced announced = Announced.in(line);
            if (announced == null) {
                return new Raw(lines, literals, message);
            }
            boolean isMessage = signedIn && begins(lines.getFirst(), "APPEND ") && lines.size() <= 2;
            if (announced.octets > (isMessage ? LARGEST_MESSAGE : left) || literals.size() == MOST_LITERALS) {
                throw new TooLarge(Raw.of(lines.getFirst()).tag(), announced.unasked);
            }
            left -= isMessage ? 0 : announced.octets;
            if (!announced.unasked) {
                connection.send("+ OK\r\n");
            }
            literals.add(isMessage ? message(announced.octets) : connection.octets((int) announced.octets));
            lines.add(connection.line(limit));
        }
    }

    private byte[] message(long octets) {
        TransitBuffer buffer = buffers.apply((int) octets);
        message = Optional.of(buffer);
        connection.octets(octets, buffer::append);
        return new byte[0];
    }

    private static boolean begins(String line, String command) {
        return line.regionMatches(true, line.indexOf(' ') + 1, command, 0, command.length());
    }

    /** A literal announced at the end of a line: {310} or {310+}. RFC 3501 4.3, RFC 7888. */
    private record Announced(long octets, boolean unasked) {

        static @Nullable Announced in(String line) {
            int end = line.length() - 1;
            if (end < 2 || line.charAt(end) != '}') {
                return null;
            }
            boolean unasked = line.charAt(end - 1) == '+' || line.charAt(end - 1) == '-';
            int last = unasked ? end - 1 : end;
            int brace = line.lastIndexOf('{');
            if (brace < 0 || last - brace < 2 || last - brace > 18) {
                return null;
            }
            for (int i = brace + 1; i < last; i++) {
                if (line.charAt(i) < '0' || line.charAt(i) > '9') {
                    return null;
                }
            }
            return new Announced(Long.parseLong(line, brace + 1, last, 10), unasked);
        }
    }
}
