package org.posthouse.webadmin.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.posthouse.schema.file.AtomicFile;
import org.posthouse.schema.file.SyncRecording;

/** What the history keeps beside its journal, after a power cut. */
class DurabilityTest {

    @TempDir
    Path folder;

    @Test
    void theShadowIsOnTheDiskWhenItIsSaved() throws IOException {
        Path file = folder.resolve("shadow.json");
        var shadow = new Shadow(new Secrets(Optional::empty));
        assertEquals(List.of(AtomicFile.draft(file), folder), SyncRecording.of(() -> shadow.save(file, 7)));
    }

    @Test
    void aPendingRollbackIsOnTheDiskWhenItIsOpen() throws IOException {
        Path file = folder.resolve("rollback");
        var rollbacks = new Rollbacks(file);
        var rollback = new Rollback(1, 2, 3, Instant.EPOCH);
        assertEquals(List.of(AtomicFile.draft(file), folder), SyncRecording.of(() -> rollbacks.open(rollback)));
        assertEquals(List.of(folder), SyncRecording.of(rollbacks::close));
    }

    @Test
    void anchorsAreOnTheDiskWhenTheOlderHalfIsDropped() throws IOException {
        Path file = folder.resolve("anchors");
        String line = "0 " + "0".repeat(64) + " " + Instant.EPOCH + "\n";
        Files.writeString(file, line.repeat((1 << 20) / line.length() + 1));
        try (var anchors = new Anchors(file)) {
            List<Path> synced = SyncRecording.of(() -> anchors.drop(7, "7".repeat(64), Instant.EPOCH));
            assertEquals(List.of(AtomicFile.draft(file), folder), synced);
            assertTrue(anchors.read().containsKey(7L));
        }
    }
}
