package org.posthouse.mailcore.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a header is, and what the server adds to it and removes from it. */
class FieldsTest {

    private static final ZonedDateTime NOON = ZonedDateTime.of(2026, 11, 23, 12, 0, 0, 0, ZoneOffset.UTC);
    private static final String RECEIVED = "Received: from a\r\n\tby b\r\n";

    private static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] octets) {
        return new String(octets, StandardCharsets.UTF_8);
    }

    private static String separated(String message) {
        byte[] whole = Trace.separated(octets(RECEIVED + message), RECEIVED.length());
        return text(whole).substring(RECEIVED.length());
    }

    private static String completed(String message) {
        byte[] whole = octets(message);
        return text(Trace.completed(whole, 0, Trace.read(whole, 0), "id", "example.com", NOON));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "just a line of text\r\nsecond: line\r\nthird\r\n",
                " begins with a blank: x\r\n",
                "Hello Bob: how are you\r\n",
                "Gr\u00fc\u00dfe: x\r\n"
            })
    void aMessageWithoutHeaderIsAllBody(String message) {
        assertEquals("\r\n" + message, separated(message));
        Part part = Part.of(octets(separated(message)));
        assertEquals(2, part.body());
    }

    @Test
    void aHeaderThatNobodyEndedEndsAtTheFirstLineOfText() {
        assertEquals(
                "Subject: x\r\n folded\r\n\r\nhello there\r\n", separated("Subject: x\r\n folded\r\nhello there\r\n"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Subject: x\r\n\r\ntext\r\n",
                "Subject : x\r\n\r\ntext\r\n",
                "\r\ntext\r\n",
                "Subject: x\r\n",
                "From anna Mon Nov 23\r\nSubject: x\r\n\r\ntext\r\n",
                ""
            })
    void aMessageWithAHeaderStaysAsItIs(String message) {
        assertEquals(message, separated(message));
    }

    @Test
    void missingFieldsJoinTheHeaderThatIsThere() {
        assertEquals(
                "Date: Mon, 23 Nov 2026 12:00:00 +0000\r\nMessage-ID: <id@example.com>\r\nSubject : x\r\n\r\ntext\r\n",
                completed("Subject : x\r\n\r\ntext\r\n"));
        assertEquals("Date\t: x\r\nMessage-Id : <1>\r\n\r\n", completed("Date\t: x\r\nMessage-Id : <1>\r\n\r\n"));
        assertTrue(completed("text\r\n").endsWith(">\r\n\r\ntext\r\n"));
    }

    @Test
    void hopsAreCountedInTheHeaderAlone() {
        assertEquals(
                2,
                Trace.read(octets("Received: a\r\nreceived : b\r\n\r\nReceived: c\r\n"), 0)
                        .hops());
    }

    @Test
    void onlyOurReturnPathIsDelivered() {
        String message =
                "Received: a\r\nReturn-Path: <x@y>\r\nSubject: s\r\nreturn-path :\r\n <z@y>\r\n\r\nReturn-Path: no\r\n";
        assertEquals(
                "Return-Path: <a@b>\r\nReceived: a\r\nSubject: s\r\n\r\nReturn-Path: no\r\n",
                text(Trace.delivered(octets(message), "a@b")));
    }

    @Test
    void wordsAreFoundAcrossAFold() {
        Part part = Part.of(octets("Subject: header over\r\n two\r\n\tlines\r\nTo: x\r\n\r\ntext\r\n"));
        assertTrue(
                new TextSearch(List.of("header over two\tlines")).inHeader(part).get(0));
        assertTrue(PlainWords.fieldHolds(part.fields().first("Subject").orElseThrow(), "header over two"));
        assertFalse(new TextSearch(List.of("lines to: x")).inHeader(part).get(0));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Mailer <> | (\"Mailer\" NIL \"MISSING_MAILBOX\" \"MISSING_DOMAIN\")",
                "<ann@> | (NIL NIL \"ann\" \"MISSING_DOMAIN\")",
                "<@host.test> | (NIL NIL \"MISSING_MAILBOX\" \"host.test\")",
                "@host.test | (NIL NIL \"MISSING_MAILBOX\" \"host.test\")",
                "ann@ | (NIL NIL \"ann\" \"MISSING_DOMAIN\")",
                "<@a.test,@b.test:ann@c . test> | (NIL \"@a.test,@b.test\" \"ann\" \"c.test\")",
                "<@a.test:> | (NIL \"@a.test\" \"MISSING_MAILBOX\" \"MISSING_DOMAIN\")",
                "Friends: ann@c.test | (NIL NIL \"Friends\" NIL)(NIL NIL \"ann\" \"c.test\")(NIL NIL NIL NIL)",
                ":; | (NIL NIL \"\" NIL)(NIL NIL NIL NIL)",
            })
    void onlyTheEndsOfAGroupHaveNil(String from, String expected) {
        String envelope = EnvelopeText.of(Fields.of(octets("From: " + from + "\r\n\r\n")));
        assertTrue(envelope.startsWith("(NIL NIL (" + expected + ") "), envelope);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "text/plain charset=utf-8 | TEXT/PLAIN",
                "text / html; charset=utf-8 | TEXT/HTML",
                "te xt/html | TEXT/PLAIN",
                "text/html/x | TEXT/PLAIN",
                "image/png (a picture) | IMAGE/PNG",
                "image/ | TEXT/PLAIN",
            })
    void aTypeThatCannotBeReadIsPlainText(String field, String type) {
        Part part = Part.of(octets("Content-Type: " + field + "\r\n\r\nx\r\n"));
        assertEquals(type, part.type() + "/" + part.subtype());
    }

    @Test
    void noWordIsMadeUpInTheOtherFieldsOfAPart() {
        String fields = """
                Content-Disposition: attachment filename=x
                Content-Language: de en, fr
                Content-Transfer-Encoding: base64 please

                x
                """;
        Part part = Part.of(octets(fields.replace("\n", "\r\n")));
        String structure = StructureText.of(part, true);
        assertTrue(structure.endsWith(" NIL NIL (\"fr\") NIL)"), structure);
        assertEquals("7BIT", part.encoding());
    }

    @Test
    void anAddressIsFoundWithoutItsComments() {
        String from = "ann (the first) @host (of ours) .test";
        assertTrue(PlainWords.addressesHold(from, "ann@host.test"));
        assertTrue(PlainWords.addressesHold(from, "the first"));
        assertFalse(PlainWords.addressesHold(from, "ann@host.example"));
    }

    @Test
    void theFirstFieldOfANameCounts() {
        assertEquals(
                Optional.of("one"),
                Fields.of(octets("A: one\r\na: two\r\n\r\n")).first("a"));
    }
}
