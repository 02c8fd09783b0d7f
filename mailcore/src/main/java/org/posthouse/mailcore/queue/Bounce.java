package org.posthouse.mailcore.queue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.posthouse.mailcore.queue.Report.Action;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A delivery status notification (RFC 3464) on its way back to a sender: of failures, or of what else the sender asked to
 * hear (RFC 3461 4.1). It has no sender itself, so that nothing ever comes back to it (RFC 5321 4.5.5).
 */
@SuppressWarnings("ArrayRecordComponent") // Handed on at once, never compared.
record Bounce(Envelope envelope, byte[] message) {

    // As long as other systems wait before they speak of a delay; two attempts of an hour fit in between.
    private static final Duration DELAY = Duration.ofHours(4);
    private static final Logger LOG = LoggerFactory.getLogger(Bounce.class);

    /** What is to be told after this attempt, as far as the sender wants to hear of it: one report for each kind of news. */
    static List<Bounce> ofAttempt(Item item, QueueSettings settings, Instant now) {
        var failed = new ArrayList<Report.Line>();
        var relayed = new ArrayList<Report.Line>();
        var delayed = new ArrayList<Report.Line>();
        List<Recipient> late = delayed(item, settings, now);
        for (Map.Entry<Recipient, Outcome> each : item.outcomes().entrySet()) {
            Recipient recipient = each.getKey();
            switch (each.getValue()) {
                case Outcome.Never(String reply, String why) -> {
                    LOG.info("{} for <{}> failed: {} {}", item.id(), recipient.address(), reply, why);
                    if (recipient.wantsFailure()) {
                        failed.add(new Report.Line(recipient, Action.FAILED, reply, why));
                    }
                }
                case Outcome.Relayed(String host, boolean reports)
                when !reports && recipient.wantsSuccess() -> {
                    String reply = "250 2.0.0 Relayed to a host that does not report deliveries";
                    relayed.add(new Report.Line(recipient, Action.RELAYED, reply, "host " + host));
                }
                case Outcome.Later(String reply, String why)
                when late.contains(recipient) -> delayed.add(new Report.Line(recipient, Action.DELAYED, reply, why));
                default -> {}
            }
        }
        var reports = new ArrayList<Bounce>();
        List.of(failed, relayed, delayed)
                .forEach(lines -> to(item, lines, settings, now).ifPresent(reports::add));
        return reports;
    }

    /** Those of whose delay the sender is to be told now. */
    static List<Recipient> delayed(Item item, QueueSettings settings, Instant now) {
        Instant taken = item.envelope().date();
        Instant given = taken.plus(settings.retryTimeout());
        if (now.isBefore(taken.plus(DELAY)) || now.isAfter(given)) {
            return List.of();
        }
        return item.outcomes().entrySet().stream()
                .filter(each -> each.getValue() instanceof Outcome.Later
                        && each.getKey().wantsDelay())
                .map(Map.Entry::getKey)
                .toList();
    }

    /** The good news for a sender who asked for it. */
    static Optional<Bounce> ofDelivery(Item item, Recipient recipient, QueueSettings settings, Instant now) {
        String reply = "250 2.1.5 Delivered to the mailbox";
        return recipient.wantsSuccess()
                ? to(item, List.of(new Report.Line(recipient, Action.DELIVERED, reply, "")), settings, now)
                : Optional.empty();
    }

    private static Optional<Bounce> to(Item item, List<Report.Line> lines, QueueSettings settings, Instant now) {
        String sender = item.envelope().sender();
        if (sender.isEmpty() || lines.isEmpty()) {
            return Optional.empty();
        }
        Recipient recipient = settings.local()
                .apply(sender)
                .map(mailbox -> new Recipient(Recipient.Kind.LOCAL, mailbox, "", "NEVER", "", sender))
                .orElseGet(() -> new Recipient(Recipient.Kind.REMOTE, sender, "", "NEVER", "", sender));
        var report = new Report(item, List.copyOf(lines), settings, now);
        // RFC 6533 4: a report in UTF-8 travels as the mail did that it speaks of.
        int flags = report.isInternational() ? MailFlags.INTERNATIONAL | MailFlags.EIGHT_BIT : 0;
        var envelope = new Envelope(now, "", "", "", "", flags, List.of(recipient));
        return Optional.of(new Bounce(envelope, report.octets()));
    }
}
