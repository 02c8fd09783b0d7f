package org.posthouse.mailcore.imap.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.posthouse.mailcore.imap.command.FetchItem.Attribute;
import org.posthouse.mailcore.imap.command.FetchItem.Section;
import org.posthouse.mailcore.imap.command.SearchKey.And;
import org.posthouse.mailcore.imap.command.SearchKey.Day;
import org.posthouse.mailcore.imap.command.SearchKey.Flag;
import org.posthouse.mailcore.imap.command.SearchKey.Header;
import org.posthouse.mailcore.imap.command.SearchKey.Not;
import org.posthouse.mailcore.imap.command.SearchKey.Or;

class RequestTest {

    private static final List<String> SAMPLES = List.of(
            "a LOGIN bob \"se\\\"cret\"",
            "a AUTHENTICATE PLAIN =",
            "a ID (\"name\" \"x\" \"version\" NIL)",
            "a SELECT INBOX (CONDSTORE)",
            "a CREATE \"Old &AOk-\" (USE (\\Archive))",
            "a LIST (SUBSCRIBED) \"\" (\"INBOX\" \"Sent/%\") RETURN (CHILDREN STATUS (MESSAGES UNSEEN))",
            "a STATUS INBOX (MESSAGES UIDNEXT UIDVALIDITY UNSEEN RECENT)",
            "a UID FETCH 1:*,7 (FLAGS BODY.PEEK[1.2.HEADER.FIELDS (Date \"From\")]<0.100>) (CHANGEDSINCE 12)",
            "a STORE 1,2:4 (UNCHANGEDSINCE 9) -FLAGS.SILENT (\\Seen $Forwarded)",
            "a SEARCH RETURN (MIN COUNT) CHARSET UTF-8 OR (FROM bob SEEN) NOT 1:5 SENTSINCE 1-Feb-1994",
            "a APPEND Sent (\\Seen) \" 1-Feb-1994 12:34:56 +0100\" hello");

    @Test
    void aLoginHoldsUserAndPassword() {
        assertEquals(new Command.Login("bob", "se\"cret"), parse("a LOGIN bob \"se\\\"cret\""));
    }

    @Test
    void literalsStandWhereverAStringMay() {
        var raw = new Raw(List.of("a LOGIN {3}", " {4+}", ""), List.of(octets("bob"), octets("pä1")));
        assertEquals(new Command.Login("bob", "pä1"), Request.parse(raw).command());
    }

    @Test
    void aMailboxNameIsDecoded() {
        assertEquals(new Command.Select("Entwürfe & Co", true, false), parse("a EXAMINE \"Entw&APw-rfe &- Co\""));
    }

    @Test
    void aSectionKeepsPathFieldsAndRange() {
        var fetch = assertInstanceOf(Command.Fetch.class, parse(SAMPLES.get(7)));
        assertEquals(OptionalLong.of(12), fetch.changedSince());
        assertEquals(Attribute.FLAGS, fetch.items().getFirst());
        assertEquals(
                new Section(
                        "BODY[1.2.HEADER.FIELDS (DATE FROM)]<0>",
                        List.of(1, 2),
                        FetchItem.Text.HEADER_FIELDS,
                        List.of("Date", "From"),
                        true,
                        0,
                        100),
                fetch.items().get(1));
    }

    @Test
    void searchKeysNest() {
        var search = assertInstanceOf(Command.Search.class, parse(SAMPLES.get(9)));
        assertEquals(List.of("MIN", "COUNT"), search.results());
        var all = assertInstanceOf(And.class, search.key());
        assertEquals(
                new Or(
                        new And(List.of(new Header("FROM", "bob"), new Flag("\\Seen"))),
                        new Not(new SearchKey.Numbers(SequenceSet.parse("1:5")))),
                all.keys().getFirst());
        assertEquals(
                new Day(true, SearchKey.When.SINCE, LocalDate.of(1994, 2, 1)),
                all.keys().get(1));
    }

    @Test
    void anAppendKeepsFlagsDateAndOctets() {
        var raw = new Raw(
                List.of("a APPEND Sent (\\Seen) \" 1-Feb-1994 12:34:56 +0100\" {5}", ""), List.of(octets("hello")));
        var append = assertInstanceOf(Command.Append.class, Request.parse(raw).command());
        assertEquals(List.of("\\Seen"), append.flags());
        assertEquals(Optional.of(Instant.parse("1994-02-01T11:34:56Z")), append.date());
        assertEquals("hello", new String(append.message().octets(), StandardCharsets.UTF_8));
    }

    @Test
    void patternsThatWouldBeComparedForMinutesAreRefused() {
        String stars = "*a".repeat(2_001);
        for (String line : List.of(
                "a LIST \"\" " + stars,
                "a LSUB \"\" " + stars,
                "a LIST \"" + "x".repeat(4_001) + "\" *",
                "a LIST \"\" (" + "*a ".repeat(2_001) + "*)")) {
            assertThrows(Malformed.class, () -> parse(line));
        }
        assertInstanceOf(Command.ListMailboxes.class, parse("a LIST \"\" (" + "*a ".repeat(1_000) + "*)"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a",
                "a ",
                "+ NOOP",
                "a XYZZY",
                "a LOGIN bob",
                "a LOGIN \"bob x",
                "a NOOP more",
                "a FETCH 0 FLAGS",
                "a FETCH 1 ()",
                "a FETCH 1 BODY[MIME]",
                "a FETCH 4294967296 FLAGS",
                "a SEARCH",
                "a SEARCH OR SEEN",
                "a SEARCH SENTON 31-Feb-1994",
                "a STORE 1 FLAGS",
                "a STATUS INBOX ()",
                "a APPEND INBOX hello"
            })
    void whatBreaksTheGrammarIsRefusedInWords(String line) {
        var malformed = assertThrows(Malformed.class, () -> parse(line));
        assertTrue(malformed.sentence().matches("[A-Z].*[^.]"), malformed.sentence());
    }

    @Test
    void anUnknownCharsetIsToldApart() {
        assertThrows(UnknownCharset.class, () -> parse("a SEARCH CHARSET KOI8-R SUBJECT x"));
    }

    @Test
    void nestingHasALimit() {
        assertThrows(Malformed.class, () -> parse("a SEARCH " + "(".repeat(60_000)));
        assertThrows(Malformed.class, () -> parse("a SEARCH " + "NOT ".repeat(15_000) + "SEEN"));
        assertThrows(Malformed.class, () -> parse("a FETCH 1 BODY[" + "1.".repeat(30_000) + "MIME]"));
    }

    static LongStream seeds() {
        return LongStream.range(0, 60);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void whateverIsSentIsACommandOrMalformed(long seed) {
        var random = new Random(seed);
        int understood = 0;
        for (int i = 0; i < 500; i++) {
            var line = new StringBuilder(SAMPLES.get(random.nextInt(SAMPLES.size())));
            for (int n = random.nextInt(4); n > 0; n--) {
                mutate(line, random);
            }
            understood += isUnderstood(line.toString()) ? 1 : 0;
        }
        assertTrue(understood > 50, "too few commands got through: " + understood);
    }

    private static void mutate(StringBuilder line, Random random) {
        int at = random.nextInt(line.length() + 1);
        switch (random.nextInt(3)) {
            case 0 -> line.insert(at, "()[]{}\"\\*%:,.<> \0\u00e4{5}".charAt(random.nextInt(21)));
            case 1 -> line.delete(at, Math.min(line.length(), at + 1 + random.nextInt(3)));
            default ->
                line.insert(at, SAMPLES.get(random.nextInt(SAMPLES.size())).substring(random.nextInt(10)));
        }
    }

    private static boolean isUnderstood(String line) {
        try {
            Request.parse(new Raw(List.of(line), new ArrayList<>()));
            return true;
        } catch (Malformed | UnknownCharset refused) {
            return false;
        }
    }

    private static Command parse(String line) {
        return Request.parse(Raw.of(line)).command();
    }

    private static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
