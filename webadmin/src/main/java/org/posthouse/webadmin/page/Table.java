package org.posthouse.webadmin.page;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.posthouse.webadmin.table.Slice;
import org.posthouse.webadmin.table.TableQuery;

/**
 * A table on a page: the rows of the page shown, read when they are asked for, and the ways to the others.
 *
 * @param <T> the rows
 */
public final class Table<T> {

    // Of fewer rows nobody needs a filter.
    private static final int FEW = 10;

    private final TablePage page;
    private final String name;
    private final int all;
    private final String natural;
    private final Function<TableQuery, Slice<T>> source;
    private @Nullable TableQuery asked;
    private Slice<T> slice = Slice.none();

    /** A table of so many rows in the natural order, that of a column; "" when no column has it. */
    Table(TablePage page, String name, int all, String natural, Function<TableQuery, Slice<T>> source) {
        this.page = page;
        this.name = name;
        this.all = all;
        this.natural = natural;
        this.source = source;
    }

    private TableQuery query() {
        return page.query(name);
    }

    private Slice<T> slice() {
        TableQuery query = query();
        if (!query.equals(asked)) {
            slice = source.apply(query);
            // Rows may have gone since the address was noted.
            if (slice.rows().isEmpty() && slice.matches() > 0) {
                query = new TableQuery(query.filter(), query.sort(), pages(slice.matches(), query), query.size());
                page.keep(name, query);
                slice = source.apply(query);
            }
            asked = query;
        }
        return slice;
    }

    private static int pages(int matches, TableQuery query) {
        return Math.max(1, (matches + query.size() - 1) / query.size());
    }

    /** The rows of the page shown. */
    public List<T> getRows() {
        return slice().rows();
    }

    /** How many rows there are without a filter. */
    public int getAll() {
        return all;
    }

    /** How many rows match the filter. */
    public int getMatches() {
        return slice().matches();
    }

    /** Whether there is nothing to show, with or without a filter. */
    public boolean isBare() {
        return all == 0;
    }

    /** Whether there is more than one looks through, or a filter to remove. */
    public boolean isFilterable() {
        return all > FEW || !getFilter().isEmpty();
    }

    /** Whether the rows take more than one page. */
    public boolean isPaged() {
        return isFilterable() || getMatches() > query().size();
    }

    public String getFilter() {
        return query().filter();
    }

    /** Shows what contains the text, from the first page. */
    public void setFilter(@Nullable String text) {
        String sought = text == null ? "" : text.strip();
        if (!sought.equals(getFilter())) {
            page.keep(name, new TableQuery(sought, query().sort(), 1, query().size()));
        }
    }

    /** Removes the filter. */
    public void clear() {
        setFilter("");
    }

    /** The number of the first row on the page. */
    public int getFirst() {
        return Math.min(query().from() + 1, getMatches());
    }

    /** The number of the last row on the page. */
    public int getLast() {
        return Math.min(query().from() + query().size(), getMatches());
    }

    /** The number of the page before; 0 on the first. */
    public int getBefore() {
        return query().page() - 1;
    }

    /** The number of the next page; 0 on the last. */
    public int getNext() {
        return query().page() < pages(getMatches(), query()) ? query().page() + 1 : 0;
    }

    /** The column by which the rows are ordered, with a minus for the opposite order; "" for the natural one. */
    public String getSorting() {
        return query().sort();
    }

    /** The number of the page shown; "" for the first. */
    public String getNumber() {
        return query().page() == 1 ? "" : Integer.toString(query().page());
    }

    /** Shows a page. */
    public void turn(int number) {
        page.keep(name, new TableQuery(getFilter(), query().sort(), number, query().size()));
    }

    /** What the order is after a click on the head of a column. */
    public String sorted(String column) {
        return order(column).equals("ascending") ? "-" + column : column;
    }

    /** Orders the rows by a column, in the opposite order if they are in its order already, and shows the first page. */
    public void sort(String column) {
        page.keep(name, new TableQuery(getFilter(), sorted(column), 1, query().size()));
    }

    /** How a column orders the table: "ascending", "descending", or "none". */
    public String order(String column) {
        TableQuery query = query();
        if (!(query.sort().isEmpty() ? natural : query.column()).equals(column)) {
            return "none";
        }
        return query.isDescending() ? "descending" : "ascending";
    }
}
