package org.posthouse.schema.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that are old or new after a crash, never half. */
class AtomicFileTest {

    @TempDir
    Path folder;

    @Test
    void theContentIsSyncedFirstAndThenTheName() throws IOException {
        Path file = folder.resolve("state");
        Files.writeString(file, "old");
        List<Path> synced = SyncRecording.of(() -> AtomicFile.replace(file, "new"));
        assertEquals(List.of(AtomicFile.draft(file), folder), synced);
        assertEquals("new", Files.readString(file));
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    }

    @Test
    void aDraftThatWasWrittenElsewhereIsSyncedBeforeItGetsItsName() throws IOException {
        Path file = folder.resolve("keys");
        Path draft = Files.writeString(AtomicFile.draft(file), "made by a tool");
        assertEquals(List.of(draft, folder), SyncRecording.of(() -> AtomicFile.move(draft, file)));
        assertEquals("made by a tool", Files.readString(file));
    }

    @Test
    void aDeletedFileStaysDeleted() throws IOException {
        Path file = Files.writeString(folder.resolve("note"), "x");
        assertEquals(List.of(folder), SyncRecording.of(() -> AtomicFile.delete(file)));
        assertEquals(List.of(), SyncRecording.of(() -> AtomicFile.delete(file)));
    }

    @Test
    void aDraftThatACrashLeftIsOverwritten() throws IOException {
        Path file = folder.resolve("state");
        Files.writeString(AtomicFile.draft(file), "half of someth");
        AtomicFile.replace(file, "whole");
        assertEquals("whole", Files.readString(file));
        assertFalse(Files.exists(AtomicFile.draft(file)));
    }

    @Test
    void aThreadThatIsToldToStopStillFinishesItsFile() throws IOException {
        Path file = folder.resolve("state");
        Thread.currentThread().interrupt();
        AtomicFile.replace(file, "whole");
        assertTrue(Thread.interrupted(), "it stays told to stop");
        assertEquals("whole", Files.readString(file));
    }

    @Test
    void whatCannotReplaceTheFileLeavesItAndNoDraft() throws IOException {
        Path file = folder.resolve("taken");
        Files.createDirectories(file.resolve("by a folder"));
        assertThrows(IOException.class, () -> AtomicFile.replace(file, "text"));
        assertFalse(Files.exists(AtomicFile.draft(file)));
        assertFalse(Files.isRegularFile(file));
    }
}
