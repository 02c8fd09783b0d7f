package org.posthouse.mailcore.message;

import java.util.List;
import java.util.Optional;

/** Writes the ENVELOPE of a message: RFC 3501 7.4.2. */
public final class EnvelopeText {

    private EnvelopeText() {}

    /** The envelope of the message with this header; each character stands for an octet. */
    public static String of(Fields fields) {
        var out = new StringBuilder(512).append('(');
        Strings.nstring(out, fields.first("Date"));
        out.append(' ');
        Strings.nstring(out, fields.first("Subject"));
        List<Address> from = addresses(fields, "From", List.of());
        write(out, from);
        write(out, addresses(fields, "Sender", from));
        write(out, addresses(fields, "Reply-To", from));
        write(out, addresses(fields, "To", List.of()));
        write(out, addresses(fields, "Cc", List.of()));
        write(out, addresses(fields, "Bcc", List.of()));
        out.append(' ');
        Strings.nstring(out, fields.first("In-Reply-To"));
        out.append(' ');
        Strings.nstring(out, fields.first("Message-ID"));
        return out.append(')').toString();
    }

    // RFC 3501 7.4.2: an absent or empty Sender or Reply-To is told as the From.
    private static List<Address> addresses(Fields fields, String name, List<Address> otherwise) {
        List<String> values = fields.all(name);
        if (values.isEmpty()) {
            return otherwise;
        }
        List<Address> addresses = Address.list(String.join(", ", values));
        return addresses.isEmpty() ? otherwise : addresses;
    }

    private static void write(StringBuilder out, List<Address> addresses) {
        if (addresses.isEmpty()) {
            out.append(" NIL");
            return;
        }
        out.append(" (");
        for (var address : addresses) {
            out.append('(');
            Strings.nstring(out, Optional.of(address.name()).filter(text -> !text.isEmpty()));
            out.append(' ');
            Strings.nstring(out, Optional.of(address.route()).filter(text -> !text.isEmpty()));
            out.append(' ');
            Strings.nstring(out, address.mailbox());
            out.append(' ');
            Strings.nstring(out, address.host());
            out.append(')');
        }
        out.append(')');
    }
}
