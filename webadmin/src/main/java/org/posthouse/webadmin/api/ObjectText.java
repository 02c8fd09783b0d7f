package org.posthouse.webadmin.api;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.posthouse.schema.directory.Directory;
import org.posthouse.schema.directory.Orphan;
import org.posthouse.schema.option.OptionFacts;
import org.posthouse.schema.option.Panel;
import org.posthouse.schema.option.PanelFacts;
import org.posthouse.schema.option.Problem;
import org.posthouse.schema.option.Refused;
import org.posthouse.schema.option.Text;
import org.posthouse.schema.tree.Entry;
import org.posthouse.schema.tree.Kind;

/** Objects in JSON. Of a secret it only says whether there is one. */
final class ObjectText {

    private static final Set<String> HIDDEN = Set.of(
            "posthousesystemsecret",
            "posthousependingkey",
            "objectclass",
            "posthouserevision",
            "posthousechangedby",
            "posthousedeletion");

    private ObjectText() {}

    /** The short form in lists. */
    static JsonObjectBuilder brief(Entry entry) {
        return Answers.JSON
                .createObjectBuilder()
                .add("dn", entry.place().toString())
                .add("name", entry.name())
                .add("kind", entry.kind().name())
                .add("label", entry.kind().label())
                .add("revision", entry.revision());
    }

    /** With the options that the object's own entry holds. */
    static JsonObject of(Entry entry) {
        return of(entry, Optional.empty(), Optional.empty());
    }

    /** With all its options, also those that the object it stands in holds for it. */
    static JsonObject of(Directory directory, Entry entry) {
        boolean elsewhere = entry.kind().panels().stream().anyMatch(panel -> panel.holder() == Panel.Holder.PARENT);
        return of(
                entry,
                elsewhere ? entry.place().parent().flatMap(directory::read) : Optional.empty(),
                Orphan.problem(directory, entry));
    }

    private static JsonObject of(Entry entry, Optional<Entry> holder, Optional<Problem> orphaned) {
        JsonObjectBuilder options = Answers.JSON.createObjectBuilder();
        JsonObjectBuilder secrets = Answers.JSON.createObjectBuilder();
        JsonArrayBuilder problems = Answers.JSON.createArrayBuilder();
        orphaned.ifPresent(problem -> problems.add(sentence(problem)));
        for (PanelFacts<?> panel : entry.kind().panels()) {
            Optional<Entry> source = panel.holder() == Panel.Holder.SELF ? Optional.of(entry) : holder;
            source.ifPresent(from -> {
                for (OptionFacts option : panel.options()) {
                    if (option.secret()) {
                        secrets.add(
                                option.name(), !from.values(option.attribute()).isEmpty());
                    } else {
                        options.add(option.name(), value(option, from));
                    }
                }
                problems(panel, from).forEach(problem -> problems.add(sentence(problem)));
            });
        }
        JsonObjectBuilder object =
                brief(entry).add("options", options).add("secrets", secrets).add("attributes", attributes(entry));
        holder.ifPresent(above -> object.add("holderRevision", above.revision()));
        return object.add("problems", problems).build();
    }

    /** A problem as one sentence that names the option and the value. */
    static String sentence(Problem problem) {
        String value = problem.value().isBlank() ? "" : " " + problem.value();
        return problem.option() + value + " " + problem.reason();
    }

    private static List<Problem> problems(PanelFacts<?> panel, Entry from) {
        try {
            panel.decode(from.attributes());
            return List.of();
        } catch (Refused refused) {
            return refused.problems();
        }
    }

    private static JsonValue value(OptionFacts option, Entry from) {
        List<String> stored = from.values(option.attribute());
        List<String> texts = stored.isEmpty() ? option.fallbackTexts() : stored;
        if (option.multiple()) {
            return Answers.JSON.createArrayBuilder(texts).build();
        }
        return texts.isEmpty() ? JsonValue.NULL : single(option, texts.getFirst());
    }

    private static JsonValue single(OptionFacts option, String text) {
        try {
            return switch (Text.read(option.type(), text)) {
                case Boolean truth -> truth ? JsonValue.TRUE : JsonValue.FALSE;
                case Integer number -> Json.createValue(number);
                case Long number -> Json.createValue(number);
                default -> Json.createValue(text);
            };
        } catch (IllegalArgumentException malformed) {
            return Json.createValue(text);
        }
    }

    // What is no option but worth seeing: mail addresses, members, times.
    private static JsonObjectBuilder attributes(Entry entry) {
        Set<String> shown = entry.kind().panels().stream()
                .flatMap(panel -> panel.options().stream())
                .map(option -> option.attribute().toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
        shown.addAll(HIDDEN);
        shown.add(entry.kind().naming());
        Kind.catalogue()
                .options()
                .filter(OptionFacts::secret)
                .forEach(option -> shown.add(option.attribute().toLowerCase(Locale.ROOT)));
        JsonObjectBuilder attributes = Answers.JSON.createObjectBuilder();
        new ArrayList<>(entry.attributes().keySet())
                .stream()
                        .filter(name -> !shown.contains(name.toLowerCase(Locale.ROOT)))
                        .forEach(name -> attributes.add(name, Answers.JSON.createArrayBuilder(entry.values(name))));
        return attributes;
    }
}
