package org.posthouse.mailcore.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DbfDirectoryTest {

    @TempDir
    Path top;

    private Path home;
    private Path old;
    private Path wanted;

    @BeforeEach
    void oneWithFilesInIt() throws IOException {
        home = top.resolve("home");
        old = home.resolve("dbf");
        wanted = top.resolve("elsewhere/dbf");
        new DbfDirectory(home).in(old);
        Files.writeString(old.resolve("qclients"), "a queue client");
        Files.createDirectories(old.resolve("book"));
        Files.writeString(old.resolve("book/entries"), "anna");
    }

    private void isAllIn(Path place) throws IOException {
        assertEquals("a queue client", Files.readString(place.resolve("qclients")));
        assertEquals("anna", Files.readString(place.resolve("book/entries")));
        assertEquals(Optional.of(place), new DbfDirectory(home).remembered());
        try (var all = Files.list(place)) {
            assertEquals(
                    List.of("book", "qclients"),
                    all.map(file -> file.getFileName().toString()).sorted().toList());
        }
    }

    private String refusal() {
        return String.valueOf(assertThrows(StoreFailure.class, () -> new DbfDirectory(home).in(wanted))
                .getMessage());
    }

    @Test
    void whatLiesInItIsMovedAlong() throws IOException {
        new DbfDirectory(home).in(wanted);
        isAllIn(wanted);
        assertFalse(Files.exists(old));
        new DbfDirectory(home).in(old);
        isAllIn(old);
    }

    @Test
    void aMoveThatWasCutOffAfterTheCopyIsCarriedOn() throws IOException {
        Files.createDirectories(wanted.resolve(".posthouse-moving"));
        Files.writeString(wanted.resolve(".posthouse-moving/half"), "of a file");
        Files.copy(old.resolve("qclients"), wanted.resolve("qclients"));
        new DbfDirectory(home).in(wanted);
        isAllIn(wanted);
    }

    @Test
    void whatAKillLeftInTheOldDirectoryAfterAMoveIsRemovedAtTheNextStart() throws IOException {
        new DbfDirectory(home).in(wanted);
        Files.createDirectories(old.resolve("book"));
        Files.copy(wanted.resolve("book/entries"), old.resolve("book/entries"));
        Files.writeString(home.resolve("dbf-directory"), wanted + "\ncopies in " + old + "\n");
        new DbfDirectory(home).in(wanted);
        isAllIn(wanted);
        assertFalse(Files.exists(old));
    }

    @Test
    void whatAKillLeftInTheNewDirectoryIsRemovedWhenTheOptionIsBackAtTheNextStart() throws IOException {
        Files.createDirectories(wanted.resolve(".posthouse-moving/book"));
        Files.writeString(wanted.resolve(".posthouse-moving/book/entries"), "an");
        Files.copy(old.resolve("qclients"), wanted.resolve("qclients"));
        Files.writeString(home.resolve("dbf-directory"), old + "\ncopies in " + wanted + "\n");
        new DbfDirectory(home).in(old);
        isAllIn(old);
        assertFalse(Files.exists(wanted));
    }

    @Test
    void aFileThatDiffersFromItsCopyIsKeptByTheCleanUp() throws IOException {
        new DbfDirectory(home).in(wanted);
        Files.createDirectories(old);
        Files.writeString(old.resolve("qclients"), "written by someone since");
        Files.writeString(home.resolve("dbf-directory"), wanted + "\ncopies in " + old + "\n");
        new DbfDirectory(home).in(wanted);
        assertEquals("written by someone since", Files.readString(old.resolve("qclients")));
    }

    @Test
    void nothingOfOthersIsOverwritten() throws IOException {
        Files.createDirectories(wanted);
        Files.writeString(wanted.resolve("qclients"), "of another server");
        assertTrue(refusal().contains("another qclients already exists there"), refusal());
        isAllIn(old);
        assertEquals("of another server", Files.readString(wanted.resolve("qclients")));
        assertFalse(Files.exists(wanted.resolve("book")));
    }

    @Test
    void aFolderThatCannotBeWrittenIsRefusedAndNothingIsMoved() throws IOException {
        Files.writeString(top.resolve("elsewhere"), "a file where a folder is wanted");
        assertTrue(refusal().startsWith("The files stay in "), refusal());
        isAllIn(old);
    }

    @Test
    void itCannotBeMovedIntoItself() throws IOException {
        wanted = old.resolve("deeper");
        assertTrue(refusal().contains("one folder contains the other"), refusal());
        isAllIn(old);
    }

    @Test
    void aDirectoryThatWasLostBeginsAnew() throws IOException {
        Files.delete(old.resolve("book/entries"));
        Files.delete(old.resolve("book"));
        Files.delete(old.resolve("qclients"));
        Files.delete(old);
        new DbfDirectory(home).in(wanted);
        assertTrue(Files.isDirectory(wanted));
    }

    @Test
    void aDiskThatFillsUpInTheMiddleOfTheMoveLeavesAllWhereItWas() throws IOException, InterruptedException {
        Files.write(old.resolve("large"), new byte[200_000]);
        Path small = Files.createDirectories(top.resolve("small"));
        assumeTrue(run("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", small.toString()), "only root may mount");
        try {
            wanted = small.resolve("dbf");
            assertTrue(refusal().contains("No space left on device"), refusal());
            assertTrue(refusal().startsWith("The files stay in " + old), refusal());
            assertEquals(Optional.of(old), new DbfDirectory(home).remembered());
            assertEquals("a queue client", Files.readString(old.resolve("qclients")));
            assertEquals(200_000, Files.size(old.resolve("large")));
            try (var left = Files.walk(wanted).filter(Files::isRegularFile)) {
                assertEquals(List.of(), left.toList(), "nothing half copied stays");
            }
        } finally {
            run("umount", small.toString());
        }
    }

    private static boolean run(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command).inheritIO().start().waitFor() == 0;
    }
}
