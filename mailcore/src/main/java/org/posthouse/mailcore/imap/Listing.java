package org.posthouse.mailcore.imap;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.posthouse.mailcore.imap.command.Command;
import org.posthouse.mailcore.imap.command.MailboxName;
import org.posthouse.mailcore.message.Strings;
import org.posthouse.mailcore.store.Folder;
import org.posthouse.mailcore.store.Mailbox;

/** LIST and LSUB: RFC 3501 6.3.8, 6.3.9, RFC 5258, RFC 6154, RFC 5819. */
final class Listing {

    private final Mailbox mailbox;
    private final Answers answers;
    private final NavigableMap<String, Optional<Folder>> names;

    Listing(Mailbox mailbox, Answers answers) {
        this.mailbox = mailbox;
        this.answers = answers;
        this.names = names(mailbox);
    }

    Tagged list(Command.ListMailboxes command) {
        String word = command.lsub() ? "LSUB" : "LIST";
        if (command.patterns().equals(List.of(""))) {
            // RFC 3501 6.3.8: an empty name asks for the separator alone.
            answers.line("* " + word + " (\\Noselect) \"/\" \"\"");
            return Tagged.ok(word + " completed");
        }
        var patterns = command.patterns().stream()
                .map(pattern -> new NamePattern(command.reference(), pattern))
                .toList();
        for (var entry : names.entrySet()) {
            if (patterns.stream().anyMatch(pattern -> pattern.matches(entry.getKey()))) {
                tell(word, command, entry.getKey(), entry.getValue());
            }
        }
        return Tagged.ok(word + " completed");
    }

    /** All names, with those above existing folders that do not exist themselves. */
    private static NavigableMap<String, Optional<Folder>> names(Mailbox mailbox) {
        var names = new TreeMap<String, Optional<Folder>>();
        for (var folder : mailbox.folders()) {
            names.put(folder.name(), Optional.of(folder));
            for (int at = folder.name().indexOf('/'); at > 0; at = folder.name().indexOf('/', at + 1)) {
                names.putIfAbsent(folder.name().substring(0, at), Optional.empty());
            }
        }
        return names;
    }

    private void tell(String word, Command.ListMailboxes command, String name, Optional<Folder> folder) {
        boolean subscribed = folder.filter(Folder::subscribed).isPresent();
        boolean wanted = command.lsub() || command.options().contains("SUBSCRIBED");
        if (wanted && !subscribed) {
            return;
        }
        if (command.options().contains("SPECIAL-USE")
                && folder.filter(each -> !each.use().isEmpty()).isEmpty()) {
            return;
        }
        var attributes = attributes(command, name, folder);
        answers.put("* ").put(word).put(" (").put(String.join(" ", attributes)).put(") \"/\" ");
        Strings.string(answers.text(), MailboxName.write(name));
        answers.end();
        if (!command.status().isEmpty()) {
            folder.ifPresent(each -> new FolderCommands(mailbox, answers).status(each, command.status()));
        }
    }

    private List<String> attributes(Command.ListMailboxes command, String name, Optional<Folder> folder) {
        var attributes = new ArrayList<String>();
        if (folder.isEmpty()) {
            attributes.add("\\Noselect");
        }
        if (!command.lsub()) {
            attributes.add(hasChildren(name) ? "\\HasChildren" : "\\HasNoChildren");
            folder.filter(each -> !each.use().isEmpty()).ifPresent(each -> attributes.add(each.use()));
        }
        boolean asked =
                command.returns().contains("SUBSCRIBED") || command.options().contains("SUBSCRIBED");
        if (asked && folder.filter(Folder::subscribed).isPresent()) {
            attributes.add("\\Subscribed");
        }
        return attributes;
    }

    private boolean hasChildren(String name) {
        String next = names.ceilingKey(name + "/");
        return next != null && next.startsWith(name + "/");
    }
}
