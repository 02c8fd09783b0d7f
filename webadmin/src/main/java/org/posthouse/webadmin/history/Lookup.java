package org.posthouse.webadmin.history;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.LongPredicate;
import org.posthouse.webadmin.history.History.Compared;

/** Finds changes in a book, and what differs between two moments of it. */
final class Lookup {

    private static final int SHOWN = 100;

    private final Book book;

    Lookup(Book book) {
        this.book = book;
    }

    Found find(Filter filter, long before, int size) throws IOException {
        List<Operation> all = fitting(filter);
        List<Operation> page = all.stream()
                .filter(operation -> before == 0 || operation.number < before)
                .limit(size + 1L)
                .toList();
        boolean more = page.size() > size;
        try (var lines = new LineReader()) {
            List<Change> changes = page.stream()
                    .limit(size)
                    .map(operation -> change(operation, lines, SHOWN))
                    .toList();
            return new Found(changes, all.size(), more ? changes.getLast().number() : 0);
        }
    }

    void each(Filter filter, Consumer<Change> to) throws IOException {
        List<Operation> all = fitting(filter);
        try (var lines = new LineReader()) {
            all.reversed().forEach(operation -> to.accept(change(operation, lines, Integer.MAX_VALUE)));
        }
    }

    List<Change> latest(int size) {
        try (var lines = new LineReader()) {
            return book.index().latest(size).stream()
                    .map(operation -> change(operation, lines, 1))
                    .toList();
        }
    }

    private List<Operation> fitting(Filter filter) throws IOException {
        Index known = book.index();
        return known.find(filter, saying(filter.text()));
    }

    private Optional<LongPredicate> saying(String text) throws IOException {
        return text.isBlank()
                ? Optional.empty()
                : Optional.of(new Search(book.journal().pages(), text.strip()).run());
    }

    Optional<Change> change(long number) {
        try (var lines = new LineReader()) {
            return book.index().operation(number).map(operation -> change(operation, lines, Integer.MAX_VALUE));
        }
    }

    List<Change> unended() {
        try (var lines = new LineReader()) {
            return book.index().open().stream()
                    .map(operation -> change(operation, lines, Integer.MAX_VALUE))
                    .toList();
        }
    }

    // The end of an operation may come while it is read.
    private Change change(Operation operation, LineReader lines, int most) {
        synchronized (book.index()) {
            List<Mark> marks = operation.marks;
            JsonObject first = lines.json(marks.getFirst());
            return new Change(
                    operation.number,
                    Instant.ofEpochMilli(operation.at),
                    Duration.ofMillis(operation.back),
                    Lines.author(first),
                    operation.state,
                    operation.revision,
                    operation.remark,
                    operation.effect,
                    marks.stream().limit(most).map(lines::deed).toList(),
                    marks.size());
        }
    }

    void replay(long after, String object, Consumer<Deed> to) {
        String key = Names.key(object);
        try (var lines = new LineReader()) {
            book.index().between(after, Long.MAX_VALUE, object).stream()
                    .map(lines::deed)
                    .filter(deed -> Names.key(deed.object()).equals(key))
                    .forEach(to);
        }
    }

    void replay(long after, Consumer<Deed> to) {
        try (var lines = new LineReader()) {
            book.index().between(after, Long.MAX_VALUE, "").forEach(mark -> to.accept(lines.deed(mark)));
        }
    }

    Compared compare(long after, long until, String object, int skipped, int most) {
        List<Mark> marks = book.index().between(after, until, object);
        try (var lines = new LineReader()) {
            var comparison = new Comparison(marks, lines::deed);
            return new Compared(comparison.differences(skipped, most), comparison.objects());
        }
    }

    Map<String, List<Value>> known(String object) {
        var known = new TreeMap<String, List<Value>>(String.CASE_INSENSITIVE_ORDER);
        compare(0, Long.MAX_VALUE, object, 0, 1).differences().stream()
                .filter(difference -> Names.key(difference.object()).equals(Names.key(object)))
                .flatMap(difference -> difference.alterations().stream())
                .filter(Alteration::whole)
                .forEach(each -> known.put(each.attribute(), each.after()));
        return known;
    }
}
