package org.posthouse.mailcore.status;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Writes maps, lists, texts, numbers and truth values as JSON (RFC 8259), and reads the one flat object a command is. */
public final class Json {

    private static final String TEXT = "\"((?:[^\"\\\\\\p{Cntrl}]|\\\\.)*)\"";
    private static final Pattern MEMBER = Pattern.compile("\\s*" + TEXT + "\\s*:\\s*" + TEXT + "\\s*");
    private static final Pattern ESCAPE = Pattern.compile("\\\\(?:u([0-9a-fA-F]{4})|([\"\\\\/bfnrt]))");
    private static final String SHORT = "bfnrt";
    private static final String MEANT = "\b\f\n\r\t";

    private Json() {}

    /** A value as JSON. */
    public static String write(Object value) {
        var text = new StringBuilder();
        append(text, value);
        return text.toString();
    }

    private static void append(StringBuilder text, @Nullable Object value) {
        switch (value) {
            case null -> text.append("null");
            case OptionalLong number -> text.append(number.isPresent() ? Long.toString(number.getAsLong()) : "null");
            case Map<?, ?> map -> object(text, map);
            case Collection<?> values -> array(text, values);
            case Number number -> text.append(number);
            case Boolean truth -> text.append(truth);
            default -> quoted(text, value.toString());
        }
    }

    private static void object(StringBuilder text, Map<?, ?> map) {
        char before = '{';
        for (Map.Entry<?, ?> member : map.entrySet()) {
            text.append(before);
            quoted(text, String.valueOf(member.getKey()));
            text.append(':');
            append(text, member.getValue());
            before = ',';
        }
        text.append(map.isEmpty() ? "{}" : "}");
    }

    private static void array(StringBuilder text, Collection<?> values) {
        char before = '[';
        for (Object value : values) {
            text.append(before);
            append(text, value);
            before = ',';
        }
        text.append(values.isEmpty() ? "[]" : "]");
    }

    private static void quoted(StringBuilder text, String value) {
        text.append('"');
        for (int at = 0; at < value.length(); at++) {
            char c = value.charAt(at);
            if (c == '"' || c == '\\') {
                text.append('\\').append(c);
            } else if (c < ' ') {
                text.append("\\u%04x".formatted((int) c));
            } else {
                text.append(c);
            }
        }
        text.append('"');
    }

    /** The members of an object that holds texts alone. Throws IllegalArgumentException when it is anything else. */
    public static Map<String, String> texts(String json) {
        String object = json.strip();
        if (!object.startsWith("{") || !object.endsWith("}")) {
            throw new IllegalArgumentException("is not a JSON object");
        }
        var members = new HashMap<String, String>();
        String rest = object.substring(1, object.length() - 1);
        Matcher member = MEMBER.matcher(rest);
        for (int at = 0; at < rest.length() && !rest.isBlank(); at = member.end() + 1) {
            member.region(at, rest.length());
            if (!member.lookingAt() || (member.end() < rest.length() && rest.charAt(member.end()) != ',')) {
                throw new IllegalArgumentException("is not a JSON object of texts");
            }
            members.put(unescaped(member.group(1)), unescaped(member.group(2)));
        }
        return members;
    }

    private static String unescaped(String text) {
        return ESCAPE.matcher(text)
                .replaceAll(match -> Matcher.quoteReplacement(meant(match.group(1), match.group(2))));
    }

    private static String meant(@Nullable String unicode, String letter) {
        if (unicode != null) {
            return String.valueOf((char) Integer.parseInt(unicode, 16));
        }
        int at = SHORT.indexOf(letter);
        return at < 0 ? letter : String.valueOf(MEANT.charAt(at));
    }
}
