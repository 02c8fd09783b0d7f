package org.posthouse.mailcore.message;

import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.james.mime4j.codec.Base64InputStream;
import org.apache.james.mime4j.codec.DecodeMonitor;
import org.apache.james.mime4j.codec.QuotedPrintableInputStream;

/** A message as people read it, for SEARCH: encodings and character sets undone, all in lower case. */
public final class PlainWords {

    private PlainWords() {}

    /**
     * A text to look for, in the same form as what is looked through: each character in lower case by itself, so that it
     * does not matter where a piece of a text ends.
     */
    public static String folded(String text) {
        var folded = text.toCharArray();
        for (int at = 0; at < folded.length; at++) {
            char c = folded[at];
            if (Character.isHighSurrogate(c)) {
                int small = Character.toLowerCase(Character.codePointAt(folded, at));
                at += Character.toChars(small, folded, at) - 1;
            } else {
                folded[at] = Character.toLowerCase(c);
            }
        }
        return new String(folded);
    }

    /** Whether the value of a header field (one character an octet) holds the folded text. */
    public static boolean fieldHolds(String value, String folded) {
        return folded.isEmpty() || forms(value).stream().anyMatch(form -> form.contains(folded));
    }

    /** A header field (one character an octet) as it can be looked through: as written, and with its words decoded. */
    static List<String> forms(String value) {
        String written = folded(value);
        if (value.chars().allMatch(c -> c < 0x80) && !value.contains("=?")) {
            return List.of(written);
        }
        String read = folded(decoded(value));
        return read.equals(written) ? List.of(written) : List.of(written, read);
    }

    // RFC 6532 lets UTF-8 stand in headers; what is no UTF-8 stays octet by octet.
    /** A header field (one character an octet) with its encoded words decoded, as people read it. */
    public static String decoded(String value) {
        return EncodedWords.decoded(text(value));
    }

    private static String text(String octets) {
        byte[] raw = octets.getBytes(StandardCharsets.ISO_8859_1);
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(raw))
                    .toString();
        } catch (CharacterCodingException otherCharset) {
            return octets;
        }
    }

    /**
     * Whether a field of addresses holds the folded text: as written, or in one of its addresses without comments and
     * folding, as ENVELOPE shows it (RFC 3501 6.4.4 searches the envelope).
     */
    public static boolean addressesHold(String value, String folded) {
        return fieldHolds(value, folded)
                || Address.list(value).stream().anyMatch(address -> fieldHolds(address.text(), folded));
    }

    /** The character set of a text part; UTF-8 where it says none, or one that is not known. */
    static Charset charset(Part part) {
        return charset(part.parameters().getOrDefault("charset", "us-ascii"));
    }

    /** A body without its transfer encoding. */
    static InputStream decoded(InputStream body, String encoding) {
        return switch (encoding) {
            case "BASE64" -> new Base64InputStream(body, DecodeMonitor.SILENT);
            case "QUOTED-PRINTABLE" -> new QuotedPrintableInputStream(new ShortBlanks(body), DecodeMonitor.SILENT);
            default -> body;
        };
    }

    private static Charset charset(String name) {
        return Charsets.named(name)
                .filter(charset -> !charset.equals(StandardCharsets.US_ASCII))
                .orElse(StandardCharsets.UTF_8);
    }
}
