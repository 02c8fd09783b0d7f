package org.posthouse.mailcore.status;

import java.util.concurrent.atomic.LongAdder;

/**
 * Mail that went one way, counted as NetMail does.
 *
 * @param messages mails
 * @param octets their octets
 * @param recipients their recipients
 */
public record Flow(LongAdder messages, LongAdder octets, LongAdder recipients) {

    /** From users who signed in. */
    public static Flow receivedLocal(Tally tally) {
        return new Flow(
                tally.meter(Count.MESSAGES_RECEIVED_LOCAL),
                tally.meter(Count.OCTETS_RECEIVED_LOCAL),
                tally.meter(Count.RECIPIENTS_RECEIVED_LOCAL));
    }

    /** From anybody else. */
    public static Flow receivedRemote(Tally tally) {
        return new Flow(
                tally.meter(Count.MESSAGES_RECEIVED_REMOTE),
                tally.meter(Count.OCTETS_RECEIVED_REMOTE),
                tally.meter(Count.RECIPIENTS_RECEIVED_REMOTE));
    }

    /** Into mailboxes. */
    public static Flow stored(Tally tally) {
        return new Flow(
                tally.meter(Count.MESSAGES_STORED_LOCAL),
                tally.meter(Count.OCTETS_STORED_LOCAL),
                tally.meter(Count.RECIPIENTS_STORED_LOCAL));
    }

    /** Into the queue, for this messaging system. */
    public static Flow queuedLocal(Tally tally) {
        return new Flow(
                tally.meter(Count.MESSAGES_QUEUED_LOCAL),
                tally.meter(Count.OCTETS_QUEUED_LOCAL),
                tally.meter(Count.RECIPIENTS_QUEUED_LOCAL));
    }

    /** Into the queue, for other systems. */
    public static Flow queuedRemote(Tally tally) {
        return new Flow(
                tally.meter(Count.MESSAGES_QUEUED_REMOTE),
                tally.meter(Count.OCTETS_QUEUED_REMOTE),
                tally.meter(Count.RECIPIENTS_QUEUED_REMOTE));
    }

    /** To other systems. */
    public static Flow sent(Tally tally) {
        return new Flow(
                tally.meter(Count.MESSAGES_SENT_REMOTE),
                tally.meter(Count.OCTETS_SENT_REMOTE),
                tally.meter(Count.RECIPIENTS_SENT_REMOTE));
    }

    /** Counts one mail to so many; to none, it counts nothing. */
    public void add(long size, long toSoMany) {
        if (toSoMany > 0) {
            messages.increment();
            octets.add(size);
            recipients.add(toSoMany);
        }
    }
}
