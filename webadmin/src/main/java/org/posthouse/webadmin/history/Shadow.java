package org.posthouse.webadmin.history;

import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.posthouse.schema.file.AtomicFile;
import org.posthouse.schema.tree.Entry;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.value.Place;

/**
 * The objects that engines read, as they stood when the history last saw them. What differs from it in the directory was
 * changed by others. Kept in a file, which is right up to a line of the journal; the lines after it make up for the rest.
 */
final class Shadow {

    /**
     * One object.
     *
     * @param object its distinguished name
     * @param kind what it is
     * @param attributes its values, secrets sealed
     */
    record Known(String object, Kind kind, Map<String, List<Value>> attributes) {}

    private static final Comparator<Known> TOP_FIRST =
            Comparator.comparingInt(each -> Place.of(each.object()).depth());

    private final Map<String, Known> objects = new HashMap<>();
    private final Map<String, Long> revisions = new HashMap<>();
    private long highest;
    private final Secrets secrets;

    Shadow(Secrets secrets) {
        this.secrets = secrets;
    }

    synchronized Optional<Known> known(String object) {
        return Optional.ofNullable(objects.get(Names.key(object)));
    }

    /** All of them, what holds others first. */
    synchronized List<Known> all() {
        return objects.values().stream().sorted(TOP_FIRST).toList();
    }

    /** Those that stand in an object, what holds others first. */
    synchronized List<Known> inside(String object) {
        String key = "," + Names.key(object);
        return objects.entrySet().stream()
                .filter(each -> each.getKey().endsWith(key))
                .map(Map.Entry::getValue)
                .sorted(TOP_FIRST)
                .toList();
    }

    /** Follows what was done. */
    synchronized void apply(Deed deed) {
        String key = Names.key(deed.object());
        switch (deed.what()) {
            case REMOVED -> objects.keySet().removeIf(other -> other.equals(key) || other.endsWith("," + key));
            case MADE, CHANGED -> {
                if (isShadowed(deed)) {
                    var attributes = new TreeMap<String, List<Value>>(String.CASE_INSENSITIVE_ORDER);
                    known(deed.object()).ifPresent(before -> attributes.putAll(before.attributes()));
                    deed.alterations()
                            .forEach(each -> attributes.merge(
                                    each.attribute(), each.onto(List.of()), (stood, any) -> each.onto(stood)));
                    attributes.values().removeIf(List::isEmpty);
                    objects.put(key, new Known(deed.object(), deed.kind(), attributes));
                }
            }
            case PASSWORD -> {}
        }
    }

    private boolean isShadowed(Deed deed) {
        return isShadowed(deed.kind()) || known(deed.object()).isPresent() || Others.isAdministrators(deed.object());
    }

    /** Whether objects of a kind are kept here: those that are few. */
    static boolean isShadowed(Kind kind) {
        return kind.isAgent()
                || switch (kind) {
                    case INTERNET_SERVICES, MESSAGING_SERVER, HOST_SERVER, WEBADMIN_SERVER, ALIAS -> true;
                    default -> false;
                };
    }

    /** The revision at which an object was seen last; 0: none. */
    synchronized long revision(String object) {
        return revisions.getOrDefault(Names.key(object), 0L);
    }

    /** An object got a revision. */
    synchronized void revised(String object, long revision) {
        revisions.put(Names.key(object), revision);
        reached(revision);
    }

    /** The highest revision ever seen in the directory. */
    synchronized long highest() {
        return highest;
    }

    /** The directory reached a revision. */
    synchronized void reached(long revision) {
        highest = Math.max(highest, revision);
    }

    /** Takes an object as it stands. */
    synchronized void take(Entry entry) {
        revised(entry.place().toString(), entry.revision());
        objects.put(
                Names.key(entry.place().toString()),
                new Known(entry.place().toString(), entry.kind(), attributes(entry, secrets)));
    }

    /** An object's attributes as they are kept. */
    static Map<String, List<Value>> attributes(Entry entry, Secrets secrets) {
        var kept = new TreeMap<String, List<Value>>(String.CASE_INSENSITIVE_ORDER);
        entry.attributes().forEach((name, values) -> {
            if (Alterations.isOf(entry, name)) {
                kept.put(name, secrets.kept(name, values));
            }
        });
        return kept;
    }

    /** Writes it down as right up to a line. */
    synchronized void save(Path file, long number) throws IOException {
        JsonArrayBuilder all = Lines.JSON.createArrayBuilder();
        for (Known known : objects.values()) {
            JsonObjectBuilder attributes = Lines.JSON.createObjectBuilder();
            known.attributes().forEach((name, values) -> attributes.add(name, Lines.json(values)));
            all.add(Lines.JSON
                    .createObjectBuilder()
                    .add("object", known.object())
                    .add("kind", known.kind().name())
                    .add("revision", revision(known.object()))
                    .add("attributes", attributes));
        }
        AtomicFile.replace(
                file,
                Lines.JSON
                        .createObjectBuilder()
                        .add("upTo", number)
                        .add("revision", highest)
                        .add("objects", all)
                        .build()
                        .toString());
    }

    /** Reads it again; tells up to which line it is right, or nothing when there is none. */
    synchronized Optional<Long> load(Path file) throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        byte[] text = Files.readAllBytes(file);
        JsonObject read = Lines.read(text, 0, text.length);
        for (JsonObject each : new ArrayList<>(read.getJsonArray("objects").getValuesAs(JsonObject.class))) {
            var attributes = new TreeMap<String, List<Value>>(String.CASE_INSENSITIVE_ORDER);
            JsonObject stored = each.getJsonObject("attributes");
            stored.keySet().forEach(name -> attributes.put(name, Lines.values(stored.getJsonArray(name))));
            revisions.put(
                    Names.key(each.getString("object")),
                    each.getJsonNumber("revision") == null
                            ? 0L
                            : each.getJsonNumber("revision").longValue());
            objects.put(
                    Names.key(each.getString("object")),
                    new Known(each.getString("object"), Lines.kind(each.getString("kind")), attributes));
        }
        highest = read.containsKey("revision") ? read.getJsonNumber("revision").longValue() : 0;
        return Optional.of(read.getJsonNumber("upTo").longValue());
    }
}
