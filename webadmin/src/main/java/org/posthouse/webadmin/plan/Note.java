package org.posthouse.webadmin.plan;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.posthouse.schema.certificate.NotUsable;
import org.posthouse.schema.certificate.Seal;
import org.posthouse.schema.directory.Directory;
import org.posthouse.schema.file.AtomicFile;
import org.posthouse.schema.option.OptionFacts;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.value.Place;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The note of what is under way, one file in the home that its owner alone may read. It is on disk before the first
 * write of a change and gone after the last. Secrets are sealed with the system secret, which only the directory knows.
 */
final class Note {

    private static final Logger LOG = LoggerFactory.getLogger(Note.class);

    private static final Set<String> SECRET = Kind.catalogue()
            .options()
            .filter(OptionFacts::secret)
            .map(OptionFacts::attribute)
            .collect(Collectors.toCollection(() -> new TreeSet<>(String.CASE_INSENSITIVE_ORDER)));

    private final Path file;
    private final Directory directory;

    Note(Path file, Directory directory) {
        this.file = file;
        this.directory = directory;
    }

    /** Writes it, so that it is there whole after a crash or not at all. */
    void write(Work work) {
        try {
            Files.createDirectories(
                    file.getParent(),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            AtomicFile.replace(file, json(work).toString());
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    /** Takes it away. */
    void erase() {
        try {
            AtomicFile.delete(file);
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    /** What is under way; empty when nothing is. One that cannot be understood is put aside and said in the log. */
    Optional<Work> read() {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try (var reader = Json.createReader(new StringReader(Files.readString(file)))) {
            return Optional.of(work(reader.readObject()));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        } catch (JsonException
                | IllegalArgumentException
                | ClassCastException
                | NullPointerException
                | NotUsable nonsense) {
            aside(nonsense);
            return Optional.empty();
        }
    }

    private void aside(RuntimeException nonsense) {
        Path aside = file.resolveSibling("underway.unreadable.json");
        LOG.error("The record of the interrupted change cannot be read; it is now in {}", aside, nonsense);
        try {
            Files.move(file, aside, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    private Seal seal() {
        return Seal.ofTexts(directory
                .read(directory.internetServices())
                .flatMap(services -> services.value("posthouseSystemSecret"))
                .orElse(""));
    }

    private JsonObject json(Work work) {
        Seal seal = seal();
        JsonArrayBuilder makes = Json.createArrayBuilder();
        work.makes()
                .forEach(make -> makes.add(Json.createObjectBuilder()
                        .add("dn", make.place().toString())
                        .add("kind", make.kind().name())
                        .add("attributes", attributes(make.place(), make.attributes(), seal))));
        JsonArrayBuilder alters = Json.createArrayBuilder();
        work.alters()
                .forEach(alter -> alters.add(Json.createObjectBuilder()
                        .add("dn", alter.place().toString())
                        .add("revision", alter.revision())
                        .add("was", attributes(alter.place(), alter.was(), seal))
                        .add("is", attributes(alter.place(), alter.is(), seal))));
        JsonObjectBuilder removes = Json.createObjectBuilder();
        work.removes().forEach((place, revision) -> removes.add(place.toString(), revision));
        return Json.createObjectBuilder()
                .add("who", work.who())
                .add("began", work.began().toString())
                .add("committed", work.committed())
                .add("ifInterrupted", work.after().word())
                .add("makes", makes)
                .add("alters", alters)
                .add("removes", removes)
                .build();
    }

    private static JsonObjectBuilder attributes(Place place, Map<String, List<String>> attributes, Seal seal) {
        JsonObjectBuilder all = Json.createObjectBuilder();
        attributes.forEach((name, texts) -> all.add(
                name,
                Json.createArrayBuilder(texts.stream()
                        .map(text -> SECRET.contains(name) ? seal.close(text, owner(place, name)) : text)
                        .toList())));
        return all;
    }

    private static String owner(Place place, String attribute) {
        return place + " " + attribute;
    }

    private Work work(JsonObject json) {
        Seal seal = seal();
        var makes = new ArrayList<Step.Make>();
        for (JsonObject make : json.getJsonArray("makes").getValuesAs(JsonObject.class)) {
            Place place = Place.of(make.getString("dn"));
            makes.add(new Step.Make(
                    place,
                    Kind.valueOf(make.getString("kind")),
                    attributes(place, make.getJsonObject("attributes"), seal)));
        }
        var alters = new ArrayList<Work.Altered>();
        for (JsonObject alter : json.getJsonArray("alters").getValuesAs(JsonObject.class)) {
            Place place = Place.of(alter.getString("dn"));
            alters.add(new Work.Altered(
                    place,
                    alter.getJsonNumber("revision").longValue(),
                    attributes(place, alter.getJsonObject("was"), seal),
                    attributes(place, alter.getJsonObject("is"), seal)));
        }
        var removes = new LinkedHashMap<Place, Long>();
        JsonObject gone = json.getJsonObject("removes");
        gone.keySet()
                .forEach(dn -> removes.put(Place.of(dn), gone.getJsonNumber(dn).longValue()));
        return new Work(
                json.getString("who"),
                Instant.parse(json.getString("began")),
                json.getBoolean("committed"),
                // Earlier versions always put back.
                AfterInterruption.of(json.getString("ifInterrupted", AfterInterruption.ROLL_BACK.word())),
                makes,
                alters,
                removes);
    }

    private static Map<String, List<String>> attributes(Place place, JsonObject json, Seal seal) {
        var attributes = new LinkedHashMap<String, List<String>>();
        json.forEach((name, texts) -> attributes.put(
                name,
                texts(texts).stream()
                        .map(text -> SECRET.contains(name) ? seal.open(text, owner(place, name)) : text)
                        .toList()));
        return attributes;
    }

    private static List<String> texts(JsonValue value) {
        return ((JsonArray) value)
                .getValuesAs(JsonString.class).stream()
                        .map(JsonString::getString)
                        .toList();
    }
}
