package org.posthouse.mailcore.imap;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.posthouse.mailcore.imap.command.Command;
import org.posthouse.mailcore.imap.command.FetchItem;
import org.posthouse.mailcore.imap.command.FetchItem.Attribute;
import org.posthouse.mailcore.imap.command.FetchItem.Section;
import org.posthouse.mailcore.imap.command.SearchKey;
import org.posthouse.mailcore.imap.command.SequenceSet;
import org.posthouse.mailcore.store.FlagChange;
import org.posthouse.mailcore.store.FlagChange.Manner;
import org.posthouse.mailcore.store.Folder;
import org.posthouse.mailcore.store.Mailbox;
import org.posthouse.mailcore.store.Message;

/** The commands on messages of the selected mailbox: RFC 3501 6.4. */
final class MessageCommands {

    private static final Tagged READ_ONLY = Tagged.no("[READ-ONLY] This mailbox was opened to be read only");
    private static final Tagged NO_SUCH_NUMBER = Tagged.bad("There is no message with one of these numbers");
    private static final FlagChange SEEN = new FlagChange(Manner.ADD, Set.of("\\Seen"));

    private final Selected selected;
    private final Mailbox mailbox;
    private final Answers answers;
    private final ImapSession.Client client;
    private final LongCommands work;

    MessageCommands(Selected selected, Answers answers, ImapSession.Client client, LongCommands work) {
        this.work = work;
        this.selected = selected;
        this.mailbox = selected.mailbox();
        this.answers = answers;
        this.client = client;
    }

    Tagged fetch(Command.Fetch command) {
        if (!command.uid() && !selected.covers(command.set())) {
            return NO_SUCH_NUMBER;
        }
        List<FetchItem> items = items(command);
        List<Integer> numbers = selected.numbers(command.set(), command.uid());
        if (command.changedSince().isPresent()) {
            long since = command.changedSince().getAsLong();
            numbers.removeIf(number -> selected.at(number).modSeq() <= since);
        }
        if (!selected.readOnly() && items.stream().anyMatch(MessageCommands::marksSeen)) {
            markSeen(numbers, items);
        }
        var fetching = new Fetching(selected, answers, numbers, items);
        work.write(fetching);
        return fetching.all()
                ? Tagged.ok("FETCH completed")
                : Tagged.no("[EXPUNGEISSUED] Some of the messages have been expunged in the meantime");
    }

    private List<FetchItem> items(Command.Fetch command) {
        var items = new ArrayList<FetchItem>();
        if (command.uid() && !command.items().contains(Attribute.UID)) {
            items.add(Attribute.UID);
        }
        items.addAll(command.items());
        client.condstore |= command.changedSince().isPresent() || items.contains(Attribute.MODSEQ);
        if (command.changedSince().isPresent() && !items.contains(Attribute.MODSEQ)) {
            items.add(Attribute.MODSEQ);
        }
        return items;
    }

    private static boolean marksSeen(FetchItem item) {
        return item instanceof Section section && !section.peek();
    }

    // RFC 3501 6.4.5: a flag set by the fetch is told with it.
    private void markSeen(List<Integer> numbers, List<FetchItem> items) {
        List<Integer> unseen = numbers.stream()
                .filter(number -> !selected.at(number).is("\\Seen"))
                .toList();
        if (unseen.isEmpty()) {
            return;
        }
        flag(unseen, SEEN, Long.MAX_VALUE).forEach(selected::know);
        if (!items.contains(Attribute.FLAGS)) {
            items.addFirst(Attribute.FLAGS);
        }
    }

    private List<Message> flag(List<Integer> numbers, FlagChange change, long unchangedSince) {
        return work.whole(
                numbers.size(), () -> mailbox.flag(selected.folder(), selected.uids(numbers), change, unchangedSince));
    }

    Tagged store(Command.Store command) {
        if (selected.readOnly()) {
            return READ_ONLY;
        }
        if (!command.uid() && !selected.covers(command.set())) {
            return NO_SUCH_NUMBER;
        }
        client.condstore |= command.unchangedSince().isPresent();
        List<Integer> numbers = selected.numbers(command.set(), command.uid());
        long since = command.unchangedSince().orElse(Long.MAX_VALUE);
        var change = new FlagChange(Manner.valueOf(command.change().name()), Flags.settable(command.flags()));
        var failed = new ArrayList<Long>();
        for (var now : flag(numbers, change, since)) {
            int number = selected.number(now.uid());
            Message before = selected.at(number);
            boolean changed = before.modSeq() != now.modSeq();
            selected.know(now);
            if (since == 0 ? change.isRefused(before, 0) : now.modSeq() > since && !change.isDoneIn(now.flags())) {
                // One that was changed later but carries what was asked for was not refused.
                failed.add(command.uid() ? now.uid() : number);
            } else if (!command.silent() || (changed && client.condstore)) {
                stored(number, now, command);
            }
        }
        return failed.isEmpty()
                ? Tagged.ok("STORE completed")
                : Tagged.ok("[MODIFIED " + SequenceSet.shortest(failed) + "] Some were changed in the meantime");
    }

    // RFC 7162 3.1.3: with .SILENT, the new modification sequence is told all the same.
    private void stored(int number, Message now, Command.Store command) {
        selected.keywords().announce(now, answers);
        answers.put("* ").put(number).put(" FETCH (");
        if (command.uid()) {
            answers.put("UID ").put(now.uid()).put(command.silent() && !client.condstore ? "" : " ");
        }
        if (client.condstore) {
            answers.put("MODSEQ (").put(now.modSeq()).put(command.silent() ? ")" : ") ");
        }
        if (!command.silent()) {
            answers.put("FLAGS (");
            Flags.write(answers.text(), now, selected.isRecent(now));
            answers.put(")");
        }
        answers.put(")").end();
    }

    Tagged copy(Command.Copy command) {
        String word = command.move() ? "MOVE" : "COPY";
        if (command.move() && selected.readOnly()) {
            return READ_ONLY;
        }
        if (!command.uid() && !selected.covers(command.set())) {
            return NO_SUCH_NUMBER;
        }
        Optional<Folder> target = mailbox.folder(command.mailbox());
        if (target.isEmpty()) {
            return Tagged.no("[TRYCREATE] There is no such mailbox");
        }
        List<Long> uids = selected.uids(selected.numbers(command.set(), command.uid()));
        var copied = work.whole(
                uids.size(),
                () -> mailbox.copy(selected.folder(), uids, target.get().id(), command.move()));
        if (copied.from().isEmpty()) {
            return Tagged.ok(word + " completed, nothing to do");
        }
        String code = "[COPYUID " + target.get().uidValidity() + " " + shortest(copied.from()) + " "
                + shortest(copied.to()) + "]";
        if (command.move()) {
            // RFC 6851 4.3: told before the EXPUNGEs, which come with the end of the command.
            answers.line("* OK " + code + " Moved");
            return Tagged.ok("MOVE completed");
        }
        return Tagged.ok(code + " COPY completed");
    }

    private static String shortest(List<Message> messages) {
        return SequenceSet.shortest(messages.stream().map(Message::uid).toList());
    }

    Tagged expunge(Optional<SequenceSet> uids) {
        if (selected.readOnly()) {
            return READ_ONLY;
        }
        expungeDeleted(uids);
        return Tagged.ok("EXPUNGE completed");
    }

    // RFC 3501 6.4.2: CLOSE tells nothing of what it expunges.
    Tagged close() {
        if (!selected.readOnly()) {
            expungeDeleted(Optional.empty());
        }
        return Tagged.ok("CLOSE completed");
    }

    // As the flags are now in the store: another session may have taken \Deleted off again.
    private void expungeDeleted(Optional<SequenceSet> uids) {
        Set<Long> chosen = uids.map(set -> Set.copyOf(selected.uids(selected.numbers(set, true))))
                .orElse(Set.of());
        List<Long> deleted = mailbox.messages(selected.folder()).stream()
                .filter(message -> message.is("\\Deleted"))
                .map(Message::uid)
                .filter(uid -> uids.isEmpty() || chosen.contains(uid))
                .toList();
        if (!deleted.isEmpty()) {
            work.whole(deleted.size(), () -> mailbox.expunge(selected.folder(), deleted));
        }
    }

    Tagged search(Command.Search command) {
        Matching matching;
        try {
            matching = work.whole(keys(command.key()), () -> new Matching(selected, mailbox.now(), command.key()));
        } catch (SearchTests.TooManyKeys tooMany) {
            return Tagged.no("[LIMIT] This search has too many keys");
        }
        boolean modSeq = Matching.usesModSeq(command.key());
        client.condstore |= modSeq;
        work.search(matching, matching::percent);
        List<Integer> found = matching.found();
        List<Long> numbers = command.uid()
                ? selected.uids(found)
                : found.stream().map(Integer::longValue).toList();
        long highest = modSeq ? highest(command, found) : 0;
        if (command.extended()) {
            extended(command, numbers, highest);
        } else {
            plain(numbers, highest);
        }
        return Tagged.ok("SEARCH completed");
    }

    private static int keys(SearchKey key) {
        return key instanceof SearchKey.And and ? and.keys().size() : 1;
    }

    // RFC 4731 3.2: with MIN or MAX alone, the sequence of those messages; otherwise the highest of all found.
    private long highest(Command.Search command, List<Integer> found) {
        boolean ends = command.extended() && Set.of("MIN", "MAX").containsAll(command.results());
        if (!ends || found.isEmpty()) {
            return found.stream()
                    .mapToLong(number -> selected.at(number).modSeq())
                    .max()
                    .orElse(0);
        }
        long first = command.results().contains("MIN")
                ? selected.at(found.getFirst()).modSeq()
                : 0;
        long last =
                command.results().contains("MAX") ? selected.at(found.getLast()).modSeq() : 0;
        return Math.max(first, last);
    }

    private void plain(List<Long> numbers, long highest) {
        answers.put("* SEARCH");
        numbers.forEach(number -> answers.put(" ").put(number));
        if (highest > 0) {
            answers.put(" (MODSEQ ").put(highest).put(")");
        }
        answers.end();
    }

    // RFC 4731 3.1: MIN, MAX and ALL are left out when nothing was found.
    private void extended(Command.Search command, List<Long> numbers, long highest) {
        answers.put("* ESEARCH");
        if (!client.tag.isEmpty()) {
            answers.put(" (TAG \"").put(client.tag).put("\")");
        }
        answers.put(command.uid() ? " UID" : "");
        for (var result : command.results()) {
            switch (result) {
                case "COUNT" -> answers.put(" COUNT ").put(numbers.size());
                case "MIN" -> answers.put(numbers.isEmpty() ? "" : " MIN " + numbers.getFirst());
                case "MAX" -> answers.put(numbers.isEmpty() ? "" : " MAX " + numbers.getLast());
                default -> answers.put(numbers.isEmpty() ? "" : " ALL " + SequenceSet.shortest(numbers));
            }
        }
        if (highest > 0) {
            answers.put(" MODSEQ ").put(highest);
        }
        answers.end();
    }
}
