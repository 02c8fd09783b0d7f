package org.posthouse.mailcore.imap.command;

import java.util.ArrayList;
import java.util.List;
import org.posthouse.mailcore.imap.command.Command.StatusItem;

/** Reads the arguments of LIST, LSUB and STATUS: RFC 3501 6.3.8, RFC 5258 6, RFC 5819 4, RFC 6154 6. */
final class ListParser {

    private static final List<String> SELECTIONS = List.of("SUBSCRIBED", "REMOTE", "RECURSIVEMATCH", "SPECIAL-USE");
    private static final List<String> RETURNS = List.of("SUBSCRIBED", "CHILDREN", "SPECIAL-USE", "STATUS");

    // All of them; a mailbox has a name of up to 1,000 characters.
    private static final int LONGEST_PATTERNS = 4_000;

    private final Words words;

    ListParser(Words words) {
        this.words = words;
    }

    Command lsub() {
        words.space();
        String reference = limited(MailboxName.read(words.astring()));
        words.space();
        String pattern = pattern();
        return new Command.ListMailboxes(true, List.of(), reference, List.of(pattern), List.of(), List.of());
    }

    Command list() {
        words.space();
        List<String> options = List.of();
        if (words.peek() == '(') {
            options = known(words.list(words::keyword), SELECTIONS);
            // RFC 5258 3.1: it widens another criterion and is none by itself.
            if (options.contains("RECURSIVEMATCH")
                    && !options.contains("SUBSCRIBED")
                    && !options.contains("SPECIAL-USE")) {
                throw new Malformed("RECURSIVEMATCH needs SUBSCRIBED or SPECIAL-USE beside it");
            }
            words.space();
        }
        String reference = limited(MailboxName.read(words.astring()));
        words.space();
        List<String> patterns = words.peek() == '(' ? words.list(this::pattern) : List.of(pattern());
        if (patterns.stream().mapToInt(String::length).sum() > LONGEST_PATTERNS) {
            throw new Malformed("The patterns of LIST are too long");
        }
        var returns = new ArrayList<String>();
        var status = new ArrayList<StatusItem>();
        if (words.more()) {
            readReturns(returns, status);
        }
        return new Command.ListMailboxes(
                false, options, reference, List.copyOf(patterns), List.copyOf(returns), List.copyOf(status));
    }

    private String pattern() {
        return limited(MailboxName.read(words.listPattern()));
    }

    private static String limited(String text) {
        if (text.length() > LONGEST_PATTERNS) {
            throw new Malformed("A pattern of LIST is too long");
        }
        return text;
    }

    private void readReturns(List<String> returns, List<StatusItem> status) {
        if (!words.skipWord("RETURN ")) {
            throw new Malformed("LIST takes RETURN and a list after the pattern");
        }
        returns.addAll(words.list(() -> {
            String option = words.keyword();
            if (option.equals("STATUS")) {
                status.addAll(statusItems());
            }
            return option;
        }));
        known(returns, RETURNS);
    }

    List<StatusItem> statusItems() {
        words.space();
        List<StatusItem> items = words.list(() -> item(words.keyword()));
        if (items.isEmpty()) {
            throw new Malformed("STATUS needs at least one item to tell");
        }
        return List.copyOf(items);
    }

    private static StatusItem item(String name) {
        for (var item : StatusItem.values()) {
            if (item.name().equals(name)) {
                return item;
            }
        }
        throw new Malformed("STATUS does not know one of these items");
    }

    private static List<String> known(List<String> options, List<String> known) {
        if (!known.containsAll(options)) {
            throw new Malformed("LIST does not know one of these options");
        }
        return List.copyOf(options);
    }
}
