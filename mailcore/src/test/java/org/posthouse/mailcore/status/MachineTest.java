package org.posthouse.mailcore.status;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MachineTest {

    private static final long GIGABYTE = 1L << 30;

    @TempDir
    Path folder;

    @Test
    void aFolderNobodyMadeYetIsMeasuredWhereItWillBe() {
        var store = new Machine.Folder("messageStore", "ou=mail1,dc=x", folder.resolve("a/b/store"), 0);
        String text = Json.write(new Machine(() -> List.of(store)).facts());
        assertTrue(text.contains("\"use\":\"messageStore\",\"server\":\"ou=mail1,dc=x\",\"path\":\"" + folder), text);
        assertTrue(text.matches(".*\"free\":[1-9][0-9]*,\"total\":[1-9].*"), text);
        assertTrue(text.matches(".*\"heapUsed\":[1-9][0-9]*,\"heapMost\":[1-9].*"), text);
    }

    @Test
    void spaceIsLowBelowATenthOrAGigabyte() {
        assertEquals("enough", Machine.state(150 * GIGABYTE, 1000 * GIGABYTE, 0));
        assertEquals("enough", Machine.state(2 * GIGABYTE, 8 * GIGABYTE, 0));
        assertEquals("low", Machine.state(50 * GIGABYTE, 1000 * GIGABYTE, 0));
        assertEquals("low", Machine.state(GIGABYTE - 1, 4 * GIGABYTE, 0));
        assertEquals("low", Machine.state(5 * GIGABYTE, 100 * GIGABYTE, 0));
    }

    @Test
    void minimumSpaceDecidesWhenAServerTakesNoMoreMail() {
        assertEquals("low", Machine.state(3 * GIGABYTE, 4 * GIGABYTE, 2 * GIGABYTE));
        assertEquals("full", Machine.state(GIGABYTE, 4 * GIGABYTE, 2 * GIGABYTE));
    }
}
