package org.posthouse.webadmin.api;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import jakarta.ws.rs.QueryParam;
import java.io.StringReader;
import java.lang.reflect.Method;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestCheckTest {

    private static JsonObject json(String text) {
        try (var reader = Json.createReader(new StringReader(text.replace('\'', '"')))) {
            return reader.readObject();
        }
    }

    private static void check(String method, String path, JsonValue body) {
        JsonObject operation = ApiDescription.operation(method, path).orElseThrow();
        BodySchema.check(ApiDescription.body(operation).orElseThrow(), body);
    }

    private static String refusal(String method, String path, String body) {
        return String.valueOf(assertThrows(IllegalArgumentException.class, () -> check(method, path, json(body)))
                .getMessage());
    }

    private static Stream<String[]> operationsWithBodies() {
        JsonObject paths;
        try (var reader = Json.createReader(new StringReader(new OpenApiResource().get()))) {
            paths = reader.readObject().getJsonObject("paths");
        }
        return paths.entrySet().stream()
                .flatMap(path -> path.getValue().asJsonObject().entrySet().stream()
                        .filter(method -> ApiDescription.body(method.getValue().asJsonObject())
                                .isPresent())
                        .map(method -> new String[] {method.getKey(), path.getKey()}));
    }

    @TestFactory
    Stream<DynamicTest> everyBodyRefusesAMemberThatItDoesNotKnow() {
        return operationsWithBodies()
                .map(each -> dynamicTest(each[0] + " " + each[1], () -> {
                    String path = each[1].replace("{dn}", "o%3DAcme");
                    assertTrue(refusal(each[0], path, "{'nonsense': 1}").contains("\"nonsense\""));
                    assertThrows(
                            IllegalArgumentException.class, () -> check(each[0], path, JsonValue.EMPTY_JSON_ARRAY));
                }));
    }

    @Test
    void theNameThatWasMeantIsSaid() {
        assertTrue(refusal("POST", "objects", "{'container': 'o=Acme'}").contains("did you mean \"parent\"?"));
        assertTrue(refusal("POST", "objects", "{'nmae': 'x'}").contains("did you mean \"name\"?"));
        assertTrue(refusal("PATCH", "/objects/", "{'option': {}}").contains("did you mean \"options\"?"));
        assertTrue(refusal("POST", "plan", "{'steps': [{'do': 'delete', 'place': 'o=Acme'}]}")
                .contains("\"steps[0].place\""));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            POST  | objects | {'kind': 1}                         | "kind" must be a string, not a number
            POST  | objects | {'agents': 'SMTP_AGENT'}            | "agents" must be an array, not a string
            PATCH | objects | {'revision': '7'}                   | "revision" must be an integer, not a string
            PATCH | objects | {'revision': 7.5}                   | "revision" must be an integer, not a number
            PATCH | objects | {'now': 'yes'}                      | "now" must be a boolean, not a string
            PATCH | objects | {'options': []}                     | "options" must be an object, not an array
            POST  | plan    | {'steps': [7]}                      | "steps[0]" must be an object, not a number
            POST  | rmbox   | {'mailboxes': [null]}               | "mailboxes[0]" must be a string, not null
            """)
    void aValueOfAnotherTypeIsRefused(String method, String path, String body, String reason) {
        assertEquals(reason, refusal(method.strip(), path.strip(), body.strip().replace("''", "'")));
    }

    @Test
    void whatIsRightPasses() {
        assertDoesNotThrow(
                () -> check("PATCH", "objects/cn%3Da", json("{'options': {'port': null, 'x': [1]}, 'now': true}")));
        assertDoesNotThrow(() -> check("POST", "history/return", json("{'moment': 12}")));
        assertDoesNotThrow(() -> check("POST", "history/return", json("{'moment': '2026-01-01'}")));
        assertDoesNotThrow(
                () -> check("POST", "certificates", json("{'server': 'x', 'do': 'acme', 'contact': ['a']}")));
    }

    @Test
    void everyParameterThatAResourceReadsIsDescribed() {
        Set<String> described = new TreeSet<>();
        Set<String> read = new TreeSet<>();
        for (Class<?> resource : new Rest().getClasses()) {
            for (Method method : resource.getDeclaredMethods()) {
                for (var parameter : method.getParameters()) {
                    QueryParam query = parameter.getAnnotation(QueryParam.class);
                    if (query != null) {
                        read.add(query.value());
                    }
                }
            }
        }
        try (var reader = Json.createReader(new StringReader(new OpenApiResource().get()))) {
            reader.readObject()
                    .getJsonObject("paths")
                    .values()
                    .forEach(path -> path.asJsonObject()
                            .values()
                            .forEach(operation ->
                                    described.addAll(ApiDescription.parameters(operation.asJsonObject()))));
        }
        read.removeAll(described);
        assertEquals(Set.of(), read);
    }
}
