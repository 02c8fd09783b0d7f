package org.posthouse.webadmin.api;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonReaderFactory;
import jakarta.json.JsonStructure;
import jakarta.json.JsonValue;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParserFactory;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.MessageBodyReader;
import jakarta.ws.rs.ext.Provider;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Reads JSON bodies. What is no JSON, is nested deeper than any request of this interface, or holds a number that is
 * longer than any value here, is answered with 400 before anything is made of it.
 */
@Provider
@Consumes({MediaType.APPLICATION_JSON, "application/*+json", "text/json"})
public class JsonBody implements MessageBodyReader<JsonStructure> {

    private static final int DEEPEST = 32;
    private static final int LONGEST_NUMBER = 40;
    private static final JsonParserFactory PARSERS = Json.createParserFactory(Map.of());
    private static final JsonReaderFactory READERS = Json.createReaderFactory(Map.of());

    @Override
    public boolean isReadable(Class<?> type, Type generic, Annotation[] annotations, MediaType media) {
        return JsonStructure.class.isAssignableFrom(type);
    }

    @Override
    public JsonStructure readFrom(
            Class<JsonStructure> type,
            Type generic,
            Annotation[] annotations,
            MediaType media,
            MultivaluedMap<String, String> headers,
            InputStream body)
            throws IOException {
        return read(type, body.readAllBytes());
    }

    static JsonStructure read(Class<? extends JsonStructure> type, byte[] body) {
        if (body.length == 0) {
            throw malformed("The request has no body; JSON is expected");
        }
        try {
            check(body);
            JsonValue read =
                    READERS.createReader(new ByteArrayInputStream(body)).readValue();
            if (!(read instanceof JsonStructure structure && type.isInstance(structure))) {
                throw malformed(
                        "The body must be a JSON " + (type.getSimpleName().endsWith("Array") ? "array" : "object"));
            }
            return structure;
        } catch (JsonException noJson) {
            throw malformed("The body is not JSON: " + noJson.getMessage());
        } catch (IllegalArgumentException ours) {
            throw ours;
        } catch (RuntimeException beyond) {
            // The parser has limits of its own and no exception of its own for them.
            throw malformed("The body cannot be read as JSON: " + beyond.getMessage());
        }
    }

    private static void check(byte[] body) {
        int depth = 0;
        var names = new ArrayDeque<Set<String>>();
        try (JsonParser parser = PARSERS.createParser(new ByteArrayInputStream(body))) {
            while (parser.hasNext()) {
                switch (parser.next()) {
                    case START_OBJECT -> {
                        depth++;
                        names.push(new HashSet<>());
                    }
                    case END_OBJECT -> {
                        depth--;
                        names.pop();
                    }
                    case START_ARRAY -> depth++;
                    case END_ARRAY -> depth--;
                    case KEY_NAME -> once(parser.getString(), names.element());
                    case VALUE_NUMBER -> number(parser.getString());
                    default -> {
                        continue;
                    }
                }
                if (depth > DEEPEST) {
                    throw malformed("The JSON is nested deeper than " + DEEPEST + " levels");
                }
            }
        }
    }

    // RFC 8259 4: which of two members with one name counts is nobody's guess.
    private static void once(String name, Set<String> names) {
        if (!names.add(name)) {
            throw malformed("The member \"" + name + "\" occurs twice in one object");
        }
    }

    private static void number(String text) {
        if (text.length() > LONGEST_NUMBER) {
            throw malformed("A number in the JSON has more than " + LONGEST_NUMBER + " characters");
        }
    }

    // Answered with 400, as everything that is no request.
    private static IllegalArgumentException malformed(String reason) {
        return new IllegalArgumentException(reason);
    }
}
