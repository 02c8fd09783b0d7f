package org.posthouse.webadmin.history;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongPredicate;
import org.posthouse.webadmin.history.Author.By;
import org.posthouse.webadmin.history.Change.Effect;
import org.posthouse.webadmin.history.Change.State;

/**
 * Every operation of the journal in memory, with where its lines stand: about 150 octets for each, whatever it changed.
 * Made from the lines themselves, so it cannot disagree with them.
 */
final class Index {

    private final Names objects = new Names();
    private final Map<String, String> keys = new HashMap<>();
    private final Names authors = new Names();
    private final Names sets = new Names();
    private final List<Operation> operations = new ArrayList<>();
    private final Map<Long, Operation> byNumber = new HashMap<>();
    private final List<String> breaks = new ArrayList<>();
    private long last;
    private long newest;
    private long revision;

    /** Takes a line of the journal; one that was taken already is passed over. */
    synchronized void take(long number, Glance line, Path file, long offset, int length) {
        if (number <= last) {
            return;
        }
        last = number;
        switch (line.text("is")) {
            case "act" -> act(number, line, file, offset, length);
            case "end" ->
                operation(line).ifPresent(operation -> {
                    operation.state = State.valueOf(line.text("state").toUpperCase(Locale.ROOT));
                    operation.revision = line.number("revision");
                    revision = Math.max(revision, operation.revision);
                    operation.remark = line.text("remark");
                });
            case "effect" -> operation(line).ifPresent(operation -> operation.effect = effect(line));
            case "note" -> {
                if (line.text("note").equals("broken")) {
                    breaks.add(line.text("text"));
                }
            }
            default -> {}
        }
    }

    private static Effect effect(Glance line) {
        return new Effect(line.has("millis") ? line.number("millis") : -1, line.text("reason"));
    }

    private Optional<Operation> operation(Glance line) {
        return Optional.ofNullable(byNumber.get(line.number("of")));
    }

    private void act(long number, Glance line, Path file, long offset, int length) {
        Operation operation = line.has("of") ? byNumber.get(line.number("of")) : begun(number, line);
        if (operation == null) {
            return;
        }
        String object = line.text("object");
        keys.computeIfAbsent(object, Names::key);
        operation.marks.add(new Mark(
                operation,
                number,
                file,
                offset,
                length,
                objects.number(object),
                Lines.kind(line.text("kind")),
                Deed.What.valueOf(line.text("act").toUpperCase(Locale.ROOT)),
                sets.number(line.attributes()),
                line.isWhole()));
    }

    private Operation begun(long number, Glance line) {
        Instant at = Instant.parse(line.text("at"));
        newest = at.toEpochMilli();
        var operation = new Operation(
                number,
                at.toEpochMilli(),
                line.number("clockBack"),
                authors.number(line.text("who")),
                By.valueOf(line.text("by").toUpperCase(Locale.ROOT)));
        operations.add(operation);
        byNumber.put(number, operation);
        return operation;
    }

    /** The number of the last line taken. */
    synchronized long last() {
        return last;
    }

    /** The highest revision that any operation got. */
    synchronized long revision() {
        return revision;
    }

    /** When the newest operation was, by the clock of then. */
    synchronized Instant newest() {
        return Instant.ofEpochMilli(newest);
    }

    /** What was found broken and noted before. */
    synchronized List<String> breaks() {
        return List.copyOf(breaks);
    }

    synchronized int size() {
        return operations.size();
    }

    /** The operations whose end is not known. */
    synchronized List<Operation> open() {
        return operations.stream()
                .filter(operation -> operation.state == State.OPEN)
                .toList();
    }

    synchronized Optional<Operation> operation(long number) {
        return Optional.ofNullable(byNumber.get(number));
    }

    /** The text of an object's or author's number. */
    synchronized String object(int number) {
        return objects.text(number);
    }

    synchronized String author(int number) {
        return authors.text(number);
    }

    /** Whoever wrote anything. */
    synchronized List<String> authors() {
        return authors.all().stream().filter(name -> !name.isEmpty()).sorted().toList();
    }

    /** The operations that fit, the newest first; {@code says} tells by number which lines hold the text sought. */
    synchronized List<Operation> find(Filter filter, Optional<LongPredicate> says) {
        var wanted = new Wanted(filter);
        var found = new ArrayList<Operation>();
        for (int i = operations.size() - 1; i >= 0; i--) {
            Operation operation = operations.get(i);
            if (wanted.fits(operation)
                    && (says.isEmpty()
                            || operation.marks.stream()
                                    .anyMatch(mark -> says.get().test(mark.number())))) {
                found.add(operation);
            }
        }
        return found;
    }

    /** The latest operations, the newest first. */
    synchronized List<Operation> latest(int size) {
        return List.copyOf(operations.subList(Math.max(0, operations.size() - size), operations.size()))
                .reversed();
    }

    /** The deeds carried out after one line and not after another, in their order; of an object, and those below it. */
    synchronized List<Mark> between(long after, long until, String object) {
        BitSet meant = object.isEmpty() ? null : objects.fitting(within(object, true));
        return operations.stream()
                .filter(operation -> operation.number > after && operation.number <= until)
                .filter(operation -> operation.state == State.DONE)
                .flatMap(operation -> operation.marks.stream())
                .filter(mark -> meant == null || meant.get(mark.object()))
                .toList();
    }

    /** The number of the last line of before a moment. */
    synchronized long at(Instant moment) {
        long millis = moment.toEpochMilli();
        for (int i = operations.size() - 1; i >= 0; i--) {
            if (operations.get(i).at <= millis) {
                return operations.get(i).number;
            }
        }
        return 0;
    }

    private java.util.function.Predicate<String> within(String object, boolean below) {
        String key = Names.key(object);
        return name -> {
            String other = keys.getOrDefault(name, name);
            return other.equals(key) || (below && other.endsWith("," + key));
        };
    }

    /** A filter against the names there are now. */
    private final class Wanted {
        private final Filter filter;
        private final BitSet meant;
        private final BitSet by;
        private final BitSet concerned;

        Wanted(Filter filter) {
            this.filter = filter;
            String who = filter.who().toLowerCase(Locale.ROOT);
            this.meant =
                    objects.fitting(filter.object().isEmpty() ? any -> true : within(filter.object(), filter.below()));
            this.by = authors.fitting(name -> name.toLowerCase(Locale.ROOT).contains(who));
            this.concerned = sets.fitting(set -> filter.attributes().isEmpty()
                    || Set.of(set.split(" ")).stream().anyMatch(filter.attributes()::contains));
        }

        boolean fits(Operation operation) {
            return by.get(operation.who)
                    && filter.by().map(way -> way == operation.by).orElse(true)
                    && filter.from()
                            .map(from -> operation.at >= from.toEpochMilli())
                            .orElse(true)
                    && filter.to().map(to -> operation.at < to.toEpochMilli()).orElse(true)
                    && fitsADeed(operation);
        }

        private boolean fitsADeed(Operation operation) {
            for (Mark mark : operation.marks) {
                if (meant.get(mark.object())
                        && concerned.get(mark.attributes())
                        && filter.what().map(what -> what == mark.what()).orElse(true)) {
                    return true;
                }
            }
            return false;
        }
    }
}
