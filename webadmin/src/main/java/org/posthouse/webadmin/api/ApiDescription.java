package org.posthouse.webadmin.api;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The OpenAPI document as data: which parameters a request takes, and which form its body has. Immutable. */
final class ApiDescription {

    private static final String REFERENCE = "#/components/schemas/";
    private static final JsonObject DOCUMENT = read();

    private ApiDescription() {}

    private static JsonObject read() {
        try (var reader = Json.createReader(new StringReader(new OpenApiResource().get()))) {
            return reader.readObject();
        }
    }

    /**
     * The operation that answers a request; empty when there is none.
     *
     * @param method the HTTP method, in any case
     * @param path the path below {@code /api}, with or without slashes around it
     */
    static Optional<JsonObject> operation(String method, String path) {
        List<String> segments = segments(path);
        return DOCUMENT.getJsonObject("paths").entrySet().stream()
                .filter(each -> fits(segments(each.getKey()), segments))
                // A fixed path goes before one with a variable, as in Jakarta REST.
                .min(Comparator.comparingLong(each -> variables(each.getKey())))
                .map(each -> each.getValue().asJsonObject().get(method.toLowerCase(Locale.ROOT)))
                .map(JsonValue::asJsonObject);
    }

    private static List<String> segments(String path) {
        return List.of(path.replaceAll("^/+|/+$", "").split("/", -1));
    }

    private static boolean fits(List<String> template, List<String> segments) {
        if (template.size() != segments.size()) {
            return false;
        }
        for (int at = 0; at < template.size(); at++) {
            if (!template.get(at).startsWith("{") && !template.get(at).equals(segments.get(at))) {
                return false;
            }
        }
        return true;
    }

    private static long variables(String path) {
        return path.chars().filter(each -> each == '{').count();
    }

    /** The names of the query parameters of an operation. */
    static Set<String> parameters(JsonObject operation) {
        return parameters(operation, "");
    }

    /** Those among them that are whole numbers. */
    static Set<String> numbers(JsonObject operation) {
        return parameters(operation, "integer");
    }

    private static Set<String> parameters(JsonObject operation, String type) {
        var all = operation.getJsonArray("parameters");
        return all == null
                ? Set.of()
                : all.getValuesAs(JsonObject.class).stream()
                        .filter(each -> each.getString("in").equals("query"))
                        .filter(each -> type.isEmpty()
                                || type.equals(each.getJsonObject("schema").getString("type", "")))
                        .map(each -> each.getString("name"))
                        .collect(Collectors.toUnmodifiableSet());
    }

    /** The schema of the JSON body of an operation; empty when it takes none. */
    static Optional<JsonObject> body(JsonObject operation) {
        return Optional.ofNullable(operation.getJsonObject("requestBody"))
                .map(body -> body.getJsonObject("content"))
                .flatMap(content -> Optional.ofNullable(content.getJsonObject("application/json")))
                .map(json -> json.getJsonObject("schema"))
                .map(ApiDescription::resolved);
    }

    /** A schema, or the one that it refers to. */
    static JsonObject resolved(JsonObject schema) {
        return schema.get("$ref") instanceof JsonString reference
                ? DOCUMENT.getJsonObject("components")
                        .getJsonObject("schemas")
                        .getJsonObject(reference.getString().substring(REFERENCE.length()))
                : schema;
    }
}
