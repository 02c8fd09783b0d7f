package org.posthouse.mailcore.queue;

import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.posthouse.mailcore.status.Count;
import org.posthouse.mailcore.status.Flow;
import org.posthouse.mailcore.status.Tally;

/** What a queue counts for its server's statistics. */
final class Meters {

    private final Flow queuedLocal;
    private final Flow queuedRemote;
    private final Flow stored;
    private final Flow sent;
    private final LongAdder handed;
    private final LongAdder failedLocal;
    private final LongAdder failedRemote;
    private final LongAdder errors;

    Meters(Tally tally) {
        queuedLocal = Flow.queuedLocal(tally);
        queuedRemote = Flow.queuedRemote(tally);
        stored = Flow.stored(tally);
        sent = Flow.sent(tally);
        handed = tally.meter(Count.NMAP_TO_NMAP);
        failedLocal = tally.meter(Count.FAILED_LOCAL);
        failedRemote = tally.meter(Count.FAILED_REMOTE);
        errors = tally.meter(Count.ERRORS);
    }

    /** A mail was taken. */
    void queued(Entry entry) {
        long remote = entry.owed().stream()
                .filter(each -> each.recipient().kind() == Recipient.Kind.REMOTE)
                .count();
        queuedLocal.add(entry.size(), entry.owed().size() - remote);
        queuedRemote.add(entry.size(), remote);
    }

    /** An attempt at a mail is over. */
    void settled(Item item) {
        Map<Recipient, Outcome> outcomes = item.outcomes();
        stored.add(item.entry().size(), number(outcomes, Outcome.Delivered.class));
        sent.add(item.entry().size(), number(outcomes, Outcome.Relayed.class));
        handed.add(number(outcomes, Outcome.Handed.class));
        outcomes.forEach((recipient, outcome) -> {
            if (outcome instanceof Outcome.Never) {
                (recipient.kind() == Recipient.Kind.REMOTE ? failedRemote : failedLocal).increment();
            }
        });
    }

    private static long number(Map<Recipient, Outcome> outcomes, Class<? extends Outcome> what) {
        return outcomes.values().stream().filter(what::isInstance).count();
    }

    /** Something of ours went wrong. */
    void fault() {
        errors.increment();
    }
}
