package org.posthouse.mailcore.queue;

import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What is known of a mail besides its text.
 *
 * @param date when it was taken; its age counts from here
 * @param sender the address reports go to; empty for a report itself
 * @param authenticatedSender the mailbox name of the user who sent it; empty for mail from outside
 * @param envelopeId ENVID of the sender; empty when not given (RFC 3461 4.4)
 * @param client the address it came from, as a literal; empty for mail of our own
 * @param flags what is special about it
 * @param recipients whom it is for
 */
public record Envelope(
        Instant date,
        String sender,
        String authenticatedSender,
        String envelopeId,
        String client,
        Set<Flag> flags,
        List<Recipient> recipients) {

    /** What may be special about a mail. */
    public enum Flag {
        /** It has octets outside ASCII, as the sender said by BODY=8BITMIME. */
        EIGHT_BIT,
        /** Header or addresses are in UTF-8, as the sender said by SMTPUTF8. */
        INTERNATIONAL,
        /** Reports shall carry the whole mail: RET=FULL. */
        RETURN_FULL,
        /** Reports shall carry the header alone: RET=HDRS. */
        RETURN_HEADER
    }

    /** Takes copies. */
    public Envelope {
        flags = flags.isEmpty() ? Set.of() : Set.copyOf(EnumSet.copyOf(flags));
        recipients = List.copyOf(recipients);
    }

    /** The same mail for others. */
    public Envelope to(List<Recipient> others) {
        return new Envelope(date, sender, authenticatedSender, envelopeId, client, flags, others);
    }
}
