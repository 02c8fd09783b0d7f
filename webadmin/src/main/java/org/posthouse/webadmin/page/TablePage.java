package org.posthouse.webadmin.page;

import jakarta.annotation.PostConstruct;
import jakarta.faces.context.FacesContext;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.posthouse.webadmin.table.Columns;
import org.posthouse.webadmin.table.Slice;
import org.posthouse.webadmin.table.TableQuery;

/**
 * The filter, the order, and the page of each table of a page. They begin as the address says, in the parameters
 * {@code NAME-filter}, {@code NAME-sort}, and {@code NAME-page}, and the address follows them, so that they survive a reload
 * and are there again when the visitor comes back.
 */
@Named
@ViewScoped
public class TablePage implements Serializable {

    private static final long serialVersionUID = 1L;

    private final Map<String, String> state = new HashMap<>();

    /** Begins as the address says. */
    @PostConstruct
    void begin() {
        state.putAll(FacesContext.getCurrentInstance().getExternalContext().getRequestParameterMap());
        state.keySet().removeIf(name -> !name.matches("[a-z]{1,20}-(filter|sort|page)"));
        state.values().removeIf(value -> value.length() > 200);
    }

    /** What is asked of a table. */
    TableQuery query(String table) {
        String page = state.getOrDefault(table + "-page", "1");
        return new TableQuery(
                state.getOrDefault(table + "-filter", ""),
                state.getOrDefault(table + "-sort", ""),
                page.matches("\\d{1,6}") ? Integer.parseInt(page) : 1,
                TableQuery.ROWS);
    }

    /** Keeps what is asked of a table from now on. */
    void keep(String table, TableQuery query) {
        state.put(table + "-filter", query.filter());
        state.put(table + "-sort", query.sort());
        state.put(table + "-page", Integer.toString(query.page()));
    }

    /** A table of rows that are all in memory, in the order of the first column. */
    <T> Table<T> of(String name, Collection<T> all, Columns<T> columns) {
        return new Table<>(this, name, all.size(), columns.names().getFirst(), query -> columns.slice(all, query));
    }

    /** A table of rows that are all in memory, in an order that no column has. */
    <T> Table<T> inOrder(String name, Collection<T> all, Columns<T> columns) {
        return new Table<>(this, name, all.size(), "", query -> columns.slice(all, query));
    }

    /** A table by name whose rows are read page by page; of how many there are, it matters whether there are a few. */
    <T> Table<T> lazy(String name, int all, Function<TableQuery, Slice<T>> rows) {
        return new Table<>(this, name, all, "name", rows);
    }
}
