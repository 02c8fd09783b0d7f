package org.posthouse.webadmin.page;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.posthouse.schema.option.OptionFacts;
import org.posthouse.webadmin.form.Change;
import org.posthouse.webadmin.form.Draft;

/**
 * Unsaved changes as a text that a browser keeps while its visitor signs in again: {@code {"port": {"value": ["25"]}}},
 * and of a list what was added and removed. Secrets never leave the console this way, nor are they taken from it.
 */
final class Unsaved {

    private static final int MOST = 1_000_000;

    private Unsaved() {}

    /** The changes as text; "" for none. */
    static String of(List<Change> changes) {
        var all = Json.createObjectBuilder();
        boolean any = false;
        for (Change change : changes) {
            if (change.option().secret()) {
                continue;
            }
            any = true;
            var one = Json.createObjectBuilder();
            if (change.option().multiple()) {
                one.add("add", Json.createArrayBuilder(change.added()));
                one.add("remove", Json.createArrayBuilder(change.removed()));
            } else {
                one.add("value", Json.createArrayBuilder(change.after()));
            }
            all.add(change.option().name(), one);
        }
        return any ? all.build().toString() : "";
    }

    /** Wants in a draft what such a text says; what it does not understand is left out. */
    static void onto(Draft draft, String text) {
        read(text).ifPresent(kept -> {
            for (OptionFacts option : draft.panel().options()) {
                if (!option.secret() && kept.get(option.name()) instanceof JsonObject one) {
                    draft.set(option.name(), wanted(draft, option, one));
                }
            }
        });
    }

    private static List<String> wanted(Draft draft, OptionFacts option, JsonObject one) {
        if (!option.multiple()) {
            return texts(one.get("value"));
        }
        var values = new ArrayList<String>(draft.texts(option.name()));
        values.removeAll(texts(one.get("remove")));
        texts(one.get("add")).stream().filter(added -> !values.contains(added)).forEach(values::add);
        return values;
    }

    private static List<String> texts(@Nullable JsonValue value) {
        return value instanceof JsonArray array
                ? array.stream()
                        .filter(JsonString.class::isInstance)
                        .map(each -> ((JsonString) each).getString())
                        .toList()
                : List.of();
    }

    private static Optional<JsonObject> read(String text) {
        if (text.isBlank() || text.length() > MOST) {
            return Optional.empty();
        }
        try (var reader = Json.createReader(new StringReader(text))) {
            return Optional.of(reader.readObject());
        } catch (JsonException damaged) {
            return Optional.empty();
        }
    }
}
