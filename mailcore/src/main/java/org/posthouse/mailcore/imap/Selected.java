package org.posthouse.mailcore.imap;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.posthouse.mailcore.imap.command.SequenceSet;
import org.posthouse.mailcore.store.Change;
import org.posthouse.mailcore.store.Folder;
import org.posthouse.mailcore.store.Mailbox;
import org.posthouse.mailcore.store.Message;
import org.posthouse.mailcore.store.Positions;

/**
 * A selected mailbox as one client believes it to be.
 *
 * <p>Sequence numbers hold until the client has been told otherwise (RFC 3501 7.4.1), so what others change waits in a
 * queue and is told between commands. A message that is gone already keeps its number until then.
 */
final class Selected implements AutoCloseable {

    private final Mailbox mailbox;
    private final int folder;
    private final boolean readOnly;
    private final List<Message> messages;
    private final KnownKeywords keywords;
    private final Set<Long> gone = new HashSet<>();
    private final Set<Long> recent = new HashSet<>();
    private final ConcurrentLinkedQueue<Change> waiting = new ConcurrentLinkedQueue<>();
    private final Consumer<Change> listener = this::heard;
    // How many messages the client knows of; those behind came since it was last told.
    private int told;
    private volatile Runnable wake = () -> {};
    private volatile boolean closed;

    private Selected(Mailbox mailbox, Folder folder, boolean readOnly) {
        this.mailbox = mailbox;
        this.folder = folder.id();
        this.readOnly = readOnly;
        this.keywords = new KnownKeywords(readOnly);
        mailbox.feed().follow(listener);
        messages = new ArrayList<>(mailbox.messages(folder.id()));
        told = messages.size();
        claimRecent(messages);
    }

    // RFC 3501 2.3.2: recent to the first session that hears of it, and to no other.
    private void claimRecent(List<Message> candidates) {
        long from = readOnly ? mailbox.folder(folder).recentFrom() : mailbox.claimRecent(folder);
        for (int at = candidates.size() - 1; at >= 0 && candidates.get(at).uid() >= from; at--) {
            recent.add(candidates.get(at).uid());
        }
    }

    /** Begins to follow a folder. What changes between following and listing comes twice, and is known the second time. */
    static Selected open(Mailbox mailbox, Folder folder, boolean readOnly) {
        return new Selected(mailbox, folder, readOnly);
    }

    private void heard(Change change) {
        if (change.folder() == folder) {
            closed |= change instanceof Change.Closed;
            waiting.add(change);
            wake.run();
        }
    }

    Mailbox mailbox() {
        return mailbox;
    }

    int folder() {
        return folder;
    }

    boolean readOnly() {
        return readOnly;
    }

    /** Which keywords the client knows of. */
    KnownKeywords keywords() {
        return keywords;
    }

    /** Whether the folder has been deleted under us. */
    boolean closed() {
        return closed;
    }

    /** Called from another thread as soon as there is something to tell. */
    void wake(Runnable action) {
        wake = action;
    }

    int count() {
        return messages.size();
    }

    /** The message with this sequence number, from 1. */
    Message at(int number) {
        return messages.get(number - 1);
    }

    boolean isRecent(Message message) {
        return recent.contains(message.uid());
    }

    int recent() {
        return recent.size();
    }

    /** The sequence numbers of a set, rising; those that do not exist are left out, as UID commands want. */
    List<Integer> numbers(SequenceSet set, boolean uid) {
        return chosen(set, uid).stream().boxed().collect(Collectors.toCollection(ArrayList::new));
    }

    /** As {@link #numbers}, as a set. Costs as much as the set has ranges, and a bit for each message. */
    BitSet chosen(SequenceSet set, boolean uid) {
        var chosen = new BitSet(messages.size() + 1);
        long largest = messages.isEmpty() ? 0 : uid ? messages.getLast().uid() : messages.size();
        for (var range : set.resolve(largest)) {
            int from = uid ? position(range.one()) : (int) Math.min(range.one() - 1, messages.size());
            int to = uid ? position(range.other() + 1) : (int) Math.min(range.other(), messages.size());
            chosen.set(Math.max(from, 0) + 1, Math.max(Math.max(from, 0), to) + 1);
        }
        return chosen;
    }

    private int position(long uid) {
        int at = Positions.of(messages, uid);
        return at < 0 ? -at - 1 : at;
    }

    /** Whether every sequence number of a set is in use: others are the client's mistake. */
    boolean covers(SequenceSet set) {
        return set.resolve(messages.size()).stream()
                .allMatch(range -> range.one() > 0 && range.other() <= messages.size());
    }

    List<Long> uids(List<Integer> numbers) {
        return numbers.stream().map(number -> at(number).uid()).toList();
    }

    /** The sequence number of a UID, or 0. */
    int number(long uid) {
        int at = Positions.of(messages, uid);
        return at < 0 ? 0 : at + 1;
    }

    /** What this session changed itself and has told already. */
    void know(Message message) {
        int at = Positions.of(messages, message.uid());
        if (at >= 0) {
            messages.set(at, message);
        }
    }

    /** What of a change a client must hear. */
    interface Listener {
        void expunged(int number);

        void flagged(int number, Message message);

        /** So many messages there are now, so many of them recent. */
        void exists(int count, int recent);
    }

    /**
     * Tells what happened since the last time.
     *
     * @param expunges false while a command runs in which RFC 3501 7.4.1 lets no number change
     */
    void tell(Listener client, boolean expunges) {
        boolean grown = false;
        for (Change change = waiting.poll(); change != null; change = waiting.poll()) {
            switch (change) {
                case Change.Added added -> grown |= add(added.message());
                case Change.Flagged flagged -> flagged(flagged.message(), client);
                case Change.Expunged expunged -> gone.add(expunged.uid());
                case Change.Closed all -> messages.forEach(message -> gone.add(message.uid()));
            }
        }
        if (expunges) {
            tellGone(client);
        }
        if (grown && !closed && messages.size() > told) {
            claimRecent(messages);
            told = messages.size();
            client.exists(messages.size(), recent());
        }
    }

    private boolean add(Message message) {
        boolean another =
                messages.isEmpty() || message.uid() > messages.getLast().uid();
        if (another) {
            messages.add(message);
        }
        return another;
    }

    private void flagged(Message message, Listener client) {
        int at = Positions.of(messages, message.uid());
        if (at >= 0 && messages.get(at).modSeq() < message.modSeq()) {
            messages.set(at, message);
            // RFC 3501 7.4.1: of a message that no EXISTS has counted yet, the client knows no number.
            if (at < told) {
                client.flagged(at + 1, message);
            }
        }
    }

    // One pass, however many are gone: those that stay move up together.
    private void tellGone(Listener client) {
        if (gone.isEmpty()) {
            return;
        }
        int kept = position(Collections.min(gone));
        int known = told;
        for (int at = kept; at < messages.size(); at++) {
            Message message = messages.get(at);
            if (!gone.contains(message.uid())) {
                messages.set(kept++, message);
            } else {
                recent.remove(message.uid());
                if (at < known) {
                    told--;
                    client.expunged(kept + 1);
                }
            }
        }
        messages.subList(kept, messages.size()).clear();
        gone.clear();
    }

    @Override
    public void close() {
        mailbox.feed().leave(listener);
    }
}
