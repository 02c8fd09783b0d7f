package org.posthouse.mailcore.imap.command;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.posthouse.mailcore.imap.command.Command.Change;
import org.posthouse.mailcore.imap.command.Command.Plain;

/** Reads one command: its tag, its name, its arguments. */
final class CommandParser {

    private final Words words;

    CommandParser(Words words) {
        this.words = words;
    }

    Request request() {
        String tag = words.tag();
        words.space();
        Command command = command(words.keyword());
        if (words.peek() == ' ' && !words.more()) {
            words.space(); // Some clients leave a space at the end of the line; RFC 3501 does not.
        }
        words.end();
        return new Request(tag, command);
    }

    private Command command(String name) {
        return switch (name) {
            case "LOGIN" -> new Command.Login(astring(), astring());
            case "AUTHENTICATE" -> authenticate();
            case "ENABLE" -> new Command.Enable(enabled());
            case "ID" -> id();
            case "SELECT", "EXAMINE" -> select(name.equals("EXAMINE"));
            case "CREATE" -> create();
            case "DELETE" -> new Command.Delete(mailbox());
            case "RENAME" -> new Command.Rename(mailbox(), mailbox());
            case "SUBSCRIBE", "UNSUBSCRIBE" -> new Command.Subscribe(mailbox(), name.equals("SUBSCRIBE"));
            case "LIST" -> new ListParser(words).list();
            case "LSUB" -> new ListParser(words).lsub();
            case "STATUS" -> new Command.Status(mailbox(), new ListParser(words).statusItems());
            case "APPEND" -> append();
            case "UID" -> ofMessages(uidCommand(), true);
            default -> plain(name).orElseGet(() -> ofMessages(name, false));
        };
    }

    private static Optional<Command> plain(String name) {
        for (var plain : Plain.values()) {
            if (plain.name().equals(name)) {
                return Optional.of(plain);
            }
        }
        return Optional.empty();
    }

    private String uidCommand() {
        words.space();
        return words.keyword();
    }

    private Command ofMessages(String name, boolean uid) {
        return switch (name) {
            case "SEARCH" -> new SearchParser(words).search(uid);
            case "FETCH" -> fetch(uid);
            case "STORE" -> store(uid);
            case "COPY", "MOVE" -> new Command.Copy(uid, set(), mailbox(), name.equals("MOVE"));
            case "EXPUNGE" -> new Command.UidExpunge(set());
            default -> throw new Malformed("This command is not known here");
        };
    }

    private String astring() {
        words.space();
        return words.astring();
    }

    private String mailbox() {
        return MailboxName.read(astring());
    }

    private SequenceSet set() {
        words.space();
        return words.numbers();
    }

    private Command authenticate() {
        words.space();
        String mechanism = words.keyword();
        if (!words.more()) {
            return new Command.Authenticate(mechanism, Optional.empty());
        }
        String initial = words.skip('=') ? "" : words.astring();
        return new Command.Authenticate(mechanism, Optional.of(initial));
    }

    private List<String> enabled() {
        var extensions = new ArrayList<String>();
        while (words.more()) {
            extensions.add(words.keyword());
        }
        if (extensions.isEmpty()) {
            throw new Malformed("ENABLE needs the name of an extension");
        }
        return List.copyOf(extensions);
    }

    // RFC 2971 3.1: at most 30 pairs; values may be NIL.
    private Command id() {
        words.space();
        if (words.peek() != '(') {
            words.skipWord("NIL");
            return new Command.Id(List.of());
        }
        List<String> fields = words.list(() -> words.isStringAhead() ? words.string() : words.atom());
        if (fields.size() % 2 != 0 || fields.size() > 60) {
            throw new Malformed("ID takes pairs of a field and a value, at most 30");
        }
        return new Command.Id(List.copyOf(fields));
    }

    private Command select(boolean readOnly) {
        String mailbox = mailbox();
        boolean condstore = false;
        if (words.more()) {
            List<String> parameters = words.list(words::keyword);
            condstore = parameters.equals(List.of("CONDSTORE"));
            if (!condstore) {
                throw new Malformed("SELECT takes CONDSTORE as its only parameter");
            }
        }
        return new Command.Select(mailbox, readOnly, condstore);
    }

    private Command create() {
        String mailbox = mailbox();
        List<String> uses = List.of();
        if (words.more()) {
            words.expect('(');
            if (!words.skipWord("USE ")) {
                throw new Malformed("CREATE takes USE as its only parameter");
            }
            uses = List.copyOf(words.list(words::flag));
            words.expect(')');
        }
        return new Command.Create(mailbox, uses);
    }

    private Command append() {
        String mailbox = mailbox();
        words.space();
        List<String> flags = List.of();
        if (words.peek() == '(') {
            flags = List.copyOf(words.list(words::flag));
            words.space();
        }
        Optional<Instant> date = Optional.empty();
        if (words.peek() == '"') {
            date = Optional.of(DateTime.parse(words.string()));
            words.space();
        }
        return new Command.Append(mailbox, flags, date, words.message());
    }

    private Command fetch(boolean uid) {
        SequenceSet set = set();
        words.space();
        List<FetchItem> items = new FetchParser(words).items();
        OptionalLong since = OptionalLong.empty();
        if (words.more()) {
            since = OptionalLong.of(modifier("(CHANGEDSINCE "));
        }
        return new Command.Fetch(uid, set, items, since);
    }

    private long modifier(String start) {
        if (!words.skipWord(start)) {
            throw new Malformed("This modifier is not known here");
        }
        long number = words.number();
        words.expect(')');
        return number;
    }

    private Command store(boolean uid) {
        SequenceSet set = set();
        words.space();
        OptionalLong since = OptionalLong.empty();
        if (words.peek() == '(') {
            since = OptionalLong.of(modifier("(UNCHANGEDSINCE "));
            words.space();
        }
        Change change = words.skip('+') ? Change.ADD : words.skip('-') ? Change.REMOVE : Change.REPLACE;
        String item = words.keyword();
        if (!item.equals("FLAGS") && !item.equals("FLAGS.SILENT")) {
            throw new Malformed("STORE changes FLAGS, +FLAGS or -FLAGS");
        }
        words.space();
        return new Command.Store(uid, set, change, item.endsWith(".SILENT"), flags(), since);
    }

    private List<String> flags() {
        if (words.peek() == '(') {
            return List.copyOf(words.list(words::flag));
        }
        var flags = new ArrayList<String>();
        do {
            flags.add(words.flag());
        } while (words.more());
        return List.copyOf(flags);
    }
}
