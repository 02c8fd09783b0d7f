package org.posthouse.mailcore.imap;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.posthouse.mailcore.compute.ComputePool;
import org.posthouse.mailcore.compute.MemoryBudget;
import org.posthouse.mailcore.imap.command.Command;
import org.posthouse.mailcore.imap.command.Command.StatusItem;
import org.posthouse.mailcore.imap.command.MailboxName;
import org.posthouse.mailcore.message.Octets;
import org.posthouse.mailcore.message.Strings;
import org.posthouse.mailcore.store.Folder;
import org.posthouse.mailcore.store.Mailbox;
import org.posthouse.mailcore.store.Message;

/** The commands on folders: RFC 3501 6.3. */
final class FolderCommands {

    static final String EXISTS = "[ALREADYEXISTS] There is such a mailbox already";

    private static final Tagged NO_SUCH = Tagged.no("[NONEXISTENT] There is no such mailbox");
    private static final List<String> USES =
            List.of("\\All", "\\Archive", "\\Drafts", "\\Flagged", "\\Junk", "\\Sent", "\\Trash");
    private static final int LONGEST_NAME = 1_000;
    private static final int MOST_FOLDERS = 10_000;

    private final Mailbox mailbox;
    private final Answers answers;

    FolderCommands(Mailbox mailbox, Answers answers) {
        this.mailbox = mailbox;
        this.answers = answers;
    }

    Tagged create(Command.Create command) {
        // RFC 3501 6.3.3: a "/" at the end only says that there will be names below.
        String name = command.mailbox().replaceAll("/+$", "");
        Optional<Tagged> refusal = refusal(name);
        if (refusal.isPresent()) {
            return refusal.get();
        }
        String use = command.uses().isEmpty() ? "" : command.uses().getFirst();
        if (command.uses().size() > 1 || !(use.isEmpty() || USES.contains(use))) {
            return Tagged.no("[USEATTR] This special use is not known here");
        }
        mailbox.create(name, use);
        return Tagged.ok("CREATE completed");
    }

    private Optional<Tagged> refusal(String name) {
        if (mailbox.folder(name).isPresent()) {
            return Optional.of(Tagged.no(EXISTS));
        }
        if (!isName(name)) {
            return Optional.of(Tagged.no("[CANNOT] A mailbox cannot have this name"));
        }
        if (mailbox.folders().size() >= MOST_FOLDERS) {
            return Optional.of(Tagged.no("[LIMIT] There are too many mailboxes"));
        }
        return Optional.empty();
    }

    // Wildcards would make the name impossible to list alone (RFC 3501 5.1), empty levels impossible to tell apart.
    private static boolean isName(String name) {
        return !name.isBlank()
                && name.length() <= LONGEST_NAME
                && name.chars().noneMatch(c -> c < ' ' || c == 0x7f || c == '*' || c == '%' || c == 0xfffd)
                && !("/" + name + "/").contains("//");
    }

    Tagged delete(String name) {
        Optional<Folder> folder = mailbox.folder(name);
        if (folder.isEmpty()) {
            return NO_SUCH;
        }
        if (folder.get().name().equals(Folder.INBOX)) {
            return Tagged.no("[CANNOT] The inbox cannot be deleted");
        }
        mailbox.delete(folder.get().id());
        return Tagged.ok("DELETE completed");
    }

    Tagged rename(Command.Rename command) {
        Optional<Folder> folder = mailbox.folder(command.from());
        if (folder.isEmpty()) {
            return NO_SUCH;
        }
        Optional<Tagged> refusal = refusal(command.to());
        if (refusal.isPresent()) {
            return refusal.get();
        }
        if (Folder.canonical(command.to()).startsWith(folder.get().name() + "/")) {
            return Tagged.no("[CANNOT] A mailbox cannot be moved below itself");
        }
        if (folder.get().name().equals(Folder.INBOX)) {
            emptyInbox(folder.get(), command.to());
        } else {
            mailbox.rename(folder.get().id(), command.to());
        }
        return Tagged.ok("RENAME completed");
    }

    // RFC 3501 6.3.5: renaming the inbox moves its messages out and leaves it empty.
    private void emptyInbox(Folder inbox, String to) {
        Folder target = mailbox.create(to, "");
        List<Long> all = mailbox.messages(inbox.id()).stream().map(Message::uid).toList();
        mailbox.copy(inbox.id(), all, target.id(), true);
    }

    Tagged subscribe(Command.Subscribe command) {
        Optional<Folder> folder = mailbox.folder(command.mailbox());
        if (folder.isEmpty()) {
            if (command.wanted()) {
                return NO_SUCH;
            }
            // RFC 3501 6.3.6: the subscription of a deleted mailbox lasts until the client ends it.
            mailbox.unsubscribe(command.mailbox());
            return Tagged.ok("UNSUBSCRIBE completed");
        }
        mailbox.subscribe(folder.get().id(), command.wanted());
        return Tagged.ok(command.wanted() ? "SUBSCRIBE completed" : "UNSUBSCRIBE completed");
    }

    Tagged status(Command.Status command) {
        Optional<Folder> folder = mailbox.folder(command.mailbox());
        if (folder.isEmpty()) {
            return NO_SUCH;
        }
        status(folder.get(), command.items());
        return Tagged.ok("STATUS completed");
    }

    void status(Folder folder, List<StatusItem> items) {
        List<Message> messages = mailbox.messages(folder.id());
        answers.put("* STATUS ");
        Strings.string(answers.text(), MailboxName.write(folder.name()));
        String told = items.stream()
                .map(item -> item + " " + value(item, folder, messages))
                .collect(Collectors.joining(" ", " (", ")"));
        answers.put(told).end();
    }

    private static long value(StatusItem item, Folder folder, List<Message> messages) {
        return switch (item) {
            case MESSAGES -> messages.size();
            case RECENT ->
                messages.stream()
                        .filter(message -> message.uid() >= folder.recentFrom())
                        .count();
            case UIDNEXT -> folder.uidNext();
            case UIDVALIDITY -> folder.uidValidity();
            case UNSEEN ->
                messages.stream().filter(message -> !message.is("\\Seen")).count();
            case HIGHESTMODSEQ -> folder.modSeq();
            case SIZE -> messages.stream().mapToLong(Message::size).sum();
            case APPENDLIMIT -> RequestReader.LARGEST_MESSAGE;
        };
    }

    Tagged append(Command.Append command) {
        Optional<Folder> folder = mailbox.folder(command.mailbox());
        if (folder.isEmpty()) {
            return Tagged.no("[TRYCREATE] There is no such mailbox");
        }
        if (command.message().size() == 0) {
            return Tagged.no("[CANNOT] A message cannot be empty");
        }
        try (var _ = MemoryBudget.forMessage(command.message().size())) {
            return append(command, folder.get(), command.message().octets());
        }
    }

    private Tagged append(Command.Append command, Folder folder, byte[] octets) {
        if (ComputePool.shared().callFor(octets.length, () -> Octets.hasNul(octets, 0, octets.length))) {
            return Tagged.no("[CANNOT] A message cannot contain NUL octets");
        }
        Message added = mailbox.append(
                folder.id(),
                octets,
                Flags.settable(command.flags()),
                command.date().orElseGet(mailbox::now));
        return Tagged.ok("[APPENDUID " + folder.uidValidity() + " " + added.uid() + "] APPEND completed");
    }
}
