package org.posthouse.webadmin.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonStructure;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class JsonBodyTest {

    private static JsonStructure read(Class<? extends JsonStructure> type, String body) {
        return JsonBody.read(type, body.getBytes(StandardCharsets.UTF_8));
    }

    private static String refused(String body) {
        return String.valueOf(assertThrows(IllegalArgumentException.class, () -> read(JsonObject.class, body))
                .getMessage());
    }

    @Test
    void whatARequestNeedsIsRead() {
        var read = (JsonObject) read(JsonObject.class, "{\"options\": {\"port\": 2525, \"list\": [\"a\", [1.5e3]]}}");
        assertEquals(2525, read.getJsonObject("options").getInt("port"));
        assertEquals(2, ((JsonArray) read(JsonArray.class, "[1, 2]")).size());
    }

    @Test
    void nestingWithoutEndIsRefused() {
        String deep = "{\"a\":".repeat(1_000) + "1" + "}".repeat(1_000);
        assertTrue(refused(deep).contains("nested deeper"), refused(deep));
        assertTrue(refused("{\"a\":" + "[".repeat(100_000)).contains("nested deeper"));
    }

    @Test
    void aNumberWithMillionsOfDigitsIsRefused() {
        assertTrue(refused("{\"revision\": " + "9".repeat(2_000_000) + "}").contains("A number in the JSON"));
        assertTrue(refused("{\"revision\": 1." + "1".repeat(50) + "}").contains("A number in the JSON"));
        assertTrue(refused("{\"revision\": 1e" + "9".repeat(50) + "}").contains("A number in the JSON"));
    }

    @Test
    void aMemberThatOccursTwiceIsRefused() {
        assertTrue(refused("{\"kind\": \"User\", \"kind\": \"Group\"}").contains("\"kind\" occurs twice"));
        assertTrue(refused("{\"a\": [{\"b\": 1, \"c\": {\"b\": 2}, \"b\": 3}]}").contains("\"b\" occurs twice"));
        var read = (JsonObject) read(JsonObject.class, "{\"a\": {\"b\": 1}, \"b\": {\"b\": 2}}");
        assertEquals(2, read.getJsonObject("b").getInt("b"));
    }

    @Test
    void aValueThatIsNoObjectIsCalledThat() {
        for (String body : new String[] {"\"text\"", "null", "10", "true", "[1]"}) {
            assertEquals("The body must be a JSON object", refused(body), body);
        }
    }

    @Test
    void whatIsNoJsonIsRefusedWithAReason() {
        for (String body : new String[] {"", "{", "nonsense", "[1]", "\"text\"", "{\"a\": tru}"}) {
            assertTrue(refused(body).length() > 10, body);
        }
    }
}
