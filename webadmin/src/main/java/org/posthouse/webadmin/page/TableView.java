package org.posthouse.webadmin.page;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.posthouse.schema.tree.NameOrder;

/**
 * Which rows of a table are shown, and in which order.
 *
 * @param text what one of the columns must contain; "" for every row
 * @param sort the column, with a minus for the opposite order; "" for the first column
 * @param from how many rows come before those shown
 */
record TableView(String text, String sort, int from) {

    /** The most rows on one page. */
    static final int PAGE = 50;

    /** The rows that match, in order. The columns give the texts by which rows are filtered and ordered. */
    <T> List<T> filtered(List<T> all, Map<String, Function<T, String>> columns) {
        String sought = text.toLowerCase(Locale.ROOT);
        boolean down = sort.startsWith("-");
        Function<T, String> key = columns.getOrDefault(
                down ? sort.substring(1) : sort, columns.values().iterator().next());
        Comparator<T> order = Comparator.comparing(key, NameOrder.NAMES);
        return all.stream()
                .filter(row -> columns.values().stream()
                        .anyMatch(column ->
                                column.apply(row).toLowerCase(Locale.ROOT).contains(sought)))
                .sorted(down ? order.reversed() : order)
                .toList();
    }

    /** The rows of this page out of those that match. */
    <T> List<T> page(List<T> found) {
        return found.stream().skip(from).limit(PAGE).toList();
    }

    /** How a column orders the table: "ascending", "descending", or "none". */
    String order(String column) {
        if (sort.equals("-" + column)) {
            return "descending";
        }
        return sort.equals(column) || (sort.isEmpty() && column.equals("name")) ? "ascending" : "none";
    }
}
