package org.posthouse.mailcore.message;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Finds the parts of a message.
 *
 * <p>Outer boundaries are looked for before inner ones, so that a part which forgets its closing boundary ends where its
 * parent goes on. Depth and number are limited: beyond them a part stays whole.
 */
final class PartReader {

    // RFC 2045 5.2: what a part without Content-Type is.
    private static final String PLAIN = "text/plain; charset=us-ascii";
    private static final int DEEPEST = 30;
    private static final int MOST = 10_000;
    // Of all parts together: behind that, parts are plain text.
    private static final int MOST_FIELDS = 100_000;
    private static final int MOST_OCTETS = 4 << 20;

    private final byte[] octets;
    private int found;
    private int fieldsLeft = MOST_FIELDS;
    private int octetsLeft = MOST_OCTETS;

    PartReader(byte[] octets) {
        this.octets = octets;
    }

    Part message() {
        return read(0, octets.length, PLAIN, 0);
    }

    private Part read(int from, int to, String assumed, int depth) {
        found++;
        Fields fields = Fields.read(octets, from, to, Math.min(fieldsLeft, Fields.MOST));
        fieldsLeft -= fields.count();
        String written = fields.first("Content-Type").orElse(assumed);
        octetsLeft -= written.length();
        // RFC 822 let blanks stand around the slash. RFC 2045 5.2: what cannot be read is plain text.
        Parameterized content = Parameterized.parse(octetsLeft < 0 ? PLAIN : written);
        String[] type = content.value().split(" ?/ ?", 3);
        if (type.length != 2 || !Parameterized.isToken(type[0]) || !Parameterized.isToken(type[1])) {
            return plain(fields, to);
        }
        type[0] = type[0].toUpperCase(Locale.ROOT);
        type[1] = type[1].toUpperCase(Locale.ROOT);
        List<Part> children = depth < DEEPEST ? children(fields, to, type, content, depth) : List.of();
        if (children.isEmpty() && (type[0].equals("MULTIPART") || isMessage(type))) {
            return type[0].equals("MULTIPART")
                    ? plain(fields, to)
                    : new Part(octets, fields, to, "APPLICATION", "OCTET-STREAM", Map.of(), List.of());
        }
        return new Part(octets, fields, to, type[0], type[1], content.parameters(), children);
    }

    private Part plain(Fields fields, int to) {
        return new Part(octets, fields, to, "TEXT", "PLAIN", Map.of("charset", "us-ascii"), List.of());
    }

    private static boolean isMessage(String[] type) {
        return type[0].equals("MESSAGE") && (type[1].equals("RFC822") || type[1].equals("GLOBAL"));
    }

    private List<Part> children(Fields fields, int to, String[] type, Parameterized content, int depth) {
        if (type[0].equals("MULTIPART")) {
            String assumed = type[1].equals("DIGEST") ? "message/rfc822" : PLAIN;
            return content.parameter("boundary")
                    .filter(boundary -> !boundary.isEmpty())
                    .map(boundary -> between(fields.end(), to, boundary, assumed, depth))
                    .orElse(List.of());
        }
        return isMessage(type) ? List.of(read(fields.end(), to, PLAIN, depth + 1)) : List.of();
    }

    private List<Part> between(int from, int to, String boundary, String assumed, int depth) {
        byte[] delimiter = ("--" + boundary).getBytes(StandardCharsets.ISO_8859_1);
        var parts = new ArrayList<Part>();
        int start = -1;
        int line = from;
        while (line < to && found < MOST) {
            int next = Lines.next(octets, line, to);
            int kind = kind(line, next, delimiter);
            if (kind != 0) {
                if (start >= 0) {
                    parts.add(read(start, Math.max(start, Lines.before(octets, line, start)), assumed, depth + 1));
                }
                start = next;
                if (kind == 2) {
                    return parts;
                }
            }
            line = next;
        }
        if (start >= 0) {
            parts.add(read(start, to, assumed, depth + 1));
        }
        return parts;
    }

    /** 0: an ordinary line; 1: the boundary; 2: the closing boundary. Blanks may follow it. */
    private int kind(int line, int next, byte[] delimiter) {
        if (next - line < delimiter.length || octets[line] != '-' || octets[line + 1] != '-') {
            return 0;
        }
        for (int i = 2; i < delimiter.length; i++) {
            if (octets[line + i] != delimiter[i]) {
                return 0;
            }
        }
        int at = line + delimiter.length;
        boolean closing = next - at >= 2 && octets[at] == '-' && octets[at + 1] == '-';
        for (int i = closing ? at + 2 : at; i < next; i++) {
            if (octets[i] > ' ' || octets[i] < 0) {
                return 0;
            }
        }
        return closing ? 2 : 1;
    }
}
