package org.posthouse.mailcore.status;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The board's JSON. */
class JsonTest {

    @Test
    void textsAreEscapedAndTheRestIsPlain() {
        assertEquals(
                "{\"a\":[\"q\\\" b\\\\ \\u000a\",1,true,[],{}]}",
                Json.write(Map.of("a", List.of("q\" b\\ \n", 1L, true, List.of(), Map.of()))));
    }

    @Test
    void anOrderIsReadWithItsEscapes() {
        assertEquals(
                Map.of("server", "ou=a\\, \"b\",o=x", "agent", "", "do", "stop"),
                Json.texts(" { \"server\" : \"ou=a\\\\, \\\"b\\\",o\\u003dx\", \"agent\":\"\",\"do\":\"stop\"} "));
        assertEquals(Map.of(), Json.texts("{}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{\"a\":1}", "{\"a\"}", "{\"a\":\"b\" \"c\":\"d\"}", "{\"a\":\"b\\\"}"})
    void anythingElseIsRefused(String text) {
        assertThrows(IllegalArgumentException.class, () -> Json.texts(text));
    }
}
