package org.posthouse.mailcore.message;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EncodedWordsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "no words|no words",
                "=?utf-8?q?gr=C3=BCn?=|gr\u00fcn",
                "=?UTF-8?B?Z3LDvG4=?= now|gr\u00fcn now",
                "=?utf-8?B?Z3LDvG4?=|gr\u00fcn",
                "=?utf-8*en?Q?a_b?=|a b",
                "=?utf-8?q?a?= =?utf-8?q?b?=|ab",
                "=?utf-8?q?a?= and =?utf-8?q?b?=|a and b",
                // RFC 2047 5 forbids to divide a character, and programs do.
                "=?utf-8?q?gr=C3?= =?utf-8?q?=BCn?=|gr\u00fcn",
                "=?iso-8859-1?q?=fc?= =?utf-8?q?=C3=BC?=|\u00fc\u00fc",
                "=?x-none?q?a?=|=?x-none?q?a?=",
                "=?utf-8?x?a?= =?utf-8?q?b?=|=?utf-8?x?a?= b",
                "=?utf-8?q?a|=?utf-8?q?a",
                "=?=?utf-8?q?a?=|=?a",
                "=?utf-8?q?=4?=|=4",
                "=?utf-8?b?A?=|=?utf-8?b?A?=",
                "=?|=?",
                "=??=|=??="
            })
    void areDecodedAndEverythingElseStaysAsWritten(String written, String read) {
        assertEquals(read, EncodedWords.decoded(written));
    }

    @Test
    void areFoundInAnyCaseAlsoWhereLowerCaseIsLonger() {
        for (String text : List.of("\u0130stanbul", "GR\u00dcN", "\u03a3\u0391\u03a3", "\ud801\udc00x")) {
            assertEquals(PlainWords.folded(text), PlainWords.folded(PlainWords.folded(text)));
            assertEquals(text.length(), PlainWords.folded(text).length());
        }
        assertEquals("gr\u00fcn", PlainWords.folded("GR\u00dcN"));
        assertEquals("\ud801", PlainWords.folded("\ud801"), "half a character");
    }
}
