package org.posthouse.mailcore.message;

/** Reads a structured header field from left to right: quoted strings, comments, the text between. RFC 5322 3.2. */
final class HeaderWords {

    private final String text;
    private int at;
    private String comment = "";

    HeaderWords(String text) {
        this.text = text;
    }

    boolean atEnd() {
        return at >= text.length();
    }

    char peek() {
        return text.charAt(at);
    }

    boolean skip(char expected) {
        if (atEnd() || peek() != expected) {
            return false;
        }
        at++;
        return true;
    }

    /** The comment read last, without its parentheses. */
    String comment() {
        return comment;
    }

    void forgetComment() {
        comment = "";
    }

    /** What stands before one of these characters: quotes undone, comments left out, blanks made single. */
    String upTo(String stops) {
        var words = new StringBuilder();
        while (!atEnd() && stops.indexOf(peek()) < 0) {
            char c = peek();
            if (c == '"') {
                quoted(words);
            } else if (c == '(') {
                comment = readComment();
            } else {
                at++;
                if (c != ' ' && c != '\t') {
                    words.append(c);
                } else if (!words.isEmpty() && words.charAt(words.length() - 1) != ' ') {
                    words.append(' ');
                }
            }
        }
        return words.toString().stripTrailing();
    }

    private void quoted(StringBuilder words) {
        at++;
        while (!atEnd() && peek() != '"') {
            if (peek() == '\\' && at + 1 < text.length()) {
                at++;
            }
            words.append(text.charAt(at++));
        }
        at++;
    }

    private String readComment() {
        int start = ++at;
        int depth = 1;
        while (!atEnd()) {
            char c = text.charAt(at++);
            if (c == '\\') {
                at++;
            } else if (c == '(') {
                depth++;
            } else if (c == ')' && --depth == 0) {
                return text.substring(start, at - 1);
            }
        }
        return text.substring(start);
    }
}
