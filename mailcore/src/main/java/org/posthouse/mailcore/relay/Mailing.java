package org.posthouse.mailcore.relay;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.posthouse.mailcore.message.Fields;
import org.posthouse.mailcore.message.Octets;
import org.posthouse.mailcore.queue.Envelope;
import org.posthouse.mailcore.queue.MailFlags;
import org.posthouse.mailcore.queue.Outcome;
import org.posthouse.mailcore.queue.Recipient;
import org.posthouse.mailcore.queue.Xtext;

/**
 * One mail over one call: MAIL, RCPT, DATA, and for each recipient what became of it.
 *
 * <p>RFC 5321 4.2.1 and 4.5.4.1, RFC 1870 (SIZE), RFC 2920 (PIPELINING), RFC 3461 (DSN), RFC 6152 (8BITMIME), RFC 6531.
 */
final class Mailing {

    // RFC 5321 4.5.3.1.8: every server takes at least 100.
    private static final int RECIPIENTS = 100;
    // RFC 5321 4.5.3.2.6: the other side may work long on a mail before it answers for it.
    private static final Duration AFTER_DATA = Duration.ofMinutes(10);
    private static final Duration COMMAND = Duration.ofMinutes(5);

    private final Call call;
    private final Envelope envelope;
    private final byte[] original;
    private byte[] message;
    private final BiConsumer<Recipient, Outcome> settle;

    Mailing(Call call, Envelope envelope, byte[] message, BiConsumer<Recipient, Outcome> settle) {
        this.call = call;
        this.envelope = envelope;
        this.original = message;
        this.message = message;
        this.settle = settle;
    }

    /** Sends it to all of them. Whoever is not settled when this throws may be tried at another host. */
    void send(List<Recipient> recipients) {
        for (int from = 0; from < recipients.size(); from += RECIPIENTS) {
            transaction(recipients.subList(from, Math.min(from + RECIPIENTS, recipients.size())));
        }
    }

    private void transaction(List<Recipient> recipients) {
        try {
            message = fitting();
        } catch (SevenBit.Inconvertible inconvertible) {
            settleAll(recipients, Reports.never(String.valueOf(inconvertible.getMessage()), call.target()));
            return;
        }
        if (isTooLarge()) {
            settleAll(recipients, Reports.never("552 5.3.4 larger than this host accepts", call.target()));
            return;
        }
        List<Recipient> possible = withoutForeign(recipients);
        if (possible.isEmpty()) {
            return;
        }
        List<Recipient> accepted = envelope(possible);
        if (accepted.isEmpty()) {
            call.ask("RSET");
            return;
        }
        Answer ready = call.ask("DATA");
        if (ready.code() != 354) {
            settleAll(accepted, outcome(ready));
            return;
        }
        Stuffing.send(call.connection(), message);
        call.connection().patience(AFTER_DATA);
        settleAll(accepted, outcome(call.hear()));
        call.connection().patience(COMMAND);
    }

    // RFC 6152 3, RFC 6531 3.2: a host is sent nothing that it did not say it takes.
    private byte[] fitting() {
        int header = Fields.of(original).end();
        if (has(MailFlags.INTERNATIONAL)
                && call.offers("SMTPUTF8").isEmpty()
                && Octets.isEightBit(original, 0, header)) {
            throw new SevenBit.Inconvertible("550 5.6.7 the host does not take header fields in UTF-8");
        }
        return call.offers("8BITMIME").isPresent() ? original : SevenBit.of(original);
    }

    private boolean isTooLarge() {
        return call.offers("SIZE")
                .filter(size ->
                        !size.isEmpty() && size.length() < 18 && size.chars().allMatch(c -> c >= '0' && c <= '9'))
                .map(Long::parseLong)
                .filter(limit -> limit > 0 && limit < message.length)
                .isPresent();
    }

    /** Those whose address the host can be told; the others are settled. */
    private List<Recipient> withoutForeign(List<Recipient> recipients) {
        if (call.offers("SMTPUTF8").isPresent()) {
            return recipients;
        }
        var possible = new ArrayList<Recipient>();
        for (Recipient recipient : recipients) {
            if (isAscii(recipient.address()) && isAscii(envelope.sender())) {
                possible.add(recipient);
            } else {
                settle.accept(
                        recipient,
                        Reports.never("550 5.6.7 the host does not accept non-ASCII addresses", call.target()));
            }
        }
        return possible;
    }

    private List<Recipient> envelope(List<Recipient> recipients) {
        boolean pipelined = call.offers("PIPELINING").isPresent();
        var accepted = new ArrayList<Recipient>();
        call.say(mail(recipients));
        if (pipelined) {
            recipients.forEach(recipient -> call.say(rcpt(recipient)));
        }
        if (!sender(call.hear(), recipients)) {
            recipients.stream().filter(recipient -> pipelined).forEach(recipient -> call.hear());
            return accepted;
        }
        for (Recipient recipient : recipients) {
            if (!pipelined) {
                call.say(rcpt(recipient));
            }
            note(recipient, call.hear(), accepted);
        }
        return accepted;
    }

    /** Whether the sender was accepted. */
    private boolean sender(Answer answer, List<Recipient> recipients) {
        if (answer.isNever()) {
            settleAll(recipients, outcome(answer));
            return false;
        }
        if (!answer.isGood()) {
            throw new Call.Unwilling(answer.toString());
        }
        return true;
    }

    private void note(Recipient recipient, Answer answer, List<Recipient> accepted) {
        if (answer.isGood()) {
            accepted.add(recipient);
        } else {
            settle.accept(recipient, outcome(answer));
        }
    }

    private void settleAll(List<Recipient> recipients, Outcome outcome) {
        recipients.forEach(recipient -> settle.accept(recipient, outcome));
    }

    private String mail(List<Recipient> recipients) {
        var command = new StringBuilder("MAIL FROM:<").append(envelope.sender()).append('>');
        if (call.offers("SIZE").isPresent()) {
            command.append(" SIZE=").append(message.length);
        }
        boolean eight = has(MailFlags.EIGHT_BIT) || Octets.isEightBit(message, 0, message.length);
        if (eight && call.offers("8BITMIME").isPresent()) {
            command.append(" BODY=8BITMIME");
        }
        boolean foreign = has(MailFlags.INTERNATIONAL)
                || !isAscii(envelope.sender())
                || recipients.stream().anyMatch(recipient -> !isAscii(recipient.address()));
        if (foreign && call.offers("SMTPUTF8").isPresent()) {
            command.append(" SMTPUTF8");
        }
        if (call.offers("DSN").isPresent()) {
            command.append(reportWishes());
        }
        return command.toString();
    }

    private Outcome outcome(Answer answer) {
        return Reports.of(answer, call.target(), call.offers("DSN").isPresent());
    }

    private boolean has(int flag) {
        return (envelope.flags() & flag) != 0;
    }

    private String reportWishes() {
        String returns = has(MailFlags.RETURN_FULL) ? "FULL" : has(MailFlags.RETURN_HEADER) ? "HDRS" : "";
        return (returns.isEmpty() ? "" : " RET=" + returns)
                + (envelope.envelopeId().isEmpty() ? "" : " ENVID=" + Xtext.of(envelope.envelopeId()));
    }

    private String rcpt(Recipient recipient) {
        var command = new StringBuilder("RCPT TO:<").append(recipient.address()).append('>');
        if (call.offers("DSN").isPresent()) {
            if (!recipient.dsn().isEmpty()) {
                command.append(" NOTIFY=").append(recipient.notifyParameter());
            }
            if (!recipient.original().isEmpty()) {
                command.append(" ORCPT=").append(recipient.original());
            }
        }
        return command.toString();
    }

    private static boolean isAscii(String text) {
        return text.chars().allMatch(c -> c < 0x80);
    }
}
