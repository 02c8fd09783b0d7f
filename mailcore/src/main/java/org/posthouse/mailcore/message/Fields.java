package org.posthouse.mailcore.message;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** The header of a message or part: its fields, where each begins and ends. RFC 5322 2.2. */
public final class Fields {

    private static final int MOST = 5_000;

    private final byte[] octets;
    private final int start;
    private final int end;
    private final List<Field> fields;

    /**
     * One field.
     *
     * @param start its first octet
     * @param colon the octet of its colon
     * @param end behind its line end, folded lines included
     */
    private record Field(int start, int colon, int end) {}

    private Fields(byte[] octets, int start, int end, List<Field> fields) {
        this.octets = octets;
        this.start = start;
        this.end = end;
        this.fields = fields;
    }

    /** Reads a header that stands alone. */
    public static Fields of(byte[] header) {
        return read(header, 0, header.length);
    }

    /** Reads the header that starts here, up to and with the empty line that ends it. */
    static Fields read(byte[] octets, int from, int to) {
        var fields = new ArrayList<Field>();
        int at = from;
        while (at < to) {
            int lineEnd = Lines.next(octets, at, to);
            if (Lines.isEmpty(octets, at, lineEnd)) {
                return new Fields(octets, from, lineEnd, fields);
            }
            int next = lineEnd;
            while (next < to && (octets[next] == ' ' || octets[next] == '\t')) {
                next = Lines.next(octets, next, to);
            }
            int colon = colon(octets, at, lineEnd);
            if (colon > at && fields.size() < MOST) {
                fields.add(new Field(at, colon, next));
            }
            at = next;
        }
        return new Fields(octets, from, to, fields);
    }

    private static int colon(byte[] octets, int from, int to) {
        for (int i = from; i < to; i++) {
            if (octets[i] == ':') {
                return i;
            }
        }
        return -1;
    }

    /** The first octet of the header. */
    public int start() {
        return start;
    }

    /** Behind the empty line: the first octet of the body. */
    public int end() {
        return end;
    }

    /** The unfolded value of the first field of this name. */
    public Optional<String> first(String name) {
        for (var field : fields) {
            if (isNamed(field, name)) {
                return Optional.of(value(field));
            }
        }
        return Optional.empty();
    }

    /** The unfolded values of all fields of this name. */
    public List<String> all(String name) {
        return fields.stream()
                .filter(field -> isNamed(field, name))
                .map(this::value)
                .toList();
    }

    private boolean isNamed(Field field, String name) {
        int last = nameEnd(field);
        if (last - field.start != name.length()) {
            return false;
        }
        for (int i = 0; i < name.length(); i++) {
            if (Character.toLowerCase((char) (octets[field.start + i] & 0xff))
                    != Character.toLowerCase(name.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    // RFC 5322 4.5: old messages may have blanks before the colon.
    private int nameEnd(Field field) {
        int last = field.colon;
        while (last > field.start && (octets[last - 1] == ' ' || octets[last - 1] == '\t')) {
            last--;
        }
        return last;
    }

    // RFC 5322 2.2.3: unfolding takes the line ends out and leaves the blanks. NUL may stand in no IMAP string.
    private String value(Field field) {
        var value = new StringBuilder(field.end - field.colon);
        for (int i = field.colon + 1; i < field.end; i++) {
            char c = (char) (octets[i] & 0xff);
            if (c != '\r' && c != '\n') {
                value.append(c == 0 ? ' ' : c);
            }
        }
        return value.toString().strip();
    }

    /** The raw fields of these names (or of all others), each with its line end, closed by an empty line. */
    public byte[] pick(List<String> names, boolean others) {
        Predicate<Field> named = field -> names.stream().anyMatch(name -> isNamed(field, name));
        var picked = new ByteArrayOutputStream();
        for (var field : fields) {
            if (named.test(field) != others) {
                picked.write(octets, field.start, field.end - field.start);
            }
        }
        picked.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
        return picked.toByteArray();
    }
}
