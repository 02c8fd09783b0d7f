package org.posthouse.mailcore.status;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MachineTest {

    @TempDir
    Path folder;

    @Test
    void aFolderNobodyMadeYetIsMeasuredWhereItWillBe() {
        var space = new DiskSpace(folder.resolve("readings"), Clock.systemUTC());
        var store = new Machine.Folder("messageStore", "ou=mail1,dc=x", folder.resolve("a/b/store"), 0);
        String text = Json.write(new Machine(() -> List.of(store), space).facts());
        assertTrue(text.contains("\"use\":\"messageStore\",\"server\":\"ou=mail1,dc=x\",\"path\":\"" + folder), text);
        assertTrue(text.matches(".*\"free\":[1-9][0-9]*,\"total\":[1-9].*"), text);
        assertTrue(text.matches(".*\"heapUsed\":[1-9][0-9]*,\"heapMost\":[1-9].*"), text);
    }
}
