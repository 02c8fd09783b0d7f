package org.posthouse.schema.file;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.posthouse.schema.file.DirectorySpace.Shortage;

class DirectorySpaceTest {

    private static final long MEGABYTE = 1 << 20;

    @Test
    void aFiftiethOfTheVolumeIsRequiredFromTwentyToAHundredMegabytes() {
        assertEquals(20 * MEGABYTE, DirectorySpace.required(160 * MEGABYTE));
        assertEquals(40 * MEGABYTE, DirectorySpace.required(2_000 * MEGABYTE));
        assertEquals(100 * MEGABYTE, DirectorySpace.required(1L << 40));
    }

    @Test
    void lessThanThatIsAShortage() {
        assertEquals(
                Optional.of(new Shortage(4 * MEGABYTE, 20 * MEGABYTE)),
                DirectorySpace.shortage(4 * MEGABYTE, 160 * MEGABYTE));
        assertEquals(Optional.empty(), DirectorySpace.shortage(20 * MEGABYTE, 160 * MEGABYTE));
    }

    @Test
    void aDirectoryThatIsNotHereLacksNothing(@TempDir Path folder) {
        assertEquals(Optional.empty(), DirectorySpace.shortage(folder.resolve("directory")));
    }
}
