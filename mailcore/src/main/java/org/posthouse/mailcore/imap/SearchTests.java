package org.posthouse.mailcore.imap;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.posthouse.mailcore.imap.command.SearchKey;
import org.posthouse.mailcore.imap.command.SearchKey.When;
import org.posthouse.mailcore.message.PlainWords;
import org.posthouse.mailcore.message.SentDate;
import org.posthouse.mailcore.store.FlagChange;

/**
 * Turns search keys into tests of one message, RFC 3501 6.4.4. What a key demands of the mailbox is worked out once, such
 * as the numbers of a set; keys that are given twice are tested once.
 */
final class SearchTests {

    private static final Set<String> ADDRESSES = Set.of("FROM", "SENDER", "REPLY-TO", "TO", "CC", "BCC");
    // More than any client sends; each costs something for each message.
    private static final int MOST_KEYS = 1_000;
    private static final int MOST_TEXTS = 250;

    private final Selected selected;
    private final Instant now;
    private final Map<SearchKey, Predicate<Candidate>> known = new HashMap<>();
    private final Map<String, Integer> texts = new LinkedHashMap<>();
    private int looking;

    SearchTests(Selected selected, Instant now) {
        this.selected = selected;
        this.now = now;
    }

    /** The command has more keys than a message may cost. */
    static final class TooManyKeys extends RuntimeException {

        private static final long serialVersionUID = 1;

        TooManyKeys() {
            super("too many search keys", null, false, false);
        }
    }

    /** What is looked for in bodies, each once, after the keys have been turned. */
    List<String> texts() {
        return List.copyOf(texts.keySet());
    }

    /** Whether a key looks into bodies. */
    static boolean readsBody(SearchKey key) {
        return cost(key) == 2;
    }

    /** How much a key reads of a message: 0 nothing, 1 its header, 2 its body. */
    static int cost(SearchKey key) {
        return switch (key) {
            case SearchKey.And and ->
                and.keys().stream().mapToInt(SearchTests::cost).max().orElse(0);
            case SearchKey.Or or -> Math.max(cost(or.one()), cost(or.other()));
            case SearchKey.Not not -> cost(not.key());
            case SearchKey.Day day -> day.sent() ? 1 : 0;
            case SearchKey.Header header -> 1;
            case SearchKey.Body body -> 2;
            default -> 0;
        };
    }

    /** The test of a key. Throws TooManyKeys. */
    Predicate<Candidate> of(SearchKey key) {
        Predicate<Candidate> before = known.get(key);
        if (before != null) {
            return before;
        }
        Predicate<Candidate> test = made(key);
        known.put(key, test);
        looking += key instanceof SearchKey.Header || key instanceof SearchKey.Body ? 1 : 0;
        if (known.size() > MOST_KEYS || looking > MOST_TEXTS) {
            throw new TooManyKeys();
        }
        return test;
    }

    private Predicate<Candidate> made(SearchKey key) {
        return switch (key) {
            case SearchKey.And and -> all(and.keys());
            case SearchKey.Or or -> of(or.one()).or(of(or.other()));
            case SearchKey.Not not -> of(not.key()).negate();
            case SearchKey.Numbers numbers -> among(selected.chosen(numbers.set(), false));
            case SearchKey.Uids uids -> among(selected.chosen(uids.set(), true));
            case SearchKey.Flag flag -> flag(FlagChange.stored(flag.flag()));
            case SearchKey.Size size ->
                size.larger()
                        ? each -> each.message().size() > size.octets()
                        : each -> each.message().size() < size.octets();
            case SearchKey.ModSeq modSeq -> each -> each.message().modSeq() >= modSeq.least();
            case SearchKey.Within within -> within(within);
            case SearchKey.Day day -> day.sent() ? sent(day) : arrived(day);
            case SearchKey.Header header -> header(header);
            case SearchKey.Body body -> body(body);
        };
    }

    // Sets of numbers become one set; the rest is tested by cost.
    private Predicate<Candidate> all(List<SearchKey> keys) {
        var rest = new ArrayList<SearchKey>();
        BitSet numbers = null;
        for (SearchKey key : new LinkedHashSet<>(keys)) {
            BitSet chosen = switch (key) {
                case SearchKey.Numbers each -> selected.chosen(each.set(), false);
                case SearchKey.Uids each -> selected.chosen(each.set(), true);
                default -> null;
            };
            if (chosen == null) {
                rest.add(key);
            } else if (numbers == null) {
                numbers = chosen;
            } else {
                numbers.and(chosen);
            }
        }
        rest.sort((a, b) -> Integer.compare(cost(a), cost(b)));
        var tests = new ArrayList<Predicate<Candidate>>();
        if (numbers != null) {
            tests.add(among(numbers));
        }
        rest.forEach(key -> tests.add(of(key)));
        return each -> {
            for (var test : tests) {
                if (!test.test(each)) {
                    return false;
                }
            }
            return true;
        };
    }

    private static Predicate<Candidate> among(BitSet numbers) {
        return each -> numbers.get(each.number());
    }

    private Predicate<Candidate> flag(String flag) {
        return flag.equalsIgnoreCase("\\Recent")
                ? each -> selected.isRecent(each.message())
                : each -> each.message().is(flag);
    }

    private Predicate<Candidate> within(SearchKey.Within within) {
        Instant limit = now.minusSeconds(Math.min(within.seconds(), Integer.MAX_VALUE));
        return each -> within.younger() == each.message().received().isAfter(limit);
    }

    private static boolean compare(When when, LocalDate day, LocalDate with) {
        return switch (when) {
            case BEFORE -> day.isBefore(with);
            case ON -> day.equals(with);
            case SINCE -> !day.isBefore(with);
        };
    }

    private static Predicate<Candidate> arrived(SearchKey.Day key) {
        return each -> compare(key.when(), LocalDate.ofInstant(each.message().received(), ZoneOffset.UTC), key.day());
    }

    private static Predicate<Candidate> sent(SearchKey.Day key) {
        return each -> each.fields()
                .flatMap(fields -> fields.first("Date"))
                .flatMap(SentDate::of)
                .filter(day -> compare(key.when(), day, key.day()))
                .isPresent();
    }

    private static Predicate<Candidate> header(SearchKey.Header key) {
        String text = PlainWords.folded(key.text());
        boolean addresses = ADDRESSES.stream().anyMatch(key.field()::equalsIgnoreCase);
        return each -> each.fields().isPresent()
                && each.fields().get().all(key.field()).stream()
                        .anyMatch(value ->
                                addresses ? PlainWords.addressesHold(value, text) : PlainWords.fieldHolds(value, text));
    }

    private Predicate<Candidate> body(SearchKey.Body key) {
        int text = texts.computeIfAbsent(PlainWords.folded(key.text()), first -> texts.size());
        return each -> each.holds(text, key.header());
    }
}
