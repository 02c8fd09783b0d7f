package org.posthouse.mailcore.relay;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.posthouse.mailcore.message.Octets;
import org.posthouse.mailcore.message.Part;
import org.posthouse.mailcore.message.TextSearch;

/** Mail for hosts that take 7 bits alone. */
class SevenBitTest {

    private static byte[] octets(String text) {
        return text.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8);
    }

    private static String turned(String text) {
        byte[] turned = SevenBit.of(octets(text));
        assertFalse(Octets.isEightBit(turned, 0, turned.length), () -> new String(turned, StandardCharsets.UTF_8));
        return new String(turned, StandardCharsets.US_ASCII);
    }

    @Test
    void sevenBitMailIsNotTouched() {
        byte[] plain = octets("Subject: x\nContent-Transfer-Encoding: 8bit\n\nhello\n");
        assertArrayEquals(plain, SevenBit.of(plain));
    }

    @Test
    void textBecomesQuotedPrintable() {
        String expected = """
                MIME-Version: 1.0
                Content-Type: text/plain; charset=utf-8
                Content-Transfer-Encoding: quoted-printable

                Gr=C3=BC=C3=9Fe
                """;
        assertEquals(octetsText(expected), turned("""
                MIME-Version: 1.0
                Content-Type: text/plain; charset=utf-8
                Content-Transfer-Encoding: 8bit

                Gr\u00fc\u00dfe
                """));
    }

    private static String octetsText(String text) {
        return text.replace("\n", "\r\n");
    }

    @Test
    void textWithoutMimeIsDeclared() {
        String turned = turned("Subject: x\n\nGr\u00fc\u00dfe\n");
        assertTrue(turned.startsWith("Subject: x\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n"));
    }

    @Test
    void eachPartIsConvertedByItself() {
        String turned = turned("""
                Content-Type: multipart/mixed; boundary=b
                Content-Transfer-Encoding: 8bit

                für alte Programme
                --b
                Content-Type: text/plain; charset=utf-8
                Content-Transfer-Encoding: 8bit

                zwölf
                --b
                Content-Type: application/x-thing
                Content-Transfer-Encoding: binary

                öde
                --b
                Content-Type: message/rfc822

                Subject: größer

                außen
                --b--
                """);
        Part message = Part.of(turned.getBytes(StandardCharsets.US_ASCII));
        assertEquals("7BIT", message.encoding());
        assertEquals("QUOTED-PRINTABLE", message.children().get(0).encoding());
        assertEquals("BASE64", message.children().get(1).encoding());
        assertEquals("7BIT", message.children().get(2).encoding());
        assertTrue(new TextSearch(List.of("zw\u00f6lf")).inBody(message).get(0));
        assertTrue(new TextSearch(List.of("au\u00dfen")).inBody(message).get(0));
        assertTrue(new TextSearch(List.of("gr\u00f6\u00dfer")).inBody(message).get(0));
    }

    @Test
    void namesAndTextsOfTheHeaderBecomeEncodedWords() {
        String turned = turned("""
                From: "Jürgen, der Große" <j@example.com>
                To: "A, B" <a@example.com>, Zoë <z@example.com>
                Subject: Ein Gruß aus München for you, ganz ohne ASCII und auch sonst mit sehr vielen Wörtern

                x
                """);
        Part message = Part.of(turned.getBytes(StandardCharsets.US_ASCII));
        assertTrue(
                new TextSearch(List.of("j\u00fcrgen, der gro\u00dfe"))
                        .inHeader(message)
                        .get(0),
                turned);
        assertTrue(
                new TextSearch(List.of("\"a, b\" <a@example.com>, "))
                        .inHeader(message)
                        .get(0),
                turned);
        assertTrue(
                new TextSearch(List.of("ein gru\u00df aus m\u00fcnchen for you, ganz ohne ascii und auch"))
                        .inHeader(message)
                        .get(0),
                turned);
        assertTrue(turned.lines().allMatch(line -> line.length() <= 78), turned);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Type: multipart/signed; boundary=b\n\n--b\n\n\u00e4\n--b\n\nx\n--b--\n",
                "Content-Type: multipart/mixed\n\n\u00e4\n",
                "Content-Transfer-Encoding: base64\n\n\u00e4\n",
                "From: j\u00fcrgen@example.com\n\nx\n",
                "Content-Type: text/plain; name=\"\u00e4\"\n\nx\n"
            })
    void whatWouldBeDamagedIsRefused(String message) {
        byte[] octets = octets(message);
        String reply = String.valueOf(assertThrows(SevenBit.Inconvertible.class, () -> SevenBit.of(octets))
                .getMessage());
        assertTrue(reply.matches("55\\d 5\\.6\\.\\d .*"), reply);
    }
}
