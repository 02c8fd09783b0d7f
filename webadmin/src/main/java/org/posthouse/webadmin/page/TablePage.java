package org.posthouse.webadmin.page;

import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The filter, the order, and the page of a table of servers, as the address says: {@code text}, {@code sort} with a minus
 * for the opposite order, and {@code from}.
 */
@Named
@RequestScoped
public class TablePage {

    @Inject
    private Links links;

    @Inject
    private ObjectPage objectPage;

    private int matches;

    private static String parameter(String name) {
        return FacesContext.getCurrentInstance()
                .getExternalContext()
                .getRequestParameterMap()
                .getOrDefault(name, "")
                .strip();
    }

    private static TableView view() {
        String from = parameter("from");
        return new TableView(
                parameter("text"), parameter("sort"), from.matches("\\d{1,6}") ? Integer.parseInt(from) : 0);
    }

    /** The text that rows must contain. */
    public String getText() {
        return view().text();
    }

    /** The rows of this page out of those that match. */
    <T> List<T> page(List<T> all, Map<String, Function<T, String>> columns) {
        TableView view = view();
        List<T> found = view.filtered(all, columns);
        matches = found.size();
        return view.page(found);
    }

    /** How many rows match; known once the table was asked for. */
    public int getMatches() {
        return matches;
    }

    /** Whether there is more than one looks through, or a filter to remove. */
    public boolean isFilterable(int all) {
        return all > 10 || !getText().isEmpty();
    }

    /** The number of the first row on this page. */
    public int getFirst() {
        return Math.min(view().from() + 1, matches);
    }

    /** The number of the last row on this page. */
    public int getLast() {
        return Math.min(view().from() + TableView.PAGE, matches);
    }

    /** The address of the page before; "" on the first. */
    public String getBefore() {
        return view().from() == 0 ? "" : address(view().sort(), Math.max(0, view().from() - TableView.PAGE));
    }

    /** The address of the next page; "" on the last. */
    public String getNext() {
        return view().from() + TableView.PAGE < matches ? address(view().sort(), view().from() + TableView.PAGE) : "";
    }

    /** The address with the table in the order of a column, in the opposite one if it is so already. */
    public String sorted(String column) {
        return address(order(column).equals("ascending") ? "-" + column : column, 0);
    }

    /** How a column orders the table: "ascending", "descending", or "none". */
    public String order(String column) {
        return view().order(column);
    }

    private String address(String sort, int from) {
        return Stream.of(
                        "/object?dn=" + links.encoded(objectPage.getDn()),
                        getText().isEmpty() ? "" : "&text=" + links.encoded(getText()),
                        sort.isEmpty() ? "" : "&sort=" + links.encoded(sort),
                        from == 0 ? "" : "&from=" + from)
                .reduce("", String::concat);
    }
}
