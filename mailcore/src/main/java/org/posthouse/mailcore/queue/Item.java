package org.posthouse.mailcore.queue;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.posthouse.mailcore.store.Vault.Write;

/**
 * One mail in the hands of the stage agents, with those it is still owed to. Agents may settle from several threads.
 */
public final class Item {

    /** Works out and writes what settling means on disk. */
    interface Ledger {

        /** What a delivery changes in the queue; {@code last} when nobody is owed anything afterwards. */
        Step delivering(Item item, Recipient recipient, boolean last);

        /** Writes that this recipient is done, where a crash would otherwise repeat it. */
        void note(Item item);
    }

    /** What is written together with a delivery, and what is to be done once that is on disk. */
    record Step(List<Write> batch, Runnable after) {}

    private final Entry entry;
    private final byte[] message;
    private final Ledger ledger;
    private final List<Owed> owed;
    private final Map<Recipient, Outcome> outcomes = new LinkedHashMap<>();
    private final Map<Recipient, Stage> heldAt = new HashMap<>();
    private volatile Stage stage;
    private boolean removed;

    Item(Entry entry, byte[] message, Ledger ledger) {
        this.entry = entry;
        this.message = message;
        this.ledger = ledger;
        this.owed = new ArrayList<>(entry.owed());
        this.stage = entry.stage();
    }

    /** A mail of no spool: to try a stage agent by itself. */
    public Item(String id, Stage stage, Envelope envelope, Supplier<byte[]> body) {
        this(
                Entry.taken(Long.parseUnsignedLong(id, 16), 0, envelope).at(stage, envelope.date()),
                body.get(),
                new Ledger() {
                    @Override
                    public Step delivering(Item item, Recipient recipient, boolean last) {
                        return new Step(List.of(), () -> {});
                    }

                    @Override
                    public void note(Item item) {}
                });
    }

    /** Its id, as in lists and logs. */
    public String id() {
        return entry.name();
    }

    /** The stage it is at. */
    public Stage stage() {
        return stage;
    }

    /** The envelope as it was taken. */
    public Envelope envelope() {
        return entry.envelope();
    }

    /** The whole message; not to be changed in place. */
    public byte[] message() {
        return message;
    }

    /** Who is still owed and not settled in this attempt. */
    public synchronized List<Recipient> pending() {
        return owed.stream()
                .map(Owed::recipient)
                .filter(recipient -> !outcomes.containsKey(recipient))
                .toList();
    }

    /** Says what became of a recipient. */
    public synchronized void settle(Recipient recipient, Outcome outcome) {
        outcomes.put(recipient, outcome);
        heldAt.put(recipient, stage);
        if (isDone(outcome) && !pending().isEmpty()) {
            ledger.note(this);
        }
    }

    /**
     * Delivers to a recipient, exactly once also over a crash: what {@code commit} is given must be written in the same
     * batch as the delivery itself.
     */
    public synchronized void deliver(Recipient recipient, Consumer<List<Write>> commit) {
        boolean last = owed.stream()
                .map(Owed::recipient)
                .allMatch(other -> other.equals(recipient)
                        || outcomes.get(other) instanceof Outcome.Delivered
                        || isDone(outcomes.get(other)));
        Step step = ledger.delivering(this, recipient, last);
        commit.accept(step.batch());
        step.after().run();
        outcomes.put(recipient, new Outcome.Delivered());
        removed |= last;
    }

    // Elsewhere it is on disk by now, and would be there twice.
    private static boolean isDone(@Nullable Outcome outcome) {
        return outcome instanceof Outcome.Relayed || outcome instanceof Outcome.Handed;
    }

    /** Puts others in the place of a recipient, as members for their group. None of them twice. */
    public synchronized void replace(Recipient recipient, List<Recipient> others) {
        owed.removeIf(each -> each.recipient().equals(recipient));
        for (Recipient other : others) {
            if (owed.stream()
                    .noneMatch(each -> each.recipient().kind() == other.kind()
                            && each.recipient().address().equals(other.address()))) {
                owed.add(new Owed(other, "", ""));
            }
        }
    }

    Entry entry() {
        return entry;
    }

    /**
     * The stage at which the next attempt begins: the first at which one of these recipients was put off. Mail for other
     * systems has passed all stages before its first attempt, and waits at OUTGOING.
     */
    synchronized Stage next(List<Owed> left) {
        return left.stream()
                .map(Owed::recipient)
                .filter(recipient -> recipient.kind() != Recipient.Kind.REMOTE)
                .filter(recipient -> outcomes.get(recipient) instanceof Outcome.Later)
                .map(recipient -> heldAt.getOrDefault(recipient, Stage.OUTGOING))
                .min(Comparator.naturalOrder())
                .orElse(Stage.OUTGOING);
    }

    void enter(Stage next) {
        stage = next;
    }

    synchronized boolean isRemoved() {
        return removed;
    }

    /** What became of whom in this attempt. */
    public synchronized Map<Recipient, Outcome> outcomes() {
        return new LinkedHashMap<>(outcomes);
    }

    /** Who stays owed: the unsettled, and those to be tried later with what was said. Without {@code besides}. */
    synchronized List<Owed> left(Recipient... besides) {
        var left = new ArrayList<Owed>();
        for (Owed each : owed) {
            Outcome outcome = outcomes.get(each.recipient());
            if (!List.of(besides).contains(each.recipient())) {
                switch (outcome) {
                    case null -> left.add(each);
                    case Outcome.Later(String reply, String why) -> left.add(new Owed(each.recipient(), reply, why));
                    case Outcome.Never _ -> left.add(each);
                    case Outcome.Delivered _, Outcome.Relayed _, Outcome.Handed _ -> {}
                }
            }
        }
        return left;
    }
}
