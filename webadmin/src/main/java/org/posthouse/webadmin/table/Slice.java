package org.posthouse.webadmin.table;

import java.util.List;

/**
 * One page of a table.
 *
 * @param <T> the rows
 * @param rows the rows of the page
 * @param matches how many rows match the filter, on all pages
 */
public record Slice<T>(List<T> rows, int matches) {

    /** No rows at all. */
    public static <T> Slice<T> none() {
        return new Slice<>(List.of(), 0);
    }
}
