package org.posthouse.mailcore.message;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A message or a part of one, and the octets it spans.
 *
 * @param fields its header
 * @param end behind its last octet; its body begins at {@code fields.end()}
 * @param type upper case, such as TEXT
 * @param subtype upper case, such as PLAIN
 * @param parameters of its Content-Type
 * @param children the parts of a multipart, or the one message within a MESSAGE/RFC822
 */
@SuppressWarnings("ArrayRecordComponent") // A window on the octets of one message, never compared.
public record Part(
        byte[] octets,
        Fields fields,
        int end,
        String type,
        String subtype,
        Map<String, String> parameters,
        List<Part> children) {

    /** Reads a message. */
    public static Part of(byte[] message) {
        return new PartReader(message).message();
    }

    /** Whether its children are parts side by side. */
    public boolean isMultipart() {
        return type.equals("MULTIPART");
    }

    /** Whether its one child is a whole message. */
    public boolean isMessage() {
        return type.equals("MESSAGE") && !children.isEmpty();
    }

    /** Where its body begins. */
    public int body() {
        return fields.end();
    }

    /** How its body is encoded, upper case; 7BIT when it does not say. */
    public String encoding() {
        return fields.first("Content-Transfer-Encoding")
                .map(text -> new HeaderWords(text).upTo(";"))
                .filter(Parameterized::isToken)
                .map(text -> text.toUpperCase(Locale.ROOT))
                .orElse("7BIT");
    }

    /** The part with this number below it, counted from 1 as RFC 3501 6.4.5 does. */
    public Optional<Part> child(int number) {
        if (isMultipart()) {
            return number <= children.size() ? Optional.of(children.get(number - 1)) : Optional.empty();
        }
        return number == 1 ? Optional.of(this) : Optional.empty();
    }
}
