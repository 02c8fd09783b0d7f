package org.posthouse.webadmin.history;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.posthouse.schema.file.AtomicFile;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.value.Place;

/**
 * Users, groups, and containers as the history last saw them. Memory holds about 200 octets for each object; the
 * attributes are in a file, to which each state is appended and which is rewritten when half of it is out of date.
 *
 * <p>What is appended is not synced: after a power cut, changes may be found a second time, and the journal tells which of them
 * it holds already. Safe for use by several threads.
 */
final class Inventory implements AutoCloseable {

    private static final long ROOM = 4 << 20;

    /**
     * What is held of one object.
     *
     * @param kind what it is
     * @param changed when it was changed last by the clock of the server, in milliseconds; 0: not known
     * @param revision its revision
     * @param uuid a number made from the server's identifier; 0: none
     * @param upTo the number of the journal's newest line when it was taken
     * @param offset where its line begins
     * @param length how long the line is
     */
    record Item(Kind kind, long changed, long revision, long uuid, long upTo, long offset, int length) {}

    private final Path file;
    private final Map<String, Item> items = new HashMap<>();
    private final Map<Long, String> byUuid = new HashMap<>();
    private RandomAccessFile out;
    private long end;
    private long used;

    private Inventory(Path file, RandomAccessFile out) {
        this.file = file;
        this.out = out;
    }

    /** Opens the inventory in a file, or an empty one. */
    static Inventory open(Path file) throws IOException {
        var inventory = new Inventory(file, Pages.append(file));
        inventory.load();
        return inventory;
    }

    /** A number made from an identifier of the server; 0 for none. */
    static long number(String uuid) {
        long number = 0;
        for (int i = 0; i < uuid.length(); i++) {
            number = number * 1_000_003 + uuid.charAt(i);
        }
        return number;
    }

    private void load() throws IOException {
        Pages.read(file, (spot, bytes, from) -> {
            try {
                take(Lines.read(bytes, from, spot.length()), spot.offset(), spot.length());
            } catch (JsonException | ClassCastException | NullPointerException damaged) {
                // The object counts as not seen and is taken as it is now.
            }
            end = spot.offset() + spot.length() + 1;
        });
        out.setLength(end);
        if (end > 2 * used + ROOM) {
            rewrite();
        }
    }

    private void take(JsonObject line, long offset, int length) {
        String key = Names.key(line.getString("object"));
        if (line.containsKey("gone")) {
            forget(key);
            return;
        }
        put(
                key,
                new Item(
                        Lines.kind(line.getString("kind")),
                        number(line, "changed"),
                        number(line, "revision"),
                        number(line, "uuid"),
                        number(line, "upTo"),
                        offset,
                        length));
    }

    private static long number(JsonObject line, String name) {
        return line.containsKey(name) ? line.getJsonNumber(name).longValue() : 0;
    }

    private void put(String key, Item item) {
        Item before = items.put(key, item);
        if (item.uuid() != 0) {
            byUuid.put(item.uuid(), key);
        }
        used += item.length() - (before == null ? 0 : before.length());
    }

    private void forget(String key) {
        Item before = items.remove(key);
        if (before != null) {
            byUuid.remove(before.uuid(), key);
        }
        used -= before == null ? 0 : before.length();
    }

    // Only what is still right.
    private void rewrite() throws IOException {
        Path draft = AtomicFile.draft(file);
        Files.deleteIfExists(draft);
        Files.createFile(
                draft, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(AtomicFile.PRIVATE)));
        var fresh = new HashMap<String, Item>();
        long at = 0;
        try (var to = new RandomAccessFile(draft.toFile(), "rw")) {
            for (Map.Entry<String, Item> each : items.entrySet()) {
                Item item = each.getValue();
                byte[] line = new byte[item.length() + 1];
                out.seek(item.offset());
                out.readFully(line);
                to.write(line);
                fresh.put(
                        each.getKey(),
                        new Item(
                                item.kind(),
                                item.changed(),
                                item.revision(),
                                item.uuid(),
                                item.upTo(),
                                at,
                                item.length()));
                at += line.length;
            }
        }
        out.close();
        AtomicFile.move(draft, file);
        out = new RandomAccessFile(file.toFile(), "rw");
        items.clear();
        items.putAll(fresh);
        end = at;
    }

    /** Whether it holds nothing. */
    synchronized boolean isEmpty() {
        return items.isEmpty();
    }

    synchronized int size() {
        return items.size();
    }

    /** What is held of an object, by its {@linkplain Names#key key}. */
    synchronized Optional<Item> item(String key) {
        return Optional.ofNullable(items.get(key));
    }

    /** The keys of all objects. */
    synchronized List<String> keys() {
        return new ArrayList<>(items.keySet());
    }

    /** The key of the object that has a number made from an identifier. */
    synchronized Optional<String> keyOf(long uuid) {
        return Optional.ofNullable(byUuid.get(uuid));
    }

    /** An object with its attributes. Reads the file. */
    synchronized Optional<Shadow.Known> known(String key) throws IOException {
        Item item = items.get(key);
        if (item == null) {
            return Optional.empty();
        }
        byte[] line = new byte[item.length()];
        out.seek(item.offset());
        out.readFully(line);
        JsonObject read = Lines.read(line, 0, line.length);
        var attributes = new TreeMap<String, List<Value>>(String.CASE_INSENSITIVE_ORDER);
        JsonObject stored = read.getJsonObject("attributes");
        stored.keySet().forEach(name -> attributes.put(name, Lines.values(stored.getJsonArray(name))));
        return Optional.of(new Shadow.Known(read.getString("object"), item.kind(), attributes));
    }

    /** The objects in an object, those that hold others first. Looks at all of them. */
    synchronized List<Shadow.Known> inside(String key) throws IOException {
        var found = new ArrayList<Shadow.Known>();
        for (String each : keys()) {
            if (each.endsWith("," + key)) {
                known(each).ifPresent(found::add);
            }
        }
        found.sort(Comparator.comparingInt(each -> Place.of(each.object()).depth()));
        return found;
    }

    /** Takes an object as it is. */
    synchronized void put(Shadow.Known object, Item about) throws IOException {
        JsonObjectBuilder attributes = Lines.JSON.createObjectBuilder();
        object.attributes().forEach((name, values) -> attributes.add(name, Lines.json(values)));
        byte[] line = Lines.JSON
                .createObjectBuilder()
                .add("object", object.object())
                .add("kind", object.kind().name())
                .add("changed", about.changed())
                .add("revision", about.revision())
                .add("uuid", about.uuid())
                .add("upTo", about.upTo())
                .add("attributes", attributes)
                .build()
                .toString()
                .getBytes(UTF_8);
        long offset = append(line);
        put(
                Names.key(object.object()),
                new Item(
                        object.kind(),
                        about.changed(),
                        about.revision(),
                        about.uuid(),
                        about.upTo(),
                        offset,
                        line.length));
    }

    /** An object is gone, with all in it. */
    synchronized void remove(String object) throws IOException {
        String key = Names.key(object);
        for (String each : keys()) {
            if (each.equals(key) || each.endsWith("," + key)) {
                forget(each);
                append(Lines.JSON
                        .createObjectBuilder()
                        .add("object", each)
                        .add("gone", true)
                        .build()
                        .toString()
                        .getBytes(UTF_8));
            }
        }
    }

    private long append(byte[] line) throws IOException {
        byte[] whole = java.util.Arrays.copyOf(line, line.length + 1);
        whole[line.length] = '\n';
        long offset = end;
        out.seek(end);
        out.write(whole);
        end += whole.length;
        return offset;
    }

    @Override
    public synchronized void close() throws IOException {
        out.close();
    }
}
