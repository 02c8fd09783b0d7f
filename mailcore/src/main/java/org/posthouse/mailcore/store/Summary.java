package org.posthouse.mailcore.store;

import java.util.Arrays;
import org.posthouse.mailcore.message.EnvelopeText;
import org.posthouse.mailcore.message.Fields;
import org.posthouse.mailcore.message.Part;
import org.posthouse.mailcore.message.StructureText;

/**
 * What lists of messages show, worked out once when a message comes, so that none of its body need be read again.
 *
 * @param header its header with the empty line; empty when it is so large that it has to be read from the message
 * @param envelope as IMAP writes it, one character an octet
 * @param structure BODYSTRUCTURE as IMAP writes it, one character an octet
 */
@SuppressWarnings("ArrayRecordComponent") // Written and read whole, never compared.
public record Summary(byte[] header, String envelope, String structure) {

    private static final int LARGEST_HEADER = 256 << 10;

    /** Works one out. */
    public static Summary of(byte[] message) {
        Part part = Part.of(message);
        byte[] header = part.body() > LARGEST_HEADER ? new byte[0] : Arrays.copyOf(message, part.body());
        return new Summary(header, EnvelopeText.of(part.fields()), StructureText.of(part, true));
    }

    /** Whether the header is here. Otherwise the message has none, or one that is too large to be kept twice. */
    public boolean hasHeader() {
        return header.length > 0;
    }

    /** The fields of the header. */
    public Fields fields() {
        return Fields.of(header);
    }
}
