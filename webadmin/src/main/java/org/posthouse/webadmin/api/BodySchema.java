package org.posthouse.webadmin.api;

import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.posthouse.schema.suggestion.Near;

/**
 * Checks a body against the part of JSON Schema that the OpenAPI document uses: type, properties, items, oneOf and enum.
 * Required members are left to the resources, whose words are better.
 *
 * <p>The member {@code x-mistaken-for} of a property lists names that people use for it.
 */
final class BodySchema {

    private static final String BODY = "The body";

    private BodySchema() {}

    /** Throws IllegalArgumentException that names what does not fit. */
    static void check(JsonObject schema, JsonValue body) {
        check(schema, body, "");
    }

    private static void check(JsonObject given, JsonValue value, String name) {
        JsonObject schema = ApiDescription.resolved(given);
        List<String> types = types(schema);
        if (!types.isEmpty() && types.stream().noneMatch(type -> is(type, value))) {
            throw new IllegalArgumentException((name.isEmpty() ? BODY : "\"" + name + "\"") + " must be "
                    + articles(types) + ", not " + said(value));
        }
        if (value instanceof JsonObject members && schema.get("properties") instanceof JsonObject properties) {
            members.forEach((member, each) -> member(schema, properties, name, member, each));
        }
        if (value instanceof JsonArray items && schema.get("items") instanceof JsonObject item) {
            for (int at = 0; at < items.size(); at++) {
                check(item, items.get(at), name + "[" + at + "]");
            }
        }
    }

    private static void member(JsonObject schema, JsonObject properties, String above, String member, JsonValue value) {
        JsonObject property = properties.getJsonObject(member);
        String path = above.isEmpty() ? member : above + "." + member;
        if (property != null) {
            check(property, value, path);
        } else if (!schema.containsKey("additionalProperties")) {
            throw new IllegalArgumentException("Unknown member \"" + path + "\"" + hint(member, properties));
        }
    }

    private static String hint(String member, JsonObject properties) {
        Optional<String> meant = properties.keySet().stream()
                .filter(name -> properties.getJsonObject(name).get("x-mistaken-for") instanceof JsonArray others
                        && others.getValuesAs(JsonString.class).stream()
                                .anyMatch(other -> other.getString().equalsIgnoreCase(member)))
                .findFirst();
        Set<String> names = new TreeSet<>(properties.keySet());
        String near = meant.map(name -> "; did you mean \"" + name + "\"?").orElseGet(() -> Near.hint(member, names));
        return near + (near.isEmpty() ? "; " : " ") + "Valid members are " + String.join(", ", names);
    }

    private static List<String> types(JsonObject schema) {
        if (schema.get("oneOf") instanceof JsonArray choices) {
            return choices.getValuesAs(JsonObject.class).stream()
                    .flatMap(choice -> types(choice).stream())
                    .toList();
        }
        if (schema.get("enum") instanceof JsonArray) {
            return List.of("string");
        }
        return switch (schema.get("type")) {
            case JsonString one -> List.of(one.getString());
            case JsonArray several ->
                several.getValuesAs(JsonString.class).stream()
                        .map(JsonString::getString)
                        .toList();
            case null, default -> List.of();
        };
    }

    private static boolean is(String type, JsonValue value) {
        return switch (type) {
            case "string" -> value instanceof JsonString;
            case "integer" -> value instanceof JsonNumber number && number.isIntegral();
            case "number" -> value instanceof JsonNumber;
            case "boolean" -> value.equals(JsonValue.TRUE) || value.equals(JsonValue.FALSE);
            case "array" -> value instanceof JsonArray;
            case "object" -> value instanceof JsonObject;
            default -> value.equals(JsonValue.NULL);
        };
    }

    private static String articles(List<String> types) {
        return String.join(
                " or ",
                types.stream()
                        .distinct()
                        .map(type -> "aio".indexOf(type.charAt(0)) < 0 ? "a " + type : "an " + type)
                        .toList());
    }

    private static String said(JsonValue value) {
        return switch (value.getValueType()) {
            case TRUE, FALSE -> "a boolean";
            case NULL -> "null";
            case ARRAY, OBJECT -> "an " + value.getValueType().name().toLowerCase(Locale.ROOT);
            case STRING, NUMBER -> "a " + value.getValueType().name().toLowerCase(Locale.ROOT);
        };
    }
}
