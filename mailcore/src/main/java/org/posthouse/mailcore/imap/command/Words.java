package org.posthouse.mailcore.imap.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.posthouse.mailcore.store.TransitBuffer;

/** Reads the words of one command from left to right: atoms, strings, numbers and lists of RFC 3501 9. */
final class Words {

    private static final int DEEPEST = 40;

    private final Raw raw;
    private String line;
    private int literal;
    private int at;
    private int depth;

    Words(Raw raw) {
        this.raw = raw;
        this.line = raw.lines().getFirst();
    }

    // RFC 3501 9: ATOM-CHAR is any CHAR except "(" ")" "{" SP CTL list-wildcards quoted-specials resp-specials.
    static boolean isAtomChar(int c) {
        return c > ' ' && c < 0x7f && "(){%*\"\\]".indexOf(c) < 0;
    }

    boolean atEnd() {
        return at == line.length() && literal == raw.literals().size();
    }

    void end() {
        if (!atEnd()) {
            throw new Malformed("There is more on the line than this command takes");
        }
    }

    /** The next character, or -1 at the end of the line. */
    int peek() {
        return at < line.length() ? line.charAt(at) : -1;
    }

    boolean skip(char expected) {
        if (peek() != expected) {
            return false;
        }
        at++;
        return true;
    }

    boolean skipWord(String word) {
        if (!line.regionMatches(true, at, word, 0, word.length())) {
            return false;
        }
        at += word.length();
        return true;
    }

    void expect(char expected) {
        if (!skip(expected)) {
            throw new Malformed(
                    expected == ' ' ? "A space or another word is missing" : "A " + expected + " is missing");
        }
    }

    /** The separator between two words. Some clients send two; RFC 3501 wants one. */
    void space() {
        expect(' ');
        while (skip(' ')) {}
    }

    /** Whether another word follows, after a space. */
    boolean more() {
        int before = at;
        if (skip(' ')) {
            while (skip(' ')) {}
            if (!atEnd()) {
                return true;
            }
        }
        at = before;
        return false;
    }

    String atom() {
        return run("A word", false, false);
    }

    /** An atom in upper case: a keyword. */
    String keyword() {
        return atom().toUpperCase(Locale.ROOT);
    }

    String tag() {
        String tag = run("A tag", true, false);
        if (!Raw.isTag(tag)) {
            throw new Malformed("A tag is made of letters and digits");
        }
        return tag;
    }

    private String run(String what, boolean bracket, boolean wildcards) {
        int start = at;
        while (at < line.length() && isRun(line.charAt(at), bracket, wildcards)) {
            at++;
        }
        if (at == start) {
            throw new Malformed(what + " is missing");
        }
        return line.substring(start, at);
    }

    // Characters above 127 stand in no atom, but clients send mailbox names in UTF-8 unquoted: read, not refused.
    private static boolean isRun(char c, boolean bracket, boolean wildcards) {
        return isAtomChar(c) || c > 0x7f || (bracket && c == ']') || (wildcards && (c == '*' || c == '%'));
    }

    String astring() {
        return isStringAhead() ? string() : run("A name", true, false);
    }

    String listPattern() {
        return isStringAhead() ? string() : run("A pattern", true, true);
    }

    boolean isStringAhead() {
        return peek() == '"' || peek() == '{' || (peek() == '~' && line.startsWith("~{", at));
    }

    /** A quoted string or literal, its octets taken as UTF-8. */
    String string() {
        String text = peek() == '"' ? quoted() : Raw.utf8(literal());
        if (text.indexOf(0) >= 0) {
            throw new Malformed("A string cannot contain NUL");
        }
        return text;
    }

    byte[] literal() {
        skip('~');
        int brace = line.indexOf('}', at);
        if (peek() != '{'
                || brace != line.length() - 1
                || literal == raw.literals().size()) {
            throw new Malformed("A string is missing");
        }
        byte[] octets = raw.literals().get(literal++);
        line = raw.lines().get(literal);
        at = 0;
        return octets;
    }

    /** The literal that is a message. */
    TransitBuffer message() {
        byte[] octets = literal();
        return raw.message().orElseGet(() -> TransitBuffer.of(octets));
    }

    private String quoted() {
        expect('"');
        var text = new StringBuilder();
        while (peek() != '"') {
            int c = peek();
            if (c == '\\') {
                at++;
                c = peek();
            }
            if (c < 0) {
                throw new Malformed("A closing quote is missing");
            }
            text.append((char) c);
            at++;
        }
        at++;
        return text.toString();
    }

    /** A number below 2^63; RFC 3501 9 knows 32 bits, RFC 7162 7 and RFC 9051 9 go to 63. */
    long number() {
        int start = at;
        while (peek() >= '0' && peek() <= '9') {
            at++;
        }
        if (at == start || at - start > 18) {
            throw new Malformed("A number is missing or too large");
        }
        return Long.parseLong(line, start, at, 10);
    }

    /** Up to the given character, which stays. */
    String until(char end) {
        int stop = line.indexOf(end, at);
        if (stop < 0) {
            throw new Malformed("A " + end + " is missing");
        }
        String text = line.substring(at, stop);
        at = stop;
        return text;
    }

    /** A list in parentheses. */
    <T> List<T> list(Supplier<T> element) {
        var found = new ArrayList<T>();
        expect('(');
        deeper();
        while (!skip(')')) {
            if (!found.isEmpty()) {
                space();
                if (skip(')')) {
                    break;
                }
            }
            found.add(element.get());
        }
        depth--;
        return found;
    }

    /** Counts a nesting; search keys and lists go only so deep. */
    void deeper() {
        if (++depth > DEEPEST) {
            throw new Malformed("This nests too deep");
        }
    }

    void shallower() {
        depth--;
    }

    /** A flag: a keyword, or a system flag with its backslash. RFC 3501 2.3.2. */
    String flag() {
        boolean system = skip('\\');
        String name = atom();
        return system ? "\\" + name : name;
    }

    SequenceSet numbers() {
        int start = at;
        while (at < line.length() && "0123456789:,*".indexOf(line.charAt(at)) >= 0) {
            at++;
        }
        return SequenceSet.parse(line.substring(start, at));
    }
}
