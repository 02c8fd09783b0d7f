package org.posthouse.mailcore.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.posthouse.schema.file.AtomicFile;
import org.posthouse.schema.file.SyncRecording;
import org.posthouse.schema.tree.Entry;
import org.posthouse.schema.tree.Kind;

/** What an engine remembers for a start without its directory. */
class LastGoodTest {

    @TempDir
    Path folder;

    @Test
    void whatWasKeptIsReadWholeAndOnlyItsOwnerMayReadIt() throws IOException {
        Path file = folder.resolve("deep/last-good.txt");
        var odd = new Entry(
                Saplings.server("a, b=c+\"d\" ü"),
                Kind.MESSAGING_SERVER,
                7,
                Map.of("description", List.of("", " two\nlines ", "ünïcode")));
        List<Entry> entries = new Saplings().with("one", Map.of()).all();
        entries.add(odd);
        new LastGood(file).keep(entries);
        assertEquals(new HashSet<>(entries), new HashSet<>(new LastGood(file).read()));
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    }

    @Test
    void whatWasKeptIsOnTheDisk() throws IOException {
        Path file = folder.resolve("last-good.txt");
        List<Entry> entries = new Saplings().with("one", Map.of()).all();
        assertEquals(List.of(AtomicFile.draft(file), folder), SyncRecording.of(() -> new LastGood(file).keep(entries)));
    }

    @Test
    void aFileThatIsMissingOrDamagedCountsAsNone() throws IOException {
        assertTrue(new LastGood(folder.resolve("none")).read().isEmpty());
        Path damaged = Files.writeString(folder.resolve("damaged"), "SMTP_AGENT 4\nnot base64 at all\n\n");
        assertTrue(new LastGood(damaged).read().isEmpty());
    }
}
