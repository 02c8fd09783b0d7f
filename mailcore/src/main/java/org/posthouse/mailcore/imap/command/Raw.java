package org.posthouse.mailcore.imap.command;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.posthouse.mailcore.store.TransitBuffer;

/**
 * One command as it came over the wire.
 *
 * @param lines its lines, read as UTF-8; each but the last ends in the announcement of a literal
 * @param literals the literals between the lines
 * @param message the message that APPEND brings, whose place among the literals is left empty
 */
public record Raw(List<String> lines, List<byte[]> literals, Optional<TransitBuffer> message) implements AutoCloseable {

    /** A command without a message. */
    public Raw(List<String> lines, List<byte[]> literals) {
        this(lines, literals, Optional.empty());
    }

    /** A command of one line without literals. */
    public static Raw of(String line) {
        return new Raw(List.of(line), List.of());
    }

    /** The tag, as far as one can be made out; "*" when there is none to answer to. */
    public String tag() {
        String line = lines.getFirst();
        int end = line.indexOf(' ');
        String tag = end < 0 ? line : line.substring(0, end);
        return isTag(tag) ? tag : "*";
    }

    @Override
    public void close() {
        message.ifPresent(TransitBuffer::close);
    }

    // RFC 3501 9: tag = 1*<any ASTRING-CHAR except "+">. Longer ones than 64 are nobody's.
    static boolean isTag(String tag) {
        return !tag.isEmpty()
                && tag.length() <= 64
                && tag.chars().allMatch(c -> c != '+' && (Words.isAtomChar(c) || c == ']'));
    }

    static String utf8(byte[] octets) {
        return new String(octets, StandardCharsets.UTF_8);
    }
}
