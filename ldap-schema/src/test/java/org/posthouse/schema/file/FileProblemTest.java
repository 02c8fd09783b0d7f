package org.posthouse.schema.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Why a file or a folder cannot be used, for people. */
class FileProblemTest {

    @TempDir
    Path folder;

    @Test
    void aFolderThatCannotBeMadeSaysWhy() throws IOException {
        var nothing = assertThrows(IOException.class, () -> Files.createDirectories(Path.of("/proc/nothing")));
        assertEquals("/proc/nothing does not exist and cannot be created", FileProblem.words(nothing));
        Path file = Files.writeString(folder.resolve("file"), "");
        var taken = assertThrows(IOException.class, () -> Files.createDirectories(file));
        assertEquals(file + " is a file", FileProblem.words(taken));
    }

    @Test
    void whatTheSystemSaysIsKept() {
        assertEquals("permission denied for /a", FileProblem.words(new AccessDeniedException("/a")));
        assertEquals(
                "No space left on device (/a)",
                FileProblem.words(new FileSystemException("/a", null, "No space left on device")));
        assertEquals("Read-only file system", FileProblem.words(new IOException("Read-only file system")));
    }
}
