package org.posthouse.mailcore.message;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Undoes the encoded words of a header field: RFC 2047. Takes time in proportion to the length of the field, whatever is
 * in it; what is no encoded word stays as it is written.
 */
final class EncodedWords {

    private static final String BEGIN = "=?";
    private static final String END = "?=";
    private static final int LONGEST_CHARSET = 100;

    private final String text;
    private final StringBuilder read;
    // Octets of the last words, as long as they have one charset: a character may lie across two words.
    private final ByteArrayOutputStream octets = new ByteArrayOutputStream();
    private @Nullable Charset charset;
    private boolean unended;

    @SuppressWarnings("ArrayRecordComponent") // Handed on at once, never compared.
    private record Word(Charset charset, byte[] octets, int end) {}

    private EncodedWords(String text) {
        this.text = text;
        this.read = new StringBuilder(text.length());
    }

    /** The text with its encoded words decoded. */
    static String decoded(String text) {
        return text.contains(BEGIN) ? new EncodedWords(text).all() : text;
    }

    private String all() {
        int at = 0;
        int from = 0;
        for (int start = text.indexOf(BEGIN); start >= 0; start = text.indexOf(BEGIN, from)) {
            Optional<Word> word = word(start + BEGIN.length());
            if (word.isEmpty()) {
                from = start + 1;
                continue;
            }
            between(at, start);
            if (!word.get().charset().equals(charset)) {
                flush();
            }
            charset = word.get().charset();
            octets.writeBytes(word.get().octets());
            at = word.get().end();
            from = at;
        }
        flush();
        return read.append(text, at, text.length()).toString();
    }

    // RFC 2047 6.2: blanks between two encoded words are not shown.
    private void between(int from, int to) {
        boolean joined = charset != null && text.substring(from, to).isBlank();
        if (!joined) {
            flush();
            read.append(text, from, to);
        }
    }

    private void flush() {
        if (charset != null) {
            read.append(octets.toString(charset));
            octets.reset();
            charset = null;
        }
    }

    private Optional<Word> word(int from) {
        int mark = text.indexOf('?', from, Math.min(text.length(), from + LONGEST_CHARSET));
        if (unended || mark < 0 || mark + 2 >= text.length() || text.charAt(mark + 2) != '?') {
            return Optional.empty();
        }
        int end = text.indexOf(END, mark + 3);
        unended = end < 0;
        String name = text.substring(from, mark);
        // RFC 2231 5: a language may follow the charset.
        Optional<Charset> found = Charsets.named(name.contains("*") ? name.substring(0, name.indexOf('*')) : name);
        if (unended || found.isEmpty()) {
            return Optional.empty();
        }
        String written = text.substring(mark + 3, end);
        return octets(text.charAt(mark + 1), written).map(each -> new Word(found.get(), each, end + END.length()));
    }

    private static Optional<byte[]> octets(char encoding, String written) {
        return switch (encoding) {
            case 'q', 'Q' -> Optional.of(quoted(written));
            case 'b', 'B' -> base64(written);
            default -> Optional.empty();
        };
    }

    private static Optional<byte[]> base64(String written) {
        try {
            return Optional.of(Base64.getMimeDecoder().decode(written));
        } catch (IllegalArgumentException broken) {
            return Optional.empty();
        }
    }

    // RFC 2047 4.2.
    private static byte[] quoted(String written) {
        var octets = new ByteArrayOutputStream(written.length());
        for (int at = 0; at < written.length(); at++) {
            char c = written.charAt(at);
            int high = c == '=' && at + 2 < written.length() ? Character.digit(written.charAt(at + 1), 16) : -1;
            int low = high < 0 ? -1 : Character.digit(written.charAt(at + 2), 16);
            if (low >= 0) {
                octets.write((high << 4) | low);
                at += 2;
            } else if (c < 0x80) {
                octets.write(c == '_' ? ' ' : c);
            } else {
                octets.writeBytes(String.valueOf(c).getBytes(StandardCharsets.UTF_8));
            }
        }
        return octets.toByteArray();
    }
}
