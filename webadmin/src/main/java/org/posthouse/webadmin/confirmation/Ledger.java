package org.posthouse.webadmin.confirmation;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.posthouse.schema.directory.NewObject;
import org.posthouse.schema.file.AtomicFile;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.value.Place;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Pending changes on disk, one file each, so that a console that is killed still takes them back. */
final class Ledger {

    private static final Logger LOG = LoggerFactory.getLogger(Ledger.class);
    private static final String SUFFIX = ".json";

    private final Path folder;

    Ledger(Path folder) {
        this.folder = folder;
    }

    /** Returns when it is on the disk. */
    void keep(Pending pending) {
        try {
            Files.createDirectories(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            AtomicFile.replace(file(pending.id()), json(pending).toString());
        } catch (IOException full) {
            throw new UncheckedIOException("The change to confirm cannot be stored in " + folder, full);
        }
    }

    void drop(String id) {
        try {
            AtomicFile.delete(file(id));
        } catch (IOException stays) {
            throw new UncheckedIOException("The confirmed change cannot be removed from " + folder, stays);
        }
    }

    /** What a process before this one left; a file that cannot be understood is named and passed over. */
    List<Pending> read() {
        var all = new ArrayList<Pending>();
        if (!Files.isDirectory(folder)) {
            return all;
        }
        try (var files = Files.newDirectoryStream(folder, "*" + SUFFIX)) {
            for (Path file : files) {
                try (var reader = Json.createReader(new StringReader(Files.readString(file)))) {
                    all.add(pending(reader.readObject()));
                } catch (JsonException
                        | ClassCastException
                        | NullPointerException
                        | IllegalArgumentException
                        | DateTimeException damaged) {
                    LOG.error("{} cannot be read: that change is not undone", file, damaged);
                }
            }
            return all;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private Path file(String id) {
        return folder.resolve(id + SUFFIX);
    }

    private static JsonObject json(Pending pending) {
        JsonArrayBuilder parts = Json.createArrayBuilder();
        pending.parts()
                .forEach(part -> parts.add(Json.createObjectBuilder()
                        .add("option", part.option())
                        .add("attribute", part.attribute())
                        .add("multiple", part.multiple())
                        .add("before", Json.createArrayBuilder(part.before()))
                        .add("after", Json.createArrayBuilder(part.after()))));
        return Json.createObjectBuilder()
                .add("id", pending.id())
                .add("object", pending.object().toString())
                .add("by", pending.by())
                .add("begun", pending.begun().toString())
                .add("until", pending.until().toString())
                .add("parts", parts)
                .add("removed", removed(pending))
                .build();
    }

    private static JsonArrayBuilder removed(Pending pending) {
        JsonArrayBuilder removed = Json.createArrayBuilder();
        for (NewObject object : pending.removed()) {
            JsonObjectBuilder attributes = Json.createObjectBuilder();
            object.attributes().forEach((name, values) -> attributes.add(name, Json.createArrayBuilder(values)));
            removed.add(Json.createObjectBuilder()
                    .add("dn", object.place().toString())
                    .add("kind", object.kind().name())
                    .add("attributes", attributes));
        }
        return removed;
    }

    // A file of an earlier version knows of no deletions.
    private static List<NewObject> removed(JsonObject json) {
        if (!json.containsKey("removed")) {
            return List.of();
        }
        return json.getJsonArray("removed").getValuesAs(JsonObject.class).stream()
                .map(object -> {
                    var attributes = new LinkedHashMap<String, List<String>>();
                    object.getJsonObject("attributes")
                            .forEach((name, values) -> attributes.put(name, texts(values.asJsonArray())));
                    return new NewObject(
                            Place.of(object.getString("dn")), Kind.valueOf(object.getString("kind")), attributes);
                })
                .toList();
    }

    private static Pending pending(JsonObject json) {
        return new Pending(
                json.getString("id"),
                Place.of(json.getString("object")),
                json.getString("by"),
                json.getJsonArray("parts").getValuesAs(JsonObject.class).stream()
                        .map(part -> new Pending.Part(
                                part.getString("option"),
                                part.getString("attribute"),
                                part.getBoolean("multiple"),
                                texts(part.getJsonArray("before")),
                                texts(part.getJsonArray("after"))))
                        .toList(),
                removed(json),
                Instant.parse(json.getString("begun")),
                Instant.parse(json.getString("until")));
    }

    private static List<String> texts(JsonArray values) {
        return values.getValuesAs(JsonString.class).stream()
                .map(JsonString::getString)
                .toList();
    }
}
