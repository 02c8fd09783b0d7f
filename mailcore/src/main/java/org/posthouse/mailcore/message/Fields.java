package org.posthouse.mailcore.message;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The header of a message or part: its fields, where each begins and ends. RFC 5322 2.2.
 *
 * <p>This is the one place that decides what a header is: lines that begin with a name of printable ASCII and a colon
 * (spaces may precede the colon, RFC 5322 4.5), the lines that continue them, and the empty line that ends them. The first
 * line that is neither begins the body. A {@code From } line of a mailbox file before a field is skipped.
 *
 * <p>However large a header is, what is worked out of it is small: 5,000 fields count, and 256 KiB of each.
 */
public final class Fields {

    static final int MOST = 5_000;
    // More of a field than this, or of all that have one name, is not read, only passed on.
    static final int LONGEST = 256 << 10;

    private final byte[] octets;
    private final int start;
    private final int end;
    private final boolean ended;
    private final List<Field> fields;

    /**
     * One field.
     *
     * @param start its first octet
     * @param colon the octet of its colon
     * @param end behind its line end, folded lines included
     */
    private record Field(int start, int colon, int end) {}

    private Fields(byte[] octets, int start, int end, boolean ended, List<Field> fields) {
        this.octets = octets;
        this.start = start;
        this.end = end;
        this.ended = ended;
        this.fields = fields;
    }

    /** Reads a header that stands alone. */
    public static Fields of(byte[] header) {
        return read(header, 0, header.length);
    }

    /** Reads the header that starts here, up to and with the empty line that ends it. */
    public static Fields read(byte[] octets, int from, int to) {
        return read(octets, from, to, MOST);
    }

    /** The same with at most so many fields; others are passed over. */
    static Fields read(byte[] octets, int from, int to, int most) {
        var fields = new ArrayList<Field>();
        int at = from;
        while (at < to) {
            int lineEnd = Lines.next(octets, at, to);
            if (Lines.isEmpty(octets, at, lineEnd)) {
                return new Fields(octets, from, lineEnd, true, fields);
            }
            int colon = colon(octets, at, lineEnd);
            if (colon < 0 && !isSeparator(octets, at, lineEnd, to)) {
                return new Fields(octets, from, at, false, fields);
            }
            int next = lineEnd;
            while (colon >= 0 && next < to && isBlank(octets[next])) {
                next = Lines.next(octets, next, to);
            }
            if (colon >= 0 && fields.size() < most) {
                fields.add(new Field(at, colon, next));
            }
            at = next;
        }
        return new Fields(octets, from, to, false, fields);
    }

    // RFC 5322 2.2: a name is printable ASCII without the colon; 4.5: old messages may have blanks behind it.
    private static int colon(byte[] octets, int from, int to) {
        int at = from;
        while (at < to && octets[at] > ' ' && octets[at] < 0x7f && octets[at] != ':') {
            at++;
        }
        boolean named = at > from;
        while (at < to && isBlank(octets[at])) {
            at++;
        }
        return named && at < to && octets[at] == ':' ? at : -1;
    }

    private static boolean isBlank(byte octet) {
        return octet == ' ' || octet == '\t';
    }

    // The line between two messages of a mailbox file, which programs leave on top: "From anna Mon Nov 23 ...".
    private static boolean isSeparator(byte[] octets, int from, int lineEnd, int to) {
        int at = octets[from] == '>' ? from + 1 : from;
        return lineEnd - at > 5
                && new String(octets, at, 5, StandardCharsets.US_ASCII).equals("From ")
                && lineEnd < to
                && colon(octets, lineEnd, Lines.next(octets, lineEnd, to)) >= 0;
    }

    /** The first octet of the header. */
    public int start() {
        return start;
    }

    /** Behind the empty line: the first octet of the body. */
    public int end() {
        return end;
    }

    /** Whether an empty line ends it; otherwise the body follows immediately, or there is none. */
    public boolean isEnded() {
        return ended;
    }

    /** Whether it has no field at all. */
    public boolean isEmpty() {
        return fields.isEmpty();
    }

    /** Whether a field of this name is there. */
    public boolean has(String name) {
        return fields.stream().anyMatch(field -> isNamed(field, name));
    }

    /** Where each field of this name is, folded lines included. */
    public List<Slice> places(String name) {
        return fields.stream()
                .filter(field -> isNamed(field, name))
                .map(field -> new Slice(octets, field.start, field.end))
                .toList();
    }

    /** Each field in order, where it is with its name and its folded lines. */
    public List<Slice> places() {
        return fields.stream()
                .map(field -> new Slice(octets, field.start, field.end))
                .toList();
    }

    /**
     * Each field in order with its name, unfolded; one character an octet. They are worked out one by one.
     *
     * @param most how many octets of each
     */
    public Stream<String> unfolded(int most) {
        return fields.stream().map(field -> unfolded(field.start, field.end, most));
    }

    /** How many fields there are. */
    int count() {
        return fields.size();
    }

    /** How many fields of this name there are. */
    int count(String name) {
        return (int) fields.stream().filter(field -> isNamed(field, name)).count();
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
        var values = new ArrayList<String>();
        int octets = 0;
        for (var field : fields) {
            if (octets < LONGEST && isNamed(field, name)) {
                values.add(value(field));
                octets += values.getLast().length();
            }
        }
        return values;
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

    private String value(Field field) {
        return unfolded(field.colon + 1, field.end, LONGEST).strip();
    }

    // RFC 5322 2.2.3: unfolding removes the line ends and keeps the blanks. No IMAP string can hold a NUL.
    private String unfolded(int from, int end, int most) {
        int to = end - from > most ? from + most : end;
        var text = new StringBuilder(to - from);
        for (int i = from; i < to; i++) {
            char c = (char) (octets[i] & 0xff);
            if (c != '\r' && c != '\n') {
                text.append(c == 0 ? ' ' : c);
            }
        }
        return text.toString();
    }

    /** The raw fields of these names (or of all others), each with its line end, closed by an empty line. */
    public byte[] pick(List<String> names, boolean others) {
        List<Field> picked = fields.stream()
                .filter(field -> names.stream().anyMatch(name -> isNamed(field, name)) != others)
                .toList();
        // A header may be large: its size first, so that it is copied once.
        int size = picked.stream().mapToInt(field -> field.end - field.start).sum();
        ByteBuffer all = ByteBuffer.allocate(size + 2);
        picked.forEach(field -> all.put(octets, field.start, field.end - field.start));
        return all.put((byte) '\r').put((byte) '\n').array();
    }
}
