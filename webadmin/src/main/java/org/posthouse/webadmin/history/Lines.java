package org.posthouse.webadmin.history;

import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.json.spi.JsonProvider;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.posthouse.schema.tree.Kind;

/** What the lines of the journal say, as JSON: acts, how they ended, what they led to, and notes about the journal. */
final class Lines {

    // Looked up once: finding the provider costs more than reading a line.
    static final JsonProvider JSON = JsonProvider.provider();

    private Lines() {}

    /** One act of an operation that is about to begin; 0 for the operation of which this is the first line. */
    static JsonObject act(long operation, Instant at, Duration back, Author author, Deed deed) {
        JsonObjectBuilder line = JSON.createObjectBuilder().add("is", "act");
        if (operation > 0) {
            line.add("of", operation);
        } else {
            line.add("at", at.toString());
            author(line, author, back);
        }
        line.add("act", deed.what().name().toLowerCase(Locale.ROOT))
                .add("object", deed.object())
                .add("kind", deed.kind().name());
        JsonObjectBuilder attributes = JSON.createObjectBuilder();
        deed.alterations().forEach(each -> attributes.add(each.attribute(), json(each)));
        return line.add("attributes", attributes).build();
    }

    private static void author(JsonObjectBuilder line, Author author, Duration back) {
        line.add("who", author.who());
        line.add("by", author.by().name().toLowerCase(Locale.ROOT));
        if (!author.address().isEmpty()) {
            line.add("from", author.address());
        }
        if (!author.plan().isEmpty()) {
            line.add("plan", author.plan());
        }
        if (back.isPositive()) {
            line.add("clockBack", back.toMillis());
        }
    }

    /** How an operation ended. */
    static JsonObject end(long operation, Instant at, Change.State state, long revision, String remark) {
        JsonObjectBuilder line = JSON.createObjectBuilder()
                .add("is", "end")
                .add("of", operation)
                .add("at", at.toString())
                .add("state", state.name().toLowerCase(Locale.ROOT));
        if (revision > 0) {
            line.add("revision", revision);
        }
        if (!remark.isEmpty()) {
            line.add("remark", remark);
        }
        return line.build();
    }

    /** What the engines made of an operation. */
    static JsonObject effect(long operation, Instant at, Change.Effect effect) {
        JsonObjectBuilder line = JSON.createObjectBuilder()
                .add("is", "effect")
                .add("of", operation)
                .add("at", at.toString());
        if (effect.millis() >= 0) {
            line.add("millis", effect.millis());
        }
        if (!effect.reason().isEmpty()) {
            line.add("reason", effect.reason());
        }
        return line.build();
    }

    /** A last line that was half written. */
    static JsonObject torn(Instant at, String text) {
        return note(at, "torn", text);
    }

    /** Something about the journal itself: "begun", "torn" or "broken". */
    static JsonObject note(Instant at, String what, String text) {
        return JSON.createObjectBuilder()
                .add("is", "note")
                .add("at", at.toString())
                .add("note", what)
                .add("text", text)
                .build();
    }

    /** A line read again. Throws JsonException when it is none. */
    static JsonObject read(byte[] bytes, int from, int length) {
        try (var reader = JSON.createReader(new ByteArrayInputStream(bytes, from, length))) {
            return reader.readObject();
        }
    }

    /** The deed of an act's line. */
    static Deed deed(JsonObject line) {
        var alterations = new ArrayList<Alteration>();
        line.getJsonObject("attributes")
                .forEach((attribute, value) -> alterations.add(alteration(attribute, value.asJsonObject())));
        return new Deed(
                line.getJsonNumber("n").longValue(),
                Deed.What.valueOf(line.getString("act").toUpperCase(Locale.ROOT)),
                line.getString("object"),
                kind(line.getString("kind")),
                List.copyOf(alterations));
    }

    static Author author(JsonObject line) {
        return new Author(
                line.getString("who"),
                line.getString("from", ""),
                Author.By.valueOf(line.getString("by").toUpperCase(Locale.ROOT)),
                line.getString("plan", ""));
    }

    static Kind kind(String name) {
        try {
            return Kind.valueOf(name);
        } catch (IllegalArgumentException unknown) {
            return Kind.UNKNOWN;
        }
    }

    static JsonObject json(Alteration alteration) {
        return JSON.createObjectBuilder()
                .add(alteration.whole() ? "before" : "gone", json(alteration.before()))
                .add(alteration.whole() ? "after" : "come", json(alteration.after()))
                .build();
    }

    static JsonArrayBuilder json(List<Value> values) {
        JsonArrayBuilder array = JSON.createArrayBuilder();
        for (Value value : values) {
            if (value.secret()) {
                array.add(JSON.createObjectBuilder().add("print", value.text()).add("sealed", value.sealed()));
            } else {
                array.add(value.text());
            }
        }
        return array;
    }

    static Alteration alteration(String attribute, JsonObject json) {
        return json.containsKey("before")
                ? new Alteration(
                        attribute, values(json.getJsonArray("before")), values(json.getJsonArray("after")), true)
                : new Alteration(
                        attribute, values(json.getJsonArray("gone")), values(json.getJsonArray("come")), false);
    }

    static List<Value> values(JsonArray array) {
        return array.stream().map(Lines::value).toList();
    }

    private static Value value(JsonValue value) {
        return value instanceof JsonString text
                ? Value.open(text.getString())
                : new Value(
                        value.asJsonObject().getString("print"),
                        true,
                        value.asJsonObject().getString("sealed"));
    }
}
