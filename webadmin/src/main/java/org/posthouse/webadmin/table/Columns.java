package org.posthouse.webadmin.table;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.posthouse.schema.tree.NameOrder;

/**
 * The columns of a table whose rows are all in memory: the filter looks at their texts, and each of them can order the
 * rows. Texts are ordered as {@link NameOrder} says; rows that a column takes for equal keep the order in which they came.
 *
 * @param <T> the rows
 */
public final class Columns<T> {

    private record Column<T>(String name, Function<T, String> text, Comparator<T> order) {}

    private final List<Column<T>> columns;

    private Columns(List<Column<T>> columns) {
        this.columns = columns;
    }

    /** No columns yet. */
    public static <T> Columns<T> none() {
        return new Columns<>(List.of());
    }

    /** These and a column of texts. */
    public Columns<T> text(String name, Function<T, String> text) {
        return with(new Column<>(name, text, Comparator.comparing(text, NameOrder.NAMES)));
    }

    /** These and a column of numbers, which the filter does not look at. */
    public Columns<T> number(String name, ToLongFunction<T> number) {
        return with(new Column<>(name, row -> "", Comparator.comparingLong(number)));
    }

    /** These and a column of texts with an order of its own, such as that of severity. */
    public Columns<T> ranked(String name, Function<T, String> text, Comparator<T> order) {
        return with(new Column<>(name, text, order));
    }

    private Columns<T> with(Column<T> column) {
        var more = new ArrayList<>(columns);
        more.add(column);
        return new Columns<>(List.copyOf(more));
    }

    /** The names of the columns by which a table can be sorted. */
    public List<String> names() {
        return columns.stream().map(Column::name).toList();
    }

    /**
     * The page of those that match. Without an order, or with a column that does not exist, the rows keep the order in
     * which they came.
     */
    public Slice<T> slice(Collection<T> all, TableQuery query) {
        List<T> matching = matching(all, query);
        return new Slice<>(
                matching.stream().skip(query.from()).limit(query.size()).toList(), matching.size());
    }

    /** All rows that match, in order. */
    public List<T> matching(Collection<T> all, TableQuery query) {
        Optional<Comparator<T>> order = columns.stream()
                .filter(column -> column.name().equals(query.column()))
                .findFirst()
                .map(Column::order);
        var rows = all.stream()
                .filter(row -> query.filter().isEmpty()
                        || columns.stream()
                                .anyMatch(column -> query.admits(column.text().apply(row))))
                .collect(Collectors.toCollection(ArrayList::new));
        order.ifPresent(by -> rows.sort(query.isDescending() ? by.reversed() : by));
        return List.copyOf(rows);
    }
}
