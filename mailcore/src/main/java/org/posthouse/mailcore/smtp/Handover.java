package org.posthouse.mailcore.smtp;

import java.util.Locale;
import org.posthouse.mailcore.people.Person;
import org.posthouse.mailcore.queue.DiskFull;
import org.posthouse.mailcore.queue.Envelope;
import org.posthouse.mailcore.queue.MailFlags;
import org.posthouse.mailcore.queue.Recipient;
import org.posthouse.mailcore.smtp.Transaction.Addressee;
import org.posthouse.schema.value.AddressText;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands a received mail to the spool, and says what became of it. */
final class Handover {

    private static final Logger LOG = LoggerFactory.getLogger(Handover.class);

    private Handover() {}

    /** 250 when the mail is on disk, and never before. */
    static Reply take(SmtpSession session, Transaction mail, String id, byte[] message) {
        try {
            session.server().desk().take().accept(envelope(session, mail), message);
            session.server()
                    .countReceived(
                            session.person().isPresent(),
                            message.length,
                            mail.addressees().size());
            return Reply.of(250, "2.6.0", "Taken as " + id);
        } catch (DiskFull full) {
            LOG.warn("{} {} refused: {}", session.id(), id, full.getMessage());
            return Reply.DISK_FULL;
        }
    }

    private static Envelope envelope(SmtpSession session, Transaction mail) {
        return new Envelope(
                session.server().surroundings().clock().instant(),
                mail.sender().address(),
                session.person().map(Person::account).orElse(""),
                mail.envelopeId(),
                AddressText.of(session.connection().peer()),
                flags(mail),
                mail.addressees().stream().map(Handover::recipient).toList());
    }

    private static int flags(Transaction mail) {
        int returns = switch (mail.returns()) {
            case "FULL" -> MailFlags.RETURN_FULL;
            case "HDRS" -> MailFlags.RETURN_HEADER;
            default -> 0;
        };
        return returns
                | (mail.isEightBit() ? MailFlags.EIGHT_BIT : 0)
                | (mail.isInternational() ? MailFlags.INTERNATIONAL : 0);
    }

    private static Recipient recipient(Addressee addressee) {
        return new Recipient(
                addressee.local() ? Recipient.Kind.LOCAL : Recipient.Kind.REMOTE,
                addressee.address(),
                addressee.original(),
                addressee.wish().toUpperCase(Locale.ROOT),
                "",
                addressee.given());
    }
}
