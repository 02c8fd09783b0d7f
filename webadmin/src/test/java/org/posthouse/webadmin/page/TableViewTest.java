package org.posthouse.webadmin.page;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Tables of hundreds of servers are filtered, ordered, and shown page by page. */
class TableViewTest {

    private final List<String> servers =
            IntStream.rangeClosed(1, 203).mapToObj(number -> "mail" + number).toList();
    private final Map<String, Function<String, String>> columns = columns();

    private static Map<String, Function<String, String>> columns() {
        var columns = new LinkedHashMap<String, Function<String, String>>();
        columns.put("name", name -> name);
        columns.put("state", name -> name.endsWith("7") ? "Stopped" : "Running");
        return columns;
    }

    private List<String> shown(String text, String sort, int from) {
        var view = new TableView(text, sort, from);
        return view.page(view.filtered(servers, columns));
    }

    @Test
    void aPageHasFiftyRowsAndTheLastOneTheRest() {
        assertEquals(50, shown("", "", 0).size());
        assertEquals("mail1", shown("", "", 0).getFirst());
        assertEquals(3, shown("", "", 200).size());
        assertEquals(List.of(), shown("", "", 400));
    }

    @Test
    void theFilterLooksAtEveryColumnInAnyCase() {
        assertEquals(20, shown("stopped", "", 0).size());
        assertEquals(List.of("mail107"), shown("MAIL107", "", 0));
    }

    @Test
    void aColumnOrdersBothWaysAndAnUnknownOneIsTheFirst() {
        assertEquals("mail7", shown("", "-state", 0).getFirst());
        // In the order of the tree, letter by letter.
        assertEquals("mail99", shown("", "-name", 0).getFirst());
        assertEquals("mail1", shown("", "nonsense", 0).getFirst());
    }
}
