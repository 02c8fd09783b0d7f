package org.posthouse.mailcore.queue;

import java.time.Instant;
import java.util.List;

/**
 * What travels with a mail and is not part of it.
 *
 * @param date when it was taken; the retry timeout counts from here, also over restarts (RFC 5321 4.5.4.1)
 * @param sender the reverse path; empty for bounces
 * @param authenticatedSender the account that sent it; empty when nobody signed in
 * @param envelopeId ENVID, decoded; empty when not given (RFC 3461 4.4)
 * @param client the address of the host that handed it in
 * @param flags NetMail's message flags; 0 for none
 * @param recipients all it was addressed to when taken
 */
public record Envelope(
        Instant date,
        String sender,
        String authenticatedSender,
        String envelopeId,
        String client,
        int flags,
        List<Recipient> recipients) {

    /** Takes a copy of the list. */
    public Envelope {
        recipients = List.copyOf(recipients);
    }
}
