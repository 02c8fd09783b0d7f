package org.posthouse.mailcore.imap.command;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.posthouse.mailcore.imap.command.SearchKey.And;
import org.posthouse.mailcore.imap.command.SearchKey.Body;
import org.posthouse.mailcore.imap.command.SearchKey.Day;
import org.posthouse.mailcore.imap.command.SearchKey.Flag;
import org.posthouse.mailcore.imap.command.SearchKey.Header;
import org.posthouse.mailcore.imap.command.SearchKey.ModSeq;
import org.posthouse.mailcore.imap.command.SearchKey.Not;
import org.posthouse.mailcore.imap.command.SearchKey.Numbers;
import org.posthouse.mailcore.imap.command.SearchKey.Or;
import org.posthouse.mailcore.imap.command.SearchKey.Size;
import org.posthouse.mailcore.imap.command.SearchKey.Uids;
import org.posthouse.mailcore.imap.command.SearchKey.When;
import org.posthouse.mailcore.imap.command.SearchKey.Within;

/** Reads the arguments of SEARCH. */
final class SearchParser {

    private static final List<String> MONTHS =
            List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");

    private final Words words;

    SearchParser(Words words) {
        this.words = words;
    }

    Command.Search search(boolean uid) {
        words.space();
        boolean extended = words.skipWord("RETURN (");
        List<String> results = extended ? results() : List.of();
        if (words.skipWord("CHARSET ")) {
            charset(words.astring());
            words.space();
        }
        return new Command.Search(uid, extended, results, keys());
    }

    // RFC 4731 3.1: RETURN () asks for ALL.
    private List<String> results() {
        var results = new ArrayList<String>();
        while (!words.skip(')')) {
            results.add(words.keyword());
            words.skip(' ');
        }
        words.space();
        if (!List.of("MIN", "MAX", "ALL", "COUNT").containsAll(results)) {
            throw new Malformed("SEARCH can return MIN, MAX, ALL and COUNT");
        }
        return results.isEmpty() ? List.of("ALL") : List.copyOf(results);
    }

    private static void charset(String name) {
        if (!List.of("UTF-8", "US-ASCII").contains(name.toUpperCase(Locale.ROOT))) {
            throw new UnknownCharset();
        }
    }

    private SearchKey keys() {
        var keys = new ArrayList<SearchKey>();
        do {
            keys.add(key());
        } while (words.more());
        return keys.size() == 1 ? keys.getFirst() : new And(List.copyOf(keys));
    }

    private SearchKey key() {
        words.deeper();
        SearchKey key = switch (words.peek()) {
            case '(' -> new And(words.list(this::key));
            case '*', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> new Numbers(words.numbers());
            default -> named(words.keyword());
        };
        words.shallower();
        return key;
    }

    private SearchKey named(String name) {
        return switch (name) {
            case "ALL" -> new And(List.of());
            case "ANSWERED", "DELETED", "DRAFT", "FLAGGED", "SEEN", "RECENT" -> flag(name);
            case "UNANSWERED", "UNDELETED", "UNDRAFT", "UNFLAGGED", "UNSEEN" -> new Not(flag(name.substring(2)));
            case "NEW" -> new And(List.of(flag("RECENT"), new Not(flag("SEEN"))));
            case "OLD" -> new Not(flag("RECENT"));
            case "KEYWORD" -> new Flag(argument().flag());
            case "UNKEYWORD" -> new Not(new Flag(argument().flag()));
            case "NOT" -> new Not(next());
            case "OR" -> new Or(next(), next());
            case "UID" -> new Uids(argument().numbers());
            default -> compared(name);
        };
    }

    private SearchKey compared(String name) {
        return switch (name) {
            case "BEFORE", "ON", "SINCE" -> new Day(false, When.valueOf(name), date());
            case "SENTBEFORE", "SENTON", "SENTSINCE" -> new Day(true, When.valueOf(name.substring(4)), date());
            case "OLDER", "YOUNGER" -> new Within(argument().number(), name.equals("YOUNGER"));
            case "LARGER", "SMALLER" ->
                new Size(name.equals("LARGER"), argument().number());
            case "BCC", "CC", "FROM", "SUBJECT", "TO" -> new Header(name, text());
            case "HEADER" -> new Header(text(), text());
            case "BODY", "TEXT" -> new Body(text(), name.equals("TEXT"));
            case "MODSEQ" -> modSeq();
            default -> throw new Malformed("SEARCH does not know one of these keys");
        };
    }

    private static SearchKey flag(String name) {
        return new Flag("\\" + name.charAt(0) + name.substring(1).toLowerCase(Locale.ROOT));
    }

    private Words argument() {
        words.space();
        return words;
    }

    private SearchKey next() {
        return argument().peek() < 0 ? missing() : key();
    }

    private static SearchKey missing() {
        throw new Malformed("A search key is missing");
    }

    private String text() {
        return argument().astring();
    }

    // RFC 7162 3.1.5: an entry name and type may stand before the number; we keep one number for a message.
    private SearchKey modSeq() {
        if (argument().peek() == '"') {
            words.string();
            words.space();
            words.keyword();
            words.space();
        }
        return new ModSeq(words.number());
    }

    // RFC 3501 9: date = date-text / DQUOTE date-text DQUOTE, as in 1-Feb-1994.
    private LocalDate date() {
        String text = argument().astring();
        String[] parts = text.split("-", -1);
        try {
            int month = MONTHS.indexOf(parts[1].toLowerCase(Locale.ROOT)) + 1;
            return LocalDate.of(Integer.parseInt(parts[2]), month, Integer.parseInt(parts[0]));
        } catch (DateTimeException | NumberFormatException | ArrayIndexOutOfBoundsException noDate) {
            throw new Malformed("A date is written like 1-Feb-1994");
        }
    }
}
