package org.posthouse.mailcore.store;

import java.util.Arrays;
import org.posthouse.mailcore.message.EnvelopeText;
import org.posthouse.mailcore.message.Fields;
import org.posthouse.mailcore.message.Part;
import org.posthouse.mailcore.message.StructureText;

/**
 * What lists of messages show, worked out once when a message comes, so that none of its body need be read again.
 *
 * @param header its header with the empty line
 * @param envelope as IMAP writes it, one character an octet
 * @param structure BODYSTRUCTURE as IMAP writes it, one character an octet
 */
@SuppressWarnings("ArrayRecordComponent") // Written and read whole, never compared.
public record Summary(byte[] header, String envelope, String structure) {

    /** Works one out. */
    public static Summary of(byte[] message) {
        Part part = Part.of(message);
        return new Summary(
                Arrays.copyOf(message, part.body()), EnvelopeText.of(part.fields()), StructureText.of(part, true));
    }

    /** The fields of the header. */
    public Fields fields() {
        return Fields.of(header);
    }
}
