package org.posthouse.mailcore.message;

import java.util.Optional;

/** Writes strings in the forms of RFC 3501 9. */
public final class Strings {

    private Strings() {}

    /** A quoted string where its characters allow, else a literal; characters are octets. */
    public static void string(StringBuilder out, String text) {
        if (!isQuotable(text)) {
            out.append('{').append(text.length()).append("}\r\n").append(text);
            return;
        }
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\');
            }
            out.append(c);
        }
        out.append('"');
    }

    private static boolean isQuotable(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c > '~') {
                return false;
            }
        }
        return text.length() < 1000;
    }

    /** The same, or NIL. */
    public static void nstring(StringBuilder out, Optional<String> text) {
        if (text.isPresent()) {
            string(out, text.get());
        } else {
            out.append("NIL");
        }
    }
}
