package org.posthouse.mailcore.queue;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A delivery status notification (RFC 3464) on its way back to a sender: of failures, or of a delivery where the sender
 * asked for that. It has no sender itself, so that nothing ever comes back to it (RFC 5321 4.5.5).
 */
@SuppressWarnings("ArrayRecordComponent") // Handed on at once, never compared.
record Bounce(Envelope envelope, byte[] message) {

    private static final Logger LOG = LoggerFactory.getLogger(Bounce.class);

    /** What failed for good in this attempt, as far as the sender wants to hear of it. */
    static Optional<Bounce> ofFailures(Item item, QueueSettings settings, Instant now) {
        var failures = new ArrayList<Report.Line>();
        for (Map.Entry<Recipient, Outcome> each : item.outcomes().entrySet()) {
            if (each.getValue() instanceof Outcome.Never(String reply, String why)) {
                LOG.info("{} for <{}> failed: {} {}", item.id(), each.getKey().address(), reply, why);
                if (each.getKey().wantsFailure()) {
                    failures.add(new Report.Line(each.getKey(), "failed", reply, why));
                }
            }
        }
        return failures.isEmpty() ? Optional.empty() : to(item, failures, settings, now);
    }

    /** The good news for a sender who asked for it. */
    static Optional<Bounce> ofDelivery(Item item, Recipient recipient, QueueSettings settings, Instant now) {
        return recipient.wantsSuccess()
                ? to(
                        item,
                        List.of(new Report.Line(recipient, "delivered", "250 2.1.5 Delivered to the mailbox", "")),
                        settings,
                        now)
                : Optional.empty();
    }

    private static Optional<Bounce> to(Item item, List<Report.Line> lines, QueueSettings settings, Instant now) {
        String sender = item.envelope().sender();
        if (sender.isEmpty()) {
            return Optional.empty();
        }
        Recipient recipient = settings.local()
                .apply(sender)
                .map(mailbox -> new Recipient(Recipient.Kind.LOCAL, mailbox, "", "NEVER", ""))
                .orElseGet(() -> new Recipient(Recipient.Kind.REMOTE, sender, "", "NEVER", ""));
        var envelope = new Envelope(now, "", "", "", "", 0, List.of(recipient));
        return Optional.of(new Bounce(envelope, new Report(item, lines, settings.host(), now).octets()));
    }

    /** Whether this is only good news. */
    static boolean isGood(List<Report.Line> lines) {
        return lines.stream().allMatch(line -> line.action().equals("delivered"));
    }

    /** The type of an address in a report: RFC 3464 2.3.2, RFC 6533 3. */
    static String typed(String address) {
        boolean ascii = address.chars().allMatch(c -> c < 128);
        return (ascii ? "rfc822;" : "utf-8;") + address.toLowerCase(Locale.ROOT);
    }

    /** Joins octets. */
    static byte[] joined(byte[]... parts) {
        var all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    static byte[] octets(String text) {
        return text.getBytes(UTF_8);
    }
}
