package org.posthouse.mailcore.relay;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.james.mime4j.codec.EncoderUtil;
import org.apache.james.mime4j.codec.EncoderUtil.Usage;
import org.posthouse.mailcore.relay.SevenBit.Inconvertible;

/** A header field in ASCII: what is outside becomes encoded words (RFC 2047), where those can stand. */
final class EncodedField {

    private static final Set<String> ADDRESSES = Set.of(
            "from",
            "sender",
            "reply-to",
            "to",
            "cc",
            "bcc",
            "resent-from",
            "resent-sender",
            "resent-to",
            "resent-cc",
            "resent-bcc",
            "disposition-notification-to");
    // RFC 2047 5: an encoded word stands in texts, comments and phrases, never in these.
    private static final Set<String> STRUCTURED = Set.of(
            "received",
            "return-path",
            "message-id",
            "in-reply-to",
            "references",
            "date",
            "resent-date",
            "resent-message-id",
            "content-type",
            "content-disposition",
            "content-transfer-encoding",
            "content-id",
            "mime-version",
            "content-language",
            "content-location",
            "dkim-signature",
            "arc-seal");

    private EncodedField() {}

    /** The lines of a field whose name is in lower case. Throws Inconvertible. */
    static List<String> of(String name, String unfolded) {
        int colon = unfolded.indexOf(':');
        String label = unfolded.substring(0, colon + 1);
        String value = unfolded.substring(colon + 1).strip();
        if (STRUCTURED.contains(name)) {
            throw new Inconvertible("554 5.6.7 the field " + label + " holds characters outside ASCII");
        }
        var lines = new ArrayList<String>();
        for (String piece : ADDRESSES.contains(name) ? addresses(value) : text(value)) {
            lines.add(lines.isEmpty() ? label + " " + piece : piece);
        }
        return lines;
    }

    // From the first word outside ASCII to the last: the blanks between encoded words do not count (RFC 2047 6.2).
    private static List<String> text(String value) {
        String[] words = value.split(" ", -1);
        int first = 0;
        int last = words.length - 1;
        while (isAscii(words[first])) {
            first++;
        }
        while (isAscii(words[last])) {
            last--;
        }
        var lines = new ArrayList<String>();
        String before = String.join(" ", List.of(words).subList(0, first));
        String after = String.join(" ", List.of(words).subList(last + 1, words.length));
        String encoded = encoded(String.join(" ", List.of(words).subList(first, last + 1)), Usage.TEXT_TOKEN);
        if (!before.isEmpty()) {
            lines.add(before);
        }
        lines.addAll(List.of(encoded.split(" ")));
        if (!after.isEmpty()) {
            lines.add(after);
        }
        return lines;
    }

    private static List<String> addresses(String value) {
        var lines = new ArrayList<String>();
        for (String one : value.split("(?<=,)(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)")) {
            lines.add(address(one.strip()));
        }
        return lines;
    }

    // Only the name before the address can be encoded; an address outside ASCII needs SMTPUTF8.
    private static String address(String one) {
        if (isAscii(one)) {
            return one;
        }
        int angle = one.lastIndexOf('<');
        String phrase = angle < 0 ? "" : one.substring(0, angle).strip();
        String rest = angle < 0 ? one : one.substring(angle);
        if (phrase.isEmpty() || !isAscii(rest) || phrase.contains(":")) {
            throw new Inconvertible("550 5.6.7 an address in the header is outside ASCII");
        }
        boolean quoted = phrase.length() > 1 && phrase.startsWith("\"") && phrase.endsWith("\"");
        String name = quoted ? phrase.substring(1, phrase.length() - 1).replaceAll("\\\\(.)", "$1") : phrase;
        return encoded(name, Usage.WORD_ENTITY) + " " + rest;
    }

    private static String encoded(String text, Usage usage) {
        return EncoderUtil.encodeEncodedWord(text, usage);
    }

    private static boolean isAscii(String text) {
        return text.chars().allMatch(c -> c < 0x80);
    }
}
