package org.posthouse.mailcore.smtp;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.posthouse.mailcore.compute.MemoryBudget;
import org.posthouse.mailcore.compute.MemoryShort;
import org.posthouse.mailcore.message.Trace;
import org.posthouse.mailcore.people.People;
import org.posthouse.mailcore.smtp.Transaction.Addressee;
import org.posthouse.mailcore.store.TransitBuffer;
import org.posthouse.schema.value.AddressText;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The part of a session that takes a mail: MAIL, RCPT, DATA.
 *
 * <p>Mail for our own users is taken from everyone, mail for others from those alone who have said who they are. The 250
 * after the data is a promise: it is given when the spool has the mail on disk.
 */
final class MailTaker {

    private static final Logger LOG = LoggerFactory.getLogger(MailTaker.class);
    // RFC 5321 6.3: at least 100 are to be allowed; NetMail's own systems never came near 50.
    private static final int HOPS = 50;

    private final SmtpSession session;
    private @Nullable Transaction transaction;

    MailTaker(SmtpSession session) {
        this.session = session;
    }

    /** Whether a MAIL has been accepted and not ended yet. */
    boolean isUnderWay() {
        return transaction != null;
    }

    void forget() {
        transaction = null;
    }

    Reply mail(String argument) {
        if (transaction != null) {
            return Reply.BAD_SEQUENCE.saying("Finish the current message first");
        }
        Optional<String> path = after("FROM:", argument);
        if (path.isEmpty()) {
            return Reply.BAD_SYNTAX.saying("MAIL FROM:<address>");
        }
        try {
            MailPath sender = MailPath.read(path.get());
            Map<String, String> parameters = Parameters.read(sender.rest());
            Optional<Reply> wrong = Parameters.wrongForMail(parameters, session.largest());
            if (wrong.isPresent()) {
                return wrong.get();
            }
            if (sender.isInternational() && !parameters.containsKey("SMTPUTF8")) {
                return Reply.of(550, "5.6.7", "An address outside ASCII needs SMTPUTF8");
            }
            transaction = new Transaction(sender, parameters);
            return Reply.of(250, "2.1.0", "Sender OK");
        } catch (IllegalArgumentException malformed) {
            return Reply.of(501, "5.1.7", "Bad sender: " + malformed.getMessage());
        }
    }

    Reply rcpt(String argument) {
        Transaction mail = transaction;
        if (mail == null) {
            return Reply.BAD_SEQUENCE.saying("MAIL first");
        }
        Optional<String> path = after("TO:", argument);
        if (path.isEmpty()) {
            return Reply.BAD_SYNTAX.saying("RCPT TO:<address>");
        }
        try {
            MailPath recipient = MailPath.read(path.get());
            Map<String, String> parameters = Parameters.read(recipient.rest());
            Optional<Reply> wrong = Parameters.wrongForRcpt(parameters);
            return wrong.orElseGet(() -> recipient(mail, recipient, parameters));
        } catch (IllegalArgumentException malformed) {
            return Reply.of(501, "5.1.3", "Bad recipient: " + malformed.getMessage());
        }
    }

    // RFC 5321 2.4: no space stands before the colon or behind it; Outlook 365 and many scripts put one behind.
    private static Optional<String> after(String keyword, String argument) {
        return argument.regionMatches(true, 0, keyword, 0, keyword.length())
                ? Optional.of(argument.substring(keyword.length()))
                : Optional.empty();
    }

    private Reply recipient(Transaction mail, MailPath path, Map<String, String> parameters) {
        if (path.isNull()) {
            return Reply.of(501, "5.1.3", "Bad recipient: the empty address takes no mail");
        }
        if (path.isInternational() && !mail.isInternational()) {
            return Reply.of(553, "5.6.7", "An address outside ASCII needs SMTPUTF8");
        }
        if (mail.isFull()) {
            return Reply.of(452, "4.5.3", "Too many recipients, send to the others in another message");
        }
        Optional<String> mailbox = people().local(path.address());
        Optional<Reply> refusal = mailbox.isPresent() ? refusedHere(path, mailbox.get()) : refusedElsewhere();
        if (refusal.isPresent()) {
            return refusal.get();
        }
        mail.add(new Addressee(
                mailbox.orElse(path.address()),
                mailbox.isPresent(),
                path.address(),
                parameters.getOrDefault("ORCPT", ""),
                parameters.getOrDefault("NOTIFY", "")));
        return Reply.of(250, "2.1.5", "Recipient OK");
    }

    private Optional<Reply> refusedHere(MailPath path, String mailbox) {
        if (path.hidesRoute()) {
            return Optional.of(Reply.of(550, "5.7.1", "Routes within an address are not followed"));
        }
        if (!session.options().verifyAddresses() || people().find(mailbox).isPresent()) {
            return Optional.empty();
        }
        return people().members(mailbox).isEmpty()
                ? Optional.of(Reply.of(550, "5.1.1", "User Not Found" + astray(mailbox)))
                : Optional.empty();
    }

    private String astray(String mailbox) {
        return people().astray(mailbox).map(why -> ": this alias " + why).orElse("");
    }

    private Optional<Reply> refusedElsewhere() {
        if (session.person().isPresent()) {
            return Optional.empty();
        }
        session.server().routingDenied.increment();
        return Optional.of(Reply.of(550, "5.7.1", "Relaying denied: authenticate first"));
    }

    private People people() {
        return session.server().surroundings().people();
    }

    Reply data(String argument) {
        if (!argument.isEmpty()) {
            return Reply.BAD_SYNTAX.saying("DATA takes no parameters");
        }
        if (transaction == null || transaction.addressees().isEmpty()) {
            return Reply.BAD_SEQUENCE.saying(transaction == null ? "MAIL first" : "No valid recipients");
        }
        Transaction mail = transaction;
        transaction = null;
        String id = session.server().nextId();
        byte[] trace = trace(mail, id);
        session.connection().send("354 End data with <CR><LF>.<CR><LF>\r\n");
        TransitBuffer buffer = session.server().desk().buffers().apply(mail.expected());
        try (var reader = new BodyReader(trace, session.largest(), buffer)) {
            session.connection().octetsUntil(reader);
            return refused(reader).orElseGet(() -> take(mail, id, reader, trace.length));
        }
    }

    // Twice its size: fields may have to be put into it.
    private Reply take(Transaction mail, String id, BodyReader reader, int body) {
        try (var _ = MemoryBudget.forMessage(2 * reader.size())) {
            return take(mail, id, reader.message(), body);
        } catch (MemoryShort busy) {
            LOG.warn("{} {} refused: {}", session.id(), id, busy.getMessage());
            return Reply.of(452, "4.3.1", "Too many messages at once, please try again later");
        }
    }

    private byte[] trace(Transaction mail, String id) {
        String peer = AddressText.of(session.connection().peer());
        return Trace.received(
                new Trace.Hop(
                        session.greeting(),
                        peer.contains(":") ? "[IPv6:" + peer + "]" : "[" + peer + "]",
                        session.connection().cipher().orElse(""),
                        session.snapshot().officialDomain(),
                        session.protocol(mail.isInternational()),
                        id,
                        mail.onlyRecipient()),
                session.server().now());
    }

    private Optional<Reply> refused(BodyReader reader) {
        if (reader.isTooLarge()) {
            return Optional.of(Parameters.tooLarge(session.largest()));
        }
        if (reader.failure().isPresent()) {
            LOG.warn("{}: {}", session.id(), reader.failure().get());
            return Optional.of(Reply.of(452, "4.3.1", "Not enough disk space, please try again later"));
        }
        if (reader.hasNul()) {
            return Optional.of(Reply.of(550, "5.6.0", "A message cannot contain NUL octets"));
        }
        return reader.isClean()
                ? Optional.empty()
                : Optional.of(Reply.of(550, "5.6.0", "Lines end with CR LF: a bare CR or LF is not accepted"));
    }

    private Reply take(Transaction mail, String id, byte[] message, int body) {
        Trace.Header header = Trace.read(message, body);
        if (header.hops() > HOPS) {
            return Reply.of(554, "5.4.6", "Mail loop detected: the message has " + header.hops() + " Received fields");
        }
        byte[] whole = session.person().isEmpty()
                ? Trace.separated(message, body)
                : Trace.completed(
                        Trace.separated(message, body),
                        body,
                        header,
                        id,
                        session.snapshot().officialDomain(),
                        session.server().now());
        Reply reply = Handover.take(session, mail, id, whole);
        LOG.debug("{} {} from <{}>: {}", session.id(), id, mail.sender().address(), reply);
        return reply;
    }
}
