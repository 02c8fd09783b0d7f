package org.posthouse.mailcore.imap.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.posthouse.mailcore.imap.command.FetchItem.Attribute;
import org.posthouse.mailcore.imap.command.FetchItem.Section;
import org.posthouse.mailcore.imap.command.FetchItem.Text;

/** Reads what FETCH shall tell. */
final class FetchParser {

    private static final int DEEPEST_PART = 50;

    private static final List<FetchItem> FAST = List.of(Attribute.FLAGS, Attribute.INTERNALDATE, Attribute.RFC822_SIZE);
    private static final List<FetchItem> ALL =
            List.of(Attribute.FLAGS, Attribute.INTERNALDATE, Attribute.RFC822_SIZE, Attribute.ENVELOPE);
    private static final List<FetchItem> FULL =
            List.of(Attribute.FLAGS, Attribute.INTERNALDATE, Attribute.RFC822_SIZE, Attribute.ENVELOPE, Attribute.BODY);

    // RFC 3501 6.4.5: the three names of RFC 822 are shapes of BODY[] under another label.
    private static final Map<String, FetchItem> OLD_NAMES = Map.of(
            "RFC822", old("RFC822", Text.ALL, false),
            "RFC822.HEADER", old("RFC822.HEADER", Text.HEADER, true),
            "RFC822.TEXT", old("RFC822.TEXT", Text.TEXT, false));

    private final Words words;

    FetchParser(Words words) {
        this.words = words;
    }

    private static Section old(String label, Text text, boolean peek) {
        return new Section(label, List.of(), text, List.of(), peek, 0, -1);
    }

    List<FetchItem> items() {
        if (words.peek() == '(') {
            List<FetchItem> items = words.list(this::item);
            if (items.isEmpty()) {
                throw new Malformed("FETCH needs at least one thing to tell");
            }
            return List.copyOf(items);
        }
        if (words.skipWord("FAST")) {
            return FAST;
        }
        if (words.skipWord("ALL")) {
            return ALL;
        }
        return words.skipWord("FULL") ? FULL : List.of(item());
    }

    private FetchItem item() {
        if (words.skipWord("BODY[")) {
            return section(false);
        }
        if (words.skipWord("BODY.PEEK[")) {
            return section(true);
        }
        String name = words.keyword();
        FetchItem old = OLD_NAMES.get(name);
        return old != null ? old : attribute(name);
    }

    private static FetchItem attribute(String name) {
        for (var attribute : Attribute.values()) {
            if (attribute.name().replace('_', '.').equals(name)) {
                return attribute;
            }
        }
        throw new Malformed("FETCH does not know one of these items");
    }

    private Section section(boolean peek) {
        List<Integer> path = path();
        Text text = text(path);
        List<String> fields = text.name().startsWith("HEADER_FIELDS") ? fields() : List.of();
        words.expect(']');
        long from = 0;
        long count = -1;
        if (words.skip('<')) {
            from = words.number();
            words.expect('.');
            count = words.number();
            words.expect('>');
        }
        String label = label(path, text, fields) + (count < 0 ? "" : "<" + from + ">");
        return new Section(label, path, text, fields, peek, from, count);
    }

    private List<Integer> path() {
        var path = new ArrayList<Integer>();
        while (words.peek() >= '1' && words.peek() <= '9') {
            long number = words.number();
            if (number > Integer.MAX_VALUE || path.size() == DEEPEST_PART) {
                throw new Malformed("There is no part so deep or with such a number");
            }
            path.add((int) number);
            if (!words.skip('.')) {
                break;
            }
        }
        return List.copyOf(path);
    }

    private Text text(List<Integer> path) {
        if (words.peek() == ']') {
            return Text.ALL;
        }
        String name = words.keyword();
        if (name.equals("MIME") && path.isEmpty()) {
            throw new Malformed("MIME needs the number of a part");
        }
        return switch (name) {
            case "HEADER" -> Text.HEADER;
            case "HEADER.FIELDS" -> Text.HEADER_FIELDS;
            case "HEADER.FIELDS.NOT" -> Text.HEADER_FIELDS_NOT;
            case "TEXT" -> Text.TEXT;
            case "MIME" -> Text.MIME;
            default -> throw new Malformed("A section is HEADER, HEADER.FIELDS, HEADER.FIELDS.NOT, TEXT or MIME");
        };
    }

    private List<String> fields() {
        words.space();
        List<String> fields = words.list(words::astring);
        if (fields.isEmpty() || !fields.stream().allMatch(FetchParser::isFieldName)) {
            throw new Malformed("HEADER.FIELDS needs names of header fields");
        }
        return List.copyOf(fields);
    }

    // They come back in the label of the answer, so nothing may stand in them that a field name has not.
    private static boolean isFieldName(String field) {
        return !field.isEmpty() && field.chars().allMatch(c -> c > ' ' && c < 0x7f && c != ':');
    }

    private static String label(List<Integer> path, Text text, List<String> fields) {
        var label = new StringBuilder("BODY[");
        for (int number : path) {
            label.append(label.length() == 5 ? "" : ".").append(number);
        }
        if (text != Text.ALL) {
            label.append(path.isEmpty() ? "" : ".").append(text.name().replace('_', '.'));
        }
        if (!fields.isEmpty()) {
            label.append(" (");
            for (int i = 0; i < fields.size(); i++) {
                label.append(i == 0 ? "" : " ").append(asAstring(fields.get(i)));
            }
            label.append(')');
        }
        return label.append(']').toString();
    }

    private static String asAstring(String field) {
        return field.chars().allMatch(c -> Words.isAtomChar(c) && c != ']')
                ? field.toUpperCase(Locale.ROOT)
                : "\"" + field.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }
}
