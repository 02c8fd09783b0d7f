package org.posthouse.mailcore.message;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class TextSearchTest {

    private static BitSet bits(int... set) {
        var bits = new BitSet();
        for (int bit : set) {
            bits.set(bit);
        }
        return bits;
    }

    private static Part message(String text) {
        return Part.of(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aTextIsFoundWhereverThePiecesOfTheMessageEnd() {
        for (int before = 16_370; before < 16_400; before++) {
            Part part = message("Subject: x\r\n\r\n" + "a".repeat(before) + "Needle" + "b".repeat(40_000));
            var found = new TextSearch(List.of("needle", "nadel", "e" + "b".repeat(2_000))).inBody(part);
            assertEquals(bits(0, 2), found, "after " + before);
        }
    }

    @Test
    void aCharacterOfTwoHalvesIsNotCutByAPiece() {
        // U+10400, a capital letter of Deseret; its small letter is U+10428.
        for (int before = 16_370; before < 16_400; before++) {
            Part part = message("Subject: x\r\n\r\n" + "a".repeat(before) + "\ud801\udc00" + "b".repeat(100));
            assertEquals(bits(0), new TextSearch(List.of("\ud801\udc28")).inBody(part), "after " + before);
        }
    }

    @Test
    void eachTextIsLookedForInPartsAndTheirHeadersButNotInTheHeaderOfTheMessage() {
        Part part = message("""
                Subject: outside
                Content-Type: multipart/mixed; boundary=x

                --x
                Content-Description: within

                one
                --x
                Content-Type: image/png

                picture
                --x--
                """.replace("\n", "\r\n"));
        var search = new TextSearch(List.of("outside", "within", "one", "picture", ""));
        assertEquals(bits(1, 2, 4), search.inBody(part));
        assertEquals(bits(0, 4), search.inHeader(part));
    }

    @Test
    void whatCannotBeDecodedIsLookedThroughAsItIs() {
        Part part = message("Content-Type: text/plain; charset=x-none\r\nContent-Transfer-Encoding: x\r\n\r\nzwölf");
        assertEquals(bits(0), new TextSearch(List.of("zwölf")).inBody(part));
    }
}
