package org.posthouse.webadmin.table;

import java.util.Locale;

/**
 * Which rows of a table are wanted, and in which order.
 *
 * @param filter what one of the columns must contain, in any case; "" for every row
 * @param sort the column to sort by, with a minus for the opposite order; "" for the order that the table has by itself
 * @param page the number of the page, from 1
 * @param size the most rows on a page
 */
public record TableQuery(String filter, String sort, int page, int size) {

    /** The rows of a page when nothing else is said. */
    public static final int ROWS = 50;

    private static final int LAST = 1_000_000;

    /** Numbers out of range become the nearest that is in it. */
    public TableQuery {
        filter = filter.strip();
        sort = sort.strip();
        page = Math.clamp(page, 1, LAST);
        size = Math.max(size, 1);
    }

    /** The first page of all rows. */
    public static TableQuery first() {
        return new TableQuery("", "", 1, ROWS);
    }

    /** The column to sort by, without the minus. */
    public String column() {
        return isDescending() ? sort.substring(1) : sort;
    }

    /** Whether the order is the opposite one. */
    public boolean isDescending() {
        return sort.startsWith("-");
    }

    /** How many rows come before the page. */
    public int from() {
        return (page - 1) * size;
    }

    /** Whether a text contains the filter. */
    public boolean admits(String text) {
        return text.toLowerCase(Locale.ROOT).contains(filter.toLowerCase(Locale.ROOT));
    }
}
