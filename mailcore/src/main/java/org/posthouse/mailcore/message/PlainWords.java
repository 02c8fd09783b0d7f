package org.posthouse.mailcore.message;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.apache.james.mime4j.codec.Base64InputStream;
import org.apache.james.mime4j.codec.DecodeMonitor;
import org.apache.james.mime4j.codec.DecoderUtil;
import org.apache.james.mime4j.codec.QuotedPrintableInputStream;

/** A message as people read it, for SEARCH: encodings and character sets undone, all in lower case. */
public final class PlainWords {

    private PlainWords() {}

    /** A text to look for, in the same form as what is looked through. */
    public static String folded(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    /** Whether the value of a header field (one character an octet) holds the folded text. */
    public static boolean fieldHolds(String value, String folded) {
        if (folded.isEmpty() || folded(value).contains(folded)) {
            return true;
        }
        return folded(DecoderUtil.decodeEncodedWords(text(value), DecodeMonitor.SILENT))
                .contains(folded);
    }

    // RFC 6532 lets UTF-8 stand in headers; what is no UTF-8 stays octet by octet.
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

    /** Whether any text part, or any header below the message's own, holds the folded text. */
    public static boolean bodyHolds(Part part, String folded) {
        if (!part.children().isEmpty()) {
            return part.children().stream().anyMatch(child -> headerHolds(child, folded) || bodyHolds(child, folded));
        }
        return part.type().equals("TEXT") && folded(text(part)).contains(folded);
    }

    /** Whether the header holds the folded text, encoded words undone. */
    public static boolean headerHolds(Part part, String folded) {
        return folded.isEmpty() || part.fields().unfolded().stream().anyMatch(field -> fieldHolds(field, folded));
    }

    /**
     * Whether a field of addresses holds the folded text: as written, or in one of its addresses without comments and
     * folding, as ENVELOPE shows it (RFC 3501 6.4.4 searches the envelope).
     */
    public static boolean addressesHold(String value, String folded) {
        return fieldHolds(value, folded)
                || Address.list(value).stream().anyMatch(address -> fieldHolds(address.text(), folded));
    }

    private static String text(Part part) {
        Charset charset = charset(part.parameters().getOrDefault("charset", "us-ascii"));
        var body = new ByteArrayInputStream(part.octets(), part.body(), part.end() - part.body());
        try (InputStream decoded = decoded(body, part.encoding())) {
            return new String(decoded.readAllBytes(), charset);
        } catch (IOException broken) {
            return new String(part.octets(), part.body(), part.end() - part.body(), charset);
        }
    }

    private static InputStream decoded(InputStream body, String encoding) {
        return switch (encoding) {
            case "BASE64" -> new Base64InputStream(body, DecodeMonitor.SILENT);
            case "QUOTED-PRINTABLE" -> new QuotedPrintableInputStream(body, DecodeMonitor.SILENT);
            default -> body;
        };
    }

    private static Charset charset(String name) {
        try {
            Charset charset = Charset.forName(name);
            return charset.equals(StandardCharsets.US_ASCII) ? StandardCharsets.UTF_8 : charset;
        } catch (IllegalArgumentException unknown) {
            return StandardCharsets.UTF_8;
        }
    }
}
