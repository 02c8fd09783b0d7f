package org.posthouse.mailcore.smtp;

import java.util.EnumSet;
import java.util.Set;
import org.posthouse.mailcore.people.Person;
import org.posthouse.mailcore.queue.DiskFull;
import org.posthouse.mailcore.queue.Envelope;
import org.posthouse.mailcore.queue.Envelope.Flag;
import org.posthouse.mailcore.queue.Recipient;
import org.posthouse.mailcore.smtp.Transaction.Addressee;
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
            session.server().received.increment();
            return Reply.of(250, "2.6.0", "Taken as " + id);
        } catch (DiskFull full) {
            LOG.warn("{} {} refused: {}", session.id(), id, full.getMessage());
            return Reply.of(452, "4.3.1", "There is no room on disk now, please try again later");
        }
    }

    private static Envelope envelope(SmtpSession session, Transaction mail) {
        return new Envelope(
                session.server().surroundings().clock().instant(),
                mail.sender().address(),
                session.person().map(Person::account).orElse(""),
                mail.envelopeId(),
                session.connection().peer().getHostAddress(),
                flags(mail),
                mail.addressees().stream().map(Handover::recipient).toList());
    }

    private static Set<Flag> flags(Transaction mail) {
        var flags = EnumSet.noneOf(Flag.class);
        if (mail.isEightBit()) {
            flags.add(Flag.EIGHT_BIT);
        }
        if (mail.isInternational()) {
            flags.add(Flag.INTERNATIONAL);
        }
        switch (mail.returns()) {
            case "FULL" -> flags.add(Flag.RETURN_FULL);
            case "HDRS" -> flags.add(Flag.RETURN_HEADER);
            default -> {}
        }
        return flags;
    }

    private static Recipient recipient(Addressee addressee) {
        return new Recipient(
                addressee.local() ? Recipient.Kind.LOCAL : Recipient.Kind.REMOTE,
                addressee.address(),
                addressee.original(),
                addressee.wish(),
                "");
    }
}
