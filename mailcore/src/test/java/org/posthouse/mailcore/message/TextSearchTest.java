package org.posthouse.mailcore.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
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
    void manyTextsAreFoundAsEachAloneIs() {
        var random = new Random(7);
        for (int round = 0; round < 200; round++) {
            List<String> texts = Stream.generate(() -> word(random, 1 + random.nextInt(7)))
                    .distinct()
                    .limit(30)
                    .toList();
            String body = word(random, random.nextInt(200));
            var search = new TextSearch(texts);
            BitSet found = search.inBody(message("Subject: x\r\n\r\n" + body));
            for (int at = 0; at < texts.size(); at++) {
                assertEquals(body.contains(texts.get(at)), found.get(at), texts.get(at) + " in " + body);
            }
        }
    }

    private static String word(Random random, int length) {
        var word = new StringBuilder();
        for (int at = 0; at < length; at++) {
            word.append((char) ('a' + random.nextInt(3)));
        }
        return word.toString();
    }

    @Test
    void aLongTextCostsNoMoreThanAShortOne() {
        Part part = message("Subject: x\r\n\r\n" + "a".repeat(3 << 20));
        assertTimeout(Duration.ofSeconds(60), () -> {
            var search = new TextSearch(List.of("a".repeat(30_000) + "b", "a".repeat(30_000)));
            assertEquals(bits(1), search.inBody(part));
        });
    }

    @Test
    void whatCannotBeDecodedIsLookedThroughAsItIs() {
        Part part = message("Content-Type: text/plain; charset=x-none\r\nContent-Transfer-Encoding: x\r\n\r\nzwölf");
        assertEquals(bits(0), new TextSearch(List.of("zwölf")).inBody(part));
    }
}
