package org.posthouse.schema.value;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlainTextTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a\u0000b",
                "a\u0007",
                "\u001b[1m",
                "\u007f",
                "a\u0085b",
                "a\u009fb",
                "a\u2028b",
                "a\u2029b",
                "\uFEFFa",
                "a\uD800b",
                "\uDC00",
                "a\uFFFE",
                "\uFDD0"
            })
    void whatNobodyCanSeeIsNowhereAllowed(String text) {
        assertFalse(PlainText.isLine(text));
        assertFalse(PlainText.isText(text));
        assertFalse(PlainText.isName(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Süd & Nord", "日本語", "😀", "a\u00a0b", "👩\u200D💻", "<b>\"'\\", "e\u0301"})
    void whatPeopleWriteIsAllowed(String text) {
        assertTrue(PlainText.isLine(text));
        assertTrue(PlainText.isText(text));
        assertTrue(PlainText.isName(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\nb", "a\r\nb"})
    void onlyATextOfSeveralLinesHasLineFeeds(String text) {
        assertFalse(PlainText.isLine(text));
        assertTrue(PlainText.isText(text));
    }
}
