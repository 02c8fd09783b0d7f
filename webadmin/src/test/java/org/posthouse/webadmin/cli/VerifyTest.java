package org.posthouse.webadmin.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.posthouse.schema.directory.Act;
import org.posthouse.schema.directory.Scribe;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.value.Place;
import org.posthouse.webadmin.history.Author;
import org.posthouse.webadmin.history.History;

/** The history of a home on which nothing runs: three months of it, each with two changes of two lines. */
class VerifyTest {

    private static final Place SMTP = Place.of("cn=SMTP Agent,ou=mail1,o=Internet Services,dc=posthouse");

    @TempDir
    private Path home;

    @BeforeEach
    void write() throws IOException {
        for (String month : List.of("2026-09", "2026-10", "2026-11")) {
            Clock clock = Clock.fixed(Instant.parse(month + "-05T10:00:00Z"), ZoneOffset.UTC);
            try (History history = History.open(home, clock, () -> Optional.of("secret"))) {
                change(history, "1");
                change(history, "2");
            }
        }
        assertEquals(3, files().size());
    }

    private static void change(History history, String value) {
        Scribe.Note note =
                history.scribe(new Author("cn=anna", "", Author.By.PAGE)).open();
        note.about(new Act.Changed(SMTP, Kind.SMTP_AGENT, Map.of(), Map.of("posthouseRetryInterval", List.of(value))));
        note.ready();
        note.done(1);
    }

    private List<Path> files() throws IOException {
        try (var all = Files.list(home.resolve("history"))) {
            return all.filter(file -> file.toString().endsWith(".jsonl"))
                    .sorted()
                    .toList();
        }
    }

    private String verify(String... more) {
        var out = new ByteArrayOutputStream();
        var words = new ArrayList<>(List.of("history", "verify", "--home", home.toString()));
        words.addAll(List.of(more));
        Cli.run(words, new PrintStream(out, true, StandardCharsets.UTF_8));
        return out.toString(StandardCharsets.UTF_8);
    }

    private String broken() {
        var failure = assertThrows(Failure.class, this::verify);
        assertEquals(4, failure.code());
        return String.valueOf(failure.getMessage());
    }

    private void edit(int file, java.util.function.UnaryOperator<List<String>> edit) throws IOException {
        Path path = files().get(file);
        Files.writeString(path, String.join("\n", edit.apply(new ArrayList<>(Files.readAllLines(path)))) + "\n");
    }

    @Test
    void aWholeHistoryIsSaidToBe() {
        assertTrue(verify().startsWith("The history is as it was written: 12 lines up to entry 12, SHA-256 "));
        assertTrue(verify("--json").replace(" ", "").contains("\"whole\":true"), verify("--json"));
        assertTrue(verify("--user", "anna").contains("12 lines"), "whoever asks need not be known");
    }

    @Test
    void aLineThatWasEditedInTheMiddleIsNamed() throws IOException {
        edit(1, lines -> {
            lines.set(2, lines.get(2).replace("cn=anna", "cn=otto"));
            return lines;
        });
        String said = broken();
        assertTrue(said.contains("The first entry concerned is 7:"), said);
        assertTrue(said.contains("line 3 of 2026-10.jsonl (entry 7) was altered"), said);
    }

    @Test
    void anEndThatWasCutOffIsNamed() throws IOException {
        edit(2, lines -> lines.subList(0, 2));
        String said = broken();
        assertTrue(said.contains("The first entry concerned is 11:"), said);
        assertTrue(said.contains("entries 11 to 12 are cut off at the end of 2026-11.jsonl"), said);
    }

    @Test
    void aFileThatIsMissingIsNamedWhereverItStood() throws IOException {
        List<Path> files = files();
        byte[] middle = Files.readAllBytes(files.get(1));
        Files.delete(files.get(1));
        assertTrue(broken().contains("entries 5 to 8 are missing before line 1 of 2026-11.jsonl"), this::broken);
        Files.write(files.get(1), middle);
        Files.delete(files.get(2));
        assertTrue(broken().contains("entries 9 to 12 are cut off at the end of 2026-10.jsonl"), this::broken);
        Files.delete(files.get(1));
        Files.delete(files.get(0));
        assertTrue(broken().contains("entries 1 to 12 are cut off at the end of the history"), this::broken);
        assertTrue(broken().contains("The first entry concerned is 1:"), this::broken);
    }

    @Test
    void whatRemembersTheEndMayNotBeMissing() throws IOException {
        Files.delete(home.resolve("history.anchors"));
        assertTrue(broken().contains("history.anchors is missing"), this::broken);
    }

    @Test
    void aHomeWithoutAHistoryIsNoWholeOne() {
        var failure = assertThrows(
                Failure.class,
                () -> Cli.run(
                        List.of(
                                "history",
                                "verify",
                                "--home",
                                home.resolve("else").toString()),
                        new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8)));
        assertEquals(Failure.USAGE, failure.code());
    }
}
