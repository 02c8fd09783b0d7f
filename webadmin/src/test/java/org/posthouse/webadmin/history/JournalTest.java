package org.posthouse.webadmin.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.posthouse.schema.directory.DirectoryException.Unwilling;
import org.posthouse.schema.directory.Scribe;

class JournalTest {

    @TempDir
    private Path home;

    private Records records;

    @BeforeEach
    void open() throws IOException {
        records = new Records(home);
    }

    @AfterEach
    void close() throws IOException {
        records.close();
    }

    @Test
    void whatWasWrittenIsWholeAndComesBackAfterARestart() throws IOException {
        long number = records.change("1", "2");
        records.again();
        Change change = records.history.change(number).orElseThrow();
        assertEquals(Records.ANNA, change.author());
        assertEquals(Change.State.DONE, change.state());
        assertEquals(number, change.revision());
        Alteration alteration = change.deeds().getFirst().alterations().getFirst();
        assertEquals(List.of(Value.open("1")), alteration.before());
        assertEquals(List.of(Value.open("2")), alteration.after());
        assertEquals(List.of(), records.faults());
        assertTrue(records.history.verify().isWhole());
    }

    @Test
    void nobodyElseMayReadIt() throws IOException {
        records.change("1", "2");
        for (Path file : List.of(records.file(), records.anchors())) {
            assertEquals(
                    "rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)), file.toString());
        }
    }

    @Test
    void anAlteredLineIsNamedAndTheOthersStayReadable() throws IOException {
        records.changes(10);
        List<String> lines = records.lines();
        lines.set(8, lines.get(8).replace("\"5\"", "\"7\""));
        records.write(lines);
        assertEquals(List.of("line 9 of 2026-11.jsonl (entry 9) was altered"), records.faults());
        records.again();
        assertEquals(10, records.history.size());
        assertFalse(records.history.verdict().orElseThrow().isWhole());
        records.change("10", "11");
        assertEquals(
                List.of("line 9 of 2026-11.jsonl (entry 9) was altered"),
                records.faults(),
                "writing did not go on as one chain");
    }

    @Test
    void aLineWithAHashMadeToFitIsFoundByTheNextOne() throws IOException {
        records.changes(10);
        List<String> lines = records.lines();
        lines.set(8, forged(lines.get(8), "\"5\"", "\"7\""));
        records.write(lines);
        assertEquals(List.of("line 9 of 2026-11.jsonl (entry 9) was replaced by another"), records.faults());
    }

    @Test
    void aWholeTailWrittenAnewIsFoundByTheAnchors() throws IOException {
        records.changes(10);
        List<String> lines = records.lines();
        Files.writeString(records.file(), "");
        Files.move(records.anchors(), home.resolve("kept"));
        records.again();
        records.changes(10);
        Files.move(home.resolve("kept"), records.anchors(), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        assertEquals(lines.size(), records.lines().size());
        assertFalse(records.faults().isEmpty());
        assertTrue(
                records.faults().getFirst().contains("was replaced"),
                records.faults().toString());
    }

    @Test
    void removedLinesAreNamed() throws IOException {
        records.changes(10);
        List<String> lines = records.lines();
        lines.subList(6, 9).clear();
        records.write(lines);
        assertEquals(List.of("entries 7 to 9 are missing before line 7 of 2026-11.jsonl"), records.faults());
        records.again();
        assertEquals(8, records.history.size());
    }

    @Test
    void aTailCutOffIsNamedAndItsNumbersAreNotGivenAgain() throws IOException {
        records.changes(10);
        List<String> lines = records.lines();
        records.write(lines.subList(0, 14));
        assertEquals(List.of("entries 15 to 20 are cut off at the end of 2026-11.jsonl"), records.faults());
        records.again();
        long number = records.change("10", "11");
        assertTrue(number > 20, "number " + number + " was given twice");
        List<String> faults = records.faults();
        assertEquals(List.of("entries 15 to 20 are missing before line 15 of 2026-11.jsonl"), faults);
        assertTrue(records.lines().get(14).contains("cut off"), "the break is not written down");
        int size = records.lines().size();
        records.again();
        assertEquals(
                size + 1, records.lines().size(), "a break that is known in another form is noted once more at most");
        records.again();
        assertEquals(size + 1, records.lines().size(), "a known break is noted again and again");
    }

    @Test
    void linesThatChangedPlacesAreFound() throws IOException {
        records.changes(5);
        List<String> lines = records.lines();
        Collections.swap(lines, 3, 5);
        records.write(lines);
        assertFalse(records.faults().isEmpty());
    }

    @Test
    void garbagePutInIsNamed() throws IOException {
        records.changes(5);
        List<String> lines = records.lines();
        lines.add(4, "this is no line of a history");
        records.write(lines);
        assertEquals(List.of("line 5 of 2026-11.jsonl is not readable"), records.faults());
        records.again();
        assertEquals(5, records.history.size());
    }

    @Test
    void aLostFileOfAnchorsIsNamed() throws IOException {
        records.changes(2);
        records.history.close();
        Files.delete(records.anchors());
        assertEquals(1, records.faults().size());
        assertTrue(
                records.faults().getFirst().contains("history.anchors is missing"),
                records.faults().toString());
    }

    @Test
    void aLineHalfWrittenIsRecognisedAsSuch() throws IOException {
        records.changes(3);
        records.history.close();
        Files.writeString(records.file(), "{\"n\":7,\"prev\":\"0123", StandardOpenOption.APPEND);
        records.again();
        assertTrue(records.history.verdict().orElseThrow().isWhole());
        assertEquals(7, records.change("3", "4") - 1, "its number was not given again to the note about it");
        assertTrue(records.lines().get(6).contains("\"note\":\"torn\""));
        assertEquals(List.of(), records.faults());
    }

    @Test
    void aClockSetBackIsMarkedAndOrderIsByNumber() throws IOException {
        long first = records.change("1", "2");
        records.clock.by(Duration.ofDays(-40));
        long second = records.change("2", "3");
        records.again();
        records.clock.by(Duration.ofDays(-1));
        long third = records.change("3", "4");
        List<Change> found = records.history.find(Filter.ALL, 0, 10).changes();
        assertEquals(
                List.of(third, second, first),
                found.stream().map(Change::number).toList());
        assertTrue(found.get(1).back().toDays() >= 39);
        assertTrue(found.get(0).back().toHours() >= 23);
        assertTrue(found.get(2).back().isZero());
        assertEquals(List.of(), records.faults());
    }

    @Test
    void eachMonthHasAFileAndTheChainGoesAcrossThem() throws IOException {
        records.changes(2);
        records.clock.by(Duration.ofDays(31));
        records.changes(2);
        assertEquals("2026-12.jsonl", records.file().getFileName().toString());
        assertEquals(List.of(), records.faults());
        records.again();
        assertEquals(4, records.history.size());
        Files.delete(home.resolve("history/2026-11.jsonl"));
        assertEquals(List.of("entries 1 to 4 are missing before line 1 of 2026-12.jsonl"), records.faults());
    }

    @Test
    void aHistoryThatCannotBeWrittenStopsTheChange() throws IOException {
        records.change("1", "2");
        records.history.close();
        Scribe.Note note = records.history.scribe(Records.ANNA).open();
        var refused = assertThrows(
                Unwilling.class,
                () -> note.about(new org.posthouse.schema.directory.Act.Password(
                        Records.SMTP, org.posthouse.schema.tree.Kind.USER)));
        assertTrue(String.valueOf(refused.getMessage()).contains("cannot be written to the history"));
    }

    @Test
    void aThreadThatIsInterruptedWhileItWritesDoesNotCloseTheHistoryForOthers() throws IOException {
        Thread.currentThread().interrupt();
        records.change("1", "2");
        assertTrue(Thread.interrupted());
        records.change("2", "3");
        assertEquals(2, records.history.size());
        assertEquals(List.of(), records.faults());
    }

    @Test
    void aLineLongerThanABufferIsReadAgain() throws IOException {
        List<String> many = IntStream.range(0, 60_000)
                .mapToObj(i -> "domain" + i + ".example.com")
                .toList();
        long number = records.change(Records.SMTP, "posthouseGlobalDomain", List.of("one.example"), many);
        records.again();
        Alteration alteration = records.history
                .change(number)
                .orElseThrow()
                .deeds()
                .getFirst()
                .alterations()
                .getFirst();
        assertFalse(alteration.whole());
        assertEquals(60_000, alteration.come().size());
        assertEquals(1, alteration.gone().size());
        assertEquals(List.of(), records.faults());
    }

    private static String forged(String line, String was, String is) {
        String altered = line.replace(was, is);
        String members = altered.substring(altered.indexOf("\"is\":"), altered.indexOf(",\"hash\":"));
        Frame frame = Frame.of(line.getBytes(java.nio.charset.StandardCharsets.UTF_8), 0, line.length())
                .orElseThrow();
        return new String(
                        Frame.close(frame.number(), frame.prev(), members).bytes(),
                        java.nio.charset.StandardCharsets.UTF_8)
                .strip();
    }
}
