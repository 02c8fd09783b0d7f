package org.posthouse.mailcore.imap;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
    private final NavigableMap<String, Name> names;

    /** A name: the folder that has it, if there is one, and whether the user subscribed to it. */
    private record Name(Optional<Folder> folder, boolean subscribed) {
        private static final Name ABOVE = new Name(Optional.empty(), false);

        private boolean hasUse() {
            return folder.filter(each -> !each.use().isEmpty()).isPresent();
        }
    }

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
            if (matches(patterns, entry.getKey())) {
                select(command, patterns, entry);
            }
        }
        return Tagged.ok(word + " completed");
    }

    private static boolean matches(List<NamePattern> patterns, String name) {
        return patterns.stream().anyMatch(pattern -> pattern.matches(name));
    }

    /** All names, with those above them that have no folder of their own. */
    private static NavigableMap<String, Name> names(Mailbox mailbox) {
        var names = new TreeMap<String, Name>();
        mailbox.orphanSubscriptions().forEach(name -> names.put(name, new Name(Optional.empty(), true)));
        mailbox.folders()
                .forEach(folder -> names.put(folder.name(), new Name(Optional.of(folder), folder.subscribed())));
        for (String name : List.copyOf(names.keySet())) {
            for (int at = name.indexOf('/'); at > 0; at = name.indexOf('/', at + 1)) {
                names.putIfAbsent(name.substring(0, at), Name.ABOVE);
            }
        }
        return names;
    }

    private void select(Command.ListMailboxes command, List<NamePattern> patterns, Map.Entry<String, Name> entry) {
        String name = entry.getKey();
        if (isSelected(command, name, entry.getValue())) {
            tell(command, name, entry.getValue(), childInfo(command, name));
        } else if (command.lsub()) {
            // RFC 3501 6.3.9: a level above a subscribed name that "%" itself does not reach.
            boolean reached = patterns.stream().anyMatch(NamePattern::endsAtLevels)
                    && below(name).entrySet().stream()
                            .anyMatch(each -> each.getValue().subscribed() && !matches(patterns, each.getKey()));
            if (reached) {
                tell(command, name, Name.ABOVE, "");
            }
        } else {
            String children = childInfo(command, name);
            if (!children.isEmpty() && hides(command, patterns, name)) {
                tell(command, name, entry.getValue(), children);
            }
        }
    }

    // RFC 5258 3.5: a level is told for the sake of names below it that are not told themselves.
    private boolean hides(Command.ListMailboxes command, List<NamePattern> patterns, String name) {
        return below(name).entrySet().stream()
                .anyMatch(each ->
                        isSelected(command, each.getKey(), each.getValue()) && !matches(patterns, each.getKey()));
    }

    private boolean isSelected(Command.ListMailboxes command, String name, Name found) {
        boolean subscribed = command.lsub() || command.options().contains("SUBSCRIBED");
        if (subscribed ? !found.subscribed() : found.folder().isEmpty() && !leadsToFolder(name)) {
            return false;
        }
        return !command.options().contains("SPECIAL-USE") || found.hasUse();
    }

    private boolean leadsToFolder(String name) {
        return below(name).values().stream().anyMatch(each -> each.folder().isPresent());
    }

    private NavigableMap<String, Name> below(String name) {
        return names.subMap(name + "/", true, name + "0", false);
    }

    // RFC 5258 3.5: the criteria that something below the name meets.
    private String childInfo(Command.ListMailboxes command, String name) {
        if (!command.options().contains("RECURSIVEMATCH")) {
            return "";
        }
        var criteria = List.of("SUBSCRIBED", "SPECIAL-USE").stream()
                .filter(command.options()::contains)
                .map(each -> '"' + each + '"')
                .toList();
        boolean found =
                below(name).entrySet().stream().anyMatch(each -> isSelected(command, each.getKey(), each.getValue()));
        return found ? " (\"CHILDINFO\" (" + String.join(" ", criteria) + "))" : "";
    }

    private void tell(Command.ListMailboxes command, String name, Name found, String children) {
        answers.put("* ").put(command.lsub() ? "LSUB" : "LIST").put(" (");
        answers.put(String.join(" ", attributes(command, name, found))).put(") \"/\" ");
        Strings.string(answers.text(), MailboxName.write(name));
        answers.put(children).end();
        if (!command.status().isEmpty()) {
            found.folder().ifPresent(each -> new FolderCommands(mailbox, answers).status(each, command.status()));
        }
    }

    private List<String> attributes(Command.ListMailboxes command, String name, Name found) {
        var attributes = new ArrayList<String>();
        boolean asked =
                command.returns().contains("SUBSCRIBED") || command.options().contains("SUBSCRIBED");
        if (found.folder().isEmpty()) {
            // RFC 5258 3: \NonExistent implies \Noselect; clients of RFC 3501 know the latter alone.
            attributes.add(asked && !command.lsub() ? "\\NonExistent" : "\\Noselect");
        }
        if (!command.lsub()) {
            attributes.add(leadsToFolder(name) ? "\\HasChildren" : "\\HasNoChildren");
            found.folder().filter(each -> found.hasUse()).ifPresent(each -> attributes.add(each.use()));
        }
        if (asked && found.subscribed()) {
            attributes.add("\\Subscribed");
        }
        return attributes;
    }
}
