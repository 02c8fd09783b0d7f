package org.posthouse.mailcore.imap;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.posthouse.mailcore.imap.command.SearchKey;
import org.posthouse.mailcore.imap.command.SearchKey.When;
import org.posthouse.mailcore.imap.command.SequenceSet;
import org.posthouse.mailcore.message.Part;
import org.posthouse.mailcore.message.PlainWords;
import org.posthouse.mailcore.message.SentDate;
import org.posthouse.mailcore.store.FlagChange;
import org.posthouse.mailcore.store.Mailbox;
import org.posthouse.mailcore.store.Message;
import org.posthouse.mailcore.store.Summary;

/** Finds the messages that SEARCH asks for: RFC 3501 6.4.4. Cheap keys are tried before a body is read. */
final class Matching {

    private static final Set<String> ADDRESSES = Set.of("FROM", "SENDER", "REPLY-TO", "TO", "CC", "BCC");

    private final Selected selected;
    private final Mailbox mailbox;
    private final Instant now;

    Matching(Selected selected, Instant now) {
        this.selected = selected;
        this.mailbox = selected.mailbox();
        this.now = now;
    }

    /** Tests one message. */
    private interface Test {
        boolean holds(int number, Message message);
    }

    static boolean usesModSeq(SearchKey key) {
        return switch (key) {
            case SearchKey.And and -> and.keys().stream().anyMatch(Matching::usesModSeq);
            case SearchKey.Or or -> usesModSeq(or.one()) || usesModSeq(or.other());
            case SearchKey.Not not -> usesModSeq(not.key());
            case SearchKey.ModSeq modSeq -> true;
            default -> false;
        };
    }

    List<Integer> find(SearchKey key) {
        Test test = test(key);
        var found = new ArrayList<Integer>();
        for (int number = 1; number <= selected.count(); number++) {
            if (test.holds(number, selected.at(number))) {
                found.add(number);
            }
        }
        return found;
    }

    private Test test(SearchKey key) {
        return switch (key) {
            case SearchKey.And and -> all(and.keys());
            case SearchKey.Or or -> {
                Test one = test(or.one());
                Test other = test(or.other());
                yield (number, message) -> one.holds(number, message) || other.holds(number, message);
            }
            case SearchKey.Not not -> {
                Test test = test(not.key());
                yield (number, message) -> !test.holds(number, message);
            }
            case SearchKey.Numbers numbers -> among(numbers.set(), false);
            case SearchKey.Uids uids -> among(uids.set(), true);
            case SearchKey.Flag flag -> flag(FlagChange.stored(flag.flag()));
            case SearchKey.Size size ->
                (number, message) -> size.larger() ? message.size() > size.octets() : message.size() < size.octets();
            case SearchKey.ModSeq modSeq -> (number, message) -> message.modSeq() >= modSeq.least();
            case SearchKey.Within within -> within(within);
            case SearchKey.Day day -> day.sent() ? sent(day) : arrived(day);
            case SearchKey.Header header -> header(header);
            case SearchKey.Body body -> body(body);
        };
    }

    private Test all(List<SearchKey> keys) {
        List<Test> tests = keys.stream()
                .sorted((a, b) -> Integer.compare(cost(a), cost(b)))
                .map(this::test)
                .toList();
        return (number, message) -> {
            for (var test : tests) {
                if (!test.holds(number, message)) {
                    return false;
                }
            }
            return true;
        };
    }

    private static int cost(SearchKey key) {
        return switch (key) {
            case SearchKey.And and ->
                and.keys().stream().mapToInt(Matching::cost).max().orElse(0);
            case SearchKey.Or or -> Math.max(cost(or.one()), cost(or.other()));
            case SearchKey.Not not -> cost(not.key());
            case SearchKey.Day day -> day.sent() ? 1 : 0;
            case SearchKey.Header header -> 1;
            case SearchKey.Body body -> 2;
            default -> 0;
        };
    }

    private Test among(SequenceSet set, boolean uid) {
        Set<Integer> numbers = Set.copyOf(selected.numbers(set, uid));
        return (number, message) -> numbers.contains(number);
    }

    private Test flag(String flag) {
        return flag.equalsIgnoreCase("\\Recent")
                ? (number, message) -> selected.isRecent(message)
                : (number, message) -> message.is(flag);
    }

    private Test within(SearchKey.Within within) {
        Instant limit = now.minusSeconds(Math.min(within.seconds(), Integer.MAX_VALUE));
        return (number, message) -> within.younger() == message.received().isAfter(limit);
    }

    private static boolean compare(When when, LocalDate day, LocalDate with) {
        return switch (when) {
            case BEFORE -> day.isBefore(with);
            case ON -> day.equals(with);
            case SINCE -> !day.isBefore(with);
        };
    }

    private static Test arrived(SearchKey.Day key) {
        return (number, message) ->
                compare(key.when(), LocalDate.ofInstant(message.received(), ZoneOffset.UTC), key.day());
    }

    private Test sent(SearchKey.Day key) {
        return (number, message) -> mailbox.summary(message)
                .flatMap(summary -> summary.fields().first("Date"))
                .flatMap(SentDate::of)
                .filter(day -> compare(key.when(), day, key.day()))
                .isPresent();
    }

    private Test header(SearchKey.Header key) {
        String text = PlainWords.folded(key.text());
        boolean addresses = ADDRESSES.contains(key.field().toUpperCase(Locale.ROOT));
        return (number, message) -> {
            Optional<Summary> summary = mailbox.summary(message);
            return summary.isPresent()
                    && summary.get().fields().all(key.field()).stream()
                            .anyMatch(value -> addresses
                                    ? PlainWords.addressesHold(value, text)
                                    : PlainWords.fieldHolds(value, text));
        };
    }

    private Test body(SearchKey.Body key) {
        String text = PlainWords.folded(key.text());
        return (number, message) -> mailbox.body(message)
                .map(Part::of)
                .filter(part ->
                        (key.header() && PlainWords.headerHolds(part, text)) || PlainWords.bodyHolds(part, text))
                .isPresent();
    }
}
