package org.posthouse.webadmin.history;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.json.Json;
import jakarta.json.JsonString;
import java.io.StringReader;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;

/**
 * What the index needs of a line, without building what it says: its plain members, the names of the attributes and
 * whether all their values are there. Reading a hundred thousand lines at a start must not take seconds.
 */
final class Glance {

    private final byte[] bytes;
    private final int end;
    private int at;
    private final Map<String, String> members = new HashMap<>();
    private final TreeSet<String> attributes = new TreeSet<>();
    private boolean whole = true;

    private Glance(byte[] bytes, int from, int length) {
        this.bytes = bytes;
        this.at = from;
        this.end = from + length;
    }

    /** Of a line of the journal. Throws IllegalArgumentException when it is no JSON object of that kind. */
    static Glance at(byte[] bytes, int from, int length) {
        var glance = new Glance(bytes, from, length);
        try {
            glance.object();
        } catch (ArrayIndexOutOfBoundsException cutOff) {
            throw new IllegalArgumentException("not a whole line", cutOff);
        }
        return glance;
    }

    /** A member's text or number; empty when it is not there. */
    String text(String name) {
        return members.getOrDefault(name, "");
    }

    boolean has(String name) {
        return members.containsKey(name);
    }

    long number(String name) {
        String text = text(name);
        return text.isEmpty() ? 0 : Long.parseLong(text);
    }

    /** The names of the attributes, in lower case and in order. */
    String attributes() {
        return String.join(" ", attributes);
    }

    /** Whether all values before and after stand in the line. */
    boolean isWhole() {
        return whole;
    }

    private void object() {
        expect('{');
        while (bytes[at] != '}') {
            String name = string();
            expect(':');
            if (name.equals("attributes")) {
                attributesObject();
            } else if (bytes[at] == '"') {
                members.put(name, string());
            } else {
                members.put(name, bare());
            }
            skipComma();
        }
    }

    private void attributesObject() {
        expect('{');
        while (bytes[at] != '}') {
            attributes.add(string().toLowerCase(Locale.ROOT));
            expect(':');
            expect('{');
            // {"before": ...} or {"gone": ...}
            whole &= bytes[at + 1] == 'b';
            skipRest();
            skipComma();
        }
        at++;
    }

    // To behind the bracket that closes the object entered.
    private void skipRest() {
        for (int depth = 1; depth > 0; at++) {
            switch (bytes[at]) {
                case '"' -> {
                    skipString();
                    at--;
                }
                case '{', '[' -> depth++;
                case '}', ']' -> depth--;
                default -> {}
            }
        }
    }

    private String bare() {
        int from = at;
        while (bytes[at] != ',' && bytes[at] != '}') {
            at++;
        }
        return new String(bytes, from, at - from, UTF_8);
    }

    private String string() {
        int from = at;
        boolean escaped = skipString();
        return escaped
                ? unescaped(new String(bytes, from, at - from, UTF_8))
                : new String(bytes, from + 1, at - from - 2, UTF_8);
    }

    private boolean skipString() {
        expect('"');
        boolean escaped = false;
        while (bytes[at] != '"') {
            if (bytes[at] == '\\') {
                escaped = true;
                at++;
            }
            at++;
        }
        at++;
        if (at > end) {
            throw new IllegalArgumentException("a text without an end");
        }
        return escaped;
    }

    private static String unescaped(String quoted) {
        try (var reader = Json.createReader(new StringReader("[" + quoted + "]"))) {
            return ((JsonString) reader.readArray().getFirst()).getString();
        }
    }

    private void skipComma() {
        if (bytes[at] == ',') {
            at++;
        }
    }

    private void expect(char wanted) {
        if (at >= end || bytes[at++] != wanted) {
            throw new IllegalArgumentException("not a line of a history");
        }
    }
}
