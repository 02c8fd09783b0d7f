package org.posthouse.webadmin.table;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Tables of hundreds of servers are filtered, ordered, and shown page by page. */
class ColumnsTest {

    private final List<String> servers =
            IntStream.rangeClosed(1, 203).mapToObj(number -> "mail" + number).toList();
    private final Columns<String> columns = Columns.<String>none()
            .text("name", name -> name)
            .text("state", name -> name.endsWith("7") ? "Stopped" : "Running")
            .number("number", name -> Long.parseLong(name.substring(4)))
            .ranked("length", name -> "", Comparator.comparingInt(String::length));

    private Slice<String> shown(String filter, String sort, int page) {
        return columns.slice(servers, new TableQuery(filter, sort, page, TableQuery.ROWS));
    }

    @Test
    void aPageHasFiftyRowsAndTheLastOneTheRest() {
        assertEquals(50, shown("", "", 1).rows().size());
        assertEquals("mail1", shown("", "", 1).rows().getFirst());
        assertEquals(3, shown("", "", 5).rows().size());
        assertEquals(new Slice<String>(List.of(), 203), shown("", "", 9));
        assertEquals(shown("", "", 1), shown("", "", -3), "there is no page before the first");
        assertEquals(List.of(), shown("", "", Integer.MAX_VALUE).rows());
    }

    @Test
    void theFilterLooksAtEveryTextInAnyCase() {
        assertEquals(20, shown("stopped", "", 1).matches());
        assertEquals(List.of("mail107"), shown(" MAIL107 ", "", 1).rows());
        assertEquals(0, shown("mail107 running", "", 1).matches());
    }

    @Test
    void aColumnOrdersBothWays() {
        assertEquals("mail7", shown("", "-state", 1).rows().getFirst());
        assertEquals("mail99", shown("", "-name", 1).rows().getFirst(), "as in the tree, letter by letter");
        assertEquals("mail203", shown("", "-number", 1).rows().getFirst());
        assertEquals(
                "mail10",
                columns.slice(servers.reversed(), new TableQuery("", "number", 1, 10))
                        .rows()
                        .getLast());
        assertEquals("mail100", shown("", "-length", 1).rows().getFirst());
    }

    @Test
    void anUnknownColumnLeavesTheOrder() {
        assertEquals(
                "mail203",
                columns.slice(servers.reversed(), new TableQuery("", "nonsense", 1, 1))
                        .rows()
                        .getFirst());
    }

    @Test
    void namesAreInTheOrderInWhichPeopleLookForThem() {
        assertEquals(List.of("Äsop", "azur", "Émile", "eva", "Zoë"), columns("eva", "Zoë", "azur", "Émile", "Äsop"));
    }

    private static List<String> columns(String... names) {
        return Columns.<String>none()
                .text("name", name -> name)
                .slice(List.of(names), new TableQuery("", "name", 1, 10))
                .rows();
    }
}
