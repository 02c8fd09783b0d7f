package org.posthouse.mailcore.imap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.posthouse.mailcore.imap.command.Command;
import org.posthouse.mailcore.imap.command.FetchItem.Section;
import org.posthouse.mailcore.imap.command.Raw;
import org.posthouse.mailcore.imap.command.Request;
import org.posthouse.mailcore.message.EnvelopeText;
import org.posthouse.mailcore.message.Part;
import org.posthouse.mailcore.message.StructureText;

class PartTest {

    private static final String NESTED = """
            From: "Doe, Jane" <jane@example.com>
            To: Friends: bob@example.org, "Al" <al@example.net>;, eve
            Subject: a "quoted"
             subject
            Message-ID: <1@example.com>
            Content-Type: multipart/mixed; boundary="out er"

            preamble
            --out er
            Content-Type: text/plain; charset=utf-8

            first
            --out er
            Content-Type: message/rfc822

            Subject: inner
            Content-Type: multipart/alternative; boundary=in

            --in

            plain
            --in
            Content-Type: text/html
            Content-Transfer-Encoding: quoted-printable
            Content-Disposition: inline; filename="a;b.html"

            <b>html</b>
            --in--
            --out er--
            epilogue
            """;

    private static final Part MESSAGE = Part.of(octets(NESTED));

    @Test
    void theStructureNamesEveryPart() {
        assertEquals(
                "((\"TEXT\" \"PLAIN\" (\"charset\" \"utf-8\") NIL NIL \"7BIT\" 5 0)"
                        + "(\"MESSAGE\" \"RFC822\" NIL NIL NIL \"7BIT\" 230 "
                        + "(NIL \"inner\" NIL NIL NIL NIL NIL NIL NIL NIL) "
                        + "((\"TEXT\" \"PLAIN\" (\"charset\" \"us-ascii\") NIL NIL \"7BIT\" 5 0)"
                        + "(\"TEXT\" \"HTML\" NIL NIL NIL \"QUOTED-PRINTABLE\" 11 0) \"ALTERNATIVE\") 12) \"MIXED\")",
                StructureText.of(MESSAGE, false));
        assertTrue(StructureText.of(MESSAGE, true).contains("(\"inline\" (\"filename\" \"a;b.html\")) NIL NIL)"));
    }

    @Test
    void theEnvelopeKeepsGroupsAndNames() {
        assertEquals(
                "(NIL \"a \\\"quoted\\\" subject\" ((\"Doe, Jane\" NIL \"jane\" \"example.com\"))"
                        + " ((\"Doe, Jane\" NIL \"jane\" \"example.com\")) ((\"Doe, Jane\" NIL \"jane\" \"example.com\"))"
                        + " ((NIL NIL \"Friends\" NIL)(NIL NIL \"bob\" \"example.org\")(\"Al\" NIL \"al\" \"example.net\")"
                        + "(NIL NIL NIL NIL)(NIL NIL \"eve\" \"MISSING_DOMAIN\")) NIL NIL NIL \"<1@example.com>\")",
                EnvelopeText.of(MESSAGE.fields()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "BODY[1] | first",
                "BODY[1]<1.2> | ir",
                "BODY[1.MIME] | Content-Type: text/plain; charset=utf-8%%",
                "BODY[2.1] | plain",
                "BODY[2.2] | <b>html</b>",
                "BODY[2.HEADER.FIELDS (Subject X)] | Subject: inner%%",
                "BODY[HEADER.FIELDS (\"message-id\")] | Message-ID: <1@example.com>%%",
                "BODY[1.1] | none",
                "BODY[3] | none",
                "BODY[1.TEXT] | none",
            })
    void aSectionIsExactlyItsOctets(String item, String expected) {
        assertEquals(expected.replace("%", "\r\n"), section(MESSAGE, item));
    }

    @Test
    void theWholeIsHeaderAndText() {
        assertEquals(section(MESSAGE, "BODY[]"), section(MESSAGE, "BODY[HEADER]") + section(MESSAGE, "BODY[TEXT]"));
        assertEquals(
                section(MESSAGE, "BODY[2]"), section(MESSAGE, "BODY[2.HEADER]") + section(MESSAGE, "BODY[2.TEXT]"));
    }

    @Test
    void brokenMessagesArePlainText() {
        assertEquals(
                "(\"TEXT\" \"PLAIN\" (\"charset\" \"us-ascii\") NIL NIL \"7BIT\" 2 1)",
                StructureText.of(Part.of(octets("Content-Type: multipart/mixed; boundary=x\n\n\n")), false));
        assertEquals(
                "(NIL NIL NIL NIL NIL NIL NIL NIL NIL NIL)",
                EnvelopeText.of(Part.of(new byte[0]).fields()));
    }

    @Test
    void depthNumberAndSizeHaveLimits() {
        var deep = new StringBuilder();
        for (int i = 0; i < 3_000; i++) {
            deep.append("Content-Type: multipart/mixed; boundary=b")
                    .append(i)
                    .append("\n\n--b")
                    .append(i)
                    .append('\n');
        }
        String wide = "Content-Type: multipart/mixed; boundary=b\n\n" + "--b\n\nx\n".repeat(100_000);
        String fields = "To: " + "a@b.c, ".repeat(200_000) + "\n" + "X: y\n".repeat(200_000) + "\n";
        assertTimeout(Duration.ofSeconds(30), () -> {
            for (String message : List.of(deep.toString(), wide, fields)) {
                Part part = Part.of(octets(message));
                assertTrue(StructureText.of(part, true).length()
                                + EnvelopeText.of(part.fields()).length()
                        < 4_000_000);
            }
        });
    }

    static LongStream seeds() {
        return LongStream.range(0, 20);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void noMessageIsTooBrokenToShow(long seed) {
        var random = new Random(seed);
        byte[] sound = octets(NESTED);
        for (int i = 0; i < 200; i++) {
            byte[] message = sound.clone();
            for (int n = random.nextInt(30); n > 0; n--) {
                message[random.nextInt(message.length)] = (byte) random.nextInt(256);
            }
            Part part = Part.of(message);
            String structure = StructureText.of(part, true) + EnvelopeText.of(part.fields());
            assertTrue(structure.startsWith("(") && structure.indexOf('\0') < 0);
            assertEquals(
                    new String(message, StandardCharsets.ISO_8859_1),
                    section(part, "BODY[HEADER]") + section(part, "BODY[TEXT]"));
        }
    }

    private static String section(Part message, String item) {
        var fetch = (Command.Fetch) Request.parse(Raw.of("a FETCH 1 " + item)).command();
        var section = (Section) fetch.items().getFirst();
        return Sections.of(message, section)
                .map(slice -> slice.within(section.from(), section.count()))
                .map(slice -> new String(slice.octets(), slice.from(), slice.length(), StandardCharsets.ISO_8859_1))
                .orElse("none");
    }

    private static byte[] octets(String text) {
        return text.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8);
    }
}
