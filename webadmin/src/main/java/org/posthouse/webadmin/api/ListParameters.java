package org.posthouse.webadmin.api;

import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.posthouse.schema.suggestion.Near;
import org.posthouse.webadmin.table.TableQuery;

/** The parameters of lists, the same as on the pages: {@code filter}, {@code sort}, {@code page}, {@code size}. */
final class ListParameters {

    private static final int ROWS = 100;
    private static final int MOST = 500;

    private ListParameters() {}

    /** Whether a request names one of those that only tables have. */
    static boolean areIn(@Nullable UriInfo uri) {
        return uri != null && Stream.of("filter", "sort", "page").anyMatch(uri.getQueryParameters()::containsKey);
    }

    /** What is asked of a list with these columns. Throws IllegalArgumentException for a column that it does not have. */
    static TableQuery of(@Nullable UriInfo uri, List<String> columns) {
        if (uri == null) {
            return TableQuery.first();
        }
        MultivaluedMap<String, String> given = uri.getQueryParameters();
        var query = new TableQuery(
                text(given, "filter"),
                text(given, "sort"),
                number(given, "page", 1),
                Math.clamp(number(given, "size", ROWS), 1, MOST));
        if (!query.sort().isEmpty() && !columns.contains(query.column())) {
            throw new IllegalArgumentException("The list cannot be sorted by \"" + query.column() + "\""
                    + Near.hint(query.column(), Set.copyOf(columns)) + "; valid columns are "
                    + String.join(", ", columns));
        }
        return query;
    }

    private static String text(MultivaluedMap<String, String> given, String name) {
        return Optional.ofNullable(given.getFirst(name)).orElse("");
    }

    private static int number(MultivaluedMap<String, String> given, String name, int otherwise) {
        String text = text(given, name);
        return text.isEmpty() ? otherwise : Math.clamp(Long.parseLong(text), 1, Integer.MAX_VALUE);
    }
}
