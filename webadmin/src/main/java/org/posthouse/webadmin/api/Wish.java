package org.posthouse.webadmin.api;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.posthouse.schema.directory.Directory;
import org.posthouse.schema.option.OptionFacts;
import org.posthouse.schema.option.PanelFacts;
import org.posthouse.schema.option.Problem;
import org.posthouse.schema.option.Refused;
import org.posthouse.schema.suggestion.Near;
import org.posthouse.schema.tree.Kind;
import org.posthouse.webadmin.form.Draft;
import org.posthouse.webadmin.form.ObjectNames;

/**
 * Options as a request wants them: texts by option, as a form would give them.
 *
 * @param texts what is wanted, by option name
 */
record Wish(Map<String, List<String>> texts) {

    /** The member {@code options} of a request. Throws Refused for options that the kind does not have. */
    static Wish in(JsonObject request, Kind kind) {
        var texts = new LinkedHashMap<String, List<String>>();
        if (request.get("options") instanceof JsonObject options) {
            options.forEach((name, value) -> texts.put(name, texts(value)));
        }
        List<Problem> unknown = texts.keySet().stream()
                .filter(name -> kind.panels().stream()
                        .noneMatch(panel -> panel.option(name).isPresent()))
                .map(name ->
                        new Problem(name, "", "is not an option of " + kind.label() + Near.hint(name, names(kind))))
                .toList();
        if (!unknown.isEmpty()) {
            throw new Refused(unknown);
        }
        return new Wish(texts);
    }

    /**
     * The same with the distinguished names of objects where a request only gives their names. Throws Refused for a name that no
     * object has, or several.
     */
    Wish named(Directory directory, Kind kind) {
        var names = new ObjectNames(directory);
        var resolved = new LinkedHashMap<String, List<String>>();
        var problems = new ArrayList<Problem>();
        texts.forEach((name, wanted) -> {
            Optional<OptionFacts> option = kind.panels().stream()
                    .flatMap(panel -> panel.option(name).stream())
                    .findFirst();
            option.ifPresent(known -> problems.addAll(names.problems(known, wanted)));
            resolved.put(
                    name, option.map(known -> names.resolved(known, wanted)).orElse(wanted));
        });
        if (!problems.isEmpty()) {
            throw new Refused(problems);
        }
        return new Wish(resolved);
    }

    private static Set<String> names(Kind kind) {
        var names = new LinkedHashSet<String>();
        kind.panels().forEach(panel -> panel.options().forEach(option -> names.add(option.name())));
        return names;
    }

    private static List<String> texts(JsonValue value) {
        return switch (value) {
            case JsonArray array -> array.stream().map(Wish::text).toList();
            case JsonString text -> List.of(text.getString());
            default -> value.equals(JsonValue.NULL) ? List.of() : List.of(text(value));
        };
    }

    private static String text(JsonValue value) {
        if (value instanceof JsonObject || value instanceof JsonArray) {
            throw new IllegalArgumentException("An option must be a string, a number, a Boolean, or a list of them");
        }
        return value instanceof JsonString text ? text.getString() : value.toString();
    }

    /** The pages of this kind that hold wanted options. */
    List<PanelFacts<?>> pages(Kind kind) {
        var pages = new ArrayList<PanelFacts<?>>();
        for (PanelFacts<?> panel : kind.panels()) {
            if (!on(panel).isEmpty()) {
                pages.add(panel);
            }
        }
        return pages;
    }

    /** Tells a draft what is wanted on its page. */
    void into(Draft draft) {
        texts.forEach((name, wanted) -> {
            if (draft.panel().option(name).isPresent()) {
                draft.set(name, wanted);
            }
        });
    }

    /** The wanted options of a page. */
    Set<String> on(PanelFacts<?> panel) {
        var names = new LinkedHashSet<>(texts.keySet());
        names.removeIf(name -> panel.option(name).isEmpty());
        return names;
    }

    /** One text member of a request; empty when it is absent. */
    static String text(JsonObject request, String name) {
        return request.get(name) instanceof JsonString text ? text.getString() : "";
    }

    /** A list of texts of a request; empty when it is absent. */
    static List<String> list(JsonObject request, String name) {
        JsonValue value = request.get(name);
        return value == null ? List.of() : texts(value);
    }
}
