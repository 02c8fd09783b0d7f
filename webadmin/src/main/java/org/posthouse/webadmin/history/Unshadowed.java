package org.posthouse.webadmin.history;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.posthouse.schema.directory.Directory;
import org.posthouse.schema.directory.Stamp;
import org.posthouse.schema.directory.Stub;
import org.posthouse.schema.tree.Entry;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.value.Place;
import org.posthouse.webadmin.history.Inventory.Item;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What others do to users, groups, and containers, which are too many to be held in memory: found by comparing with the
 * {@link Inventory}, change by change and in a survey of the whole tree.
 */
final class Unshadowed {

    private static final Logger LOG = LoggerFactory.getLogger(Unshadowed.class);
    private static final int REMEMBERED = 5_000;
    // So many times as long as a survey takes, none is made again.
    private static final int REST = 20;

    private final History history;
    private final Directory directory;
    private final Strangers strangers;
    private final Clock clock;
    private final Inventory inventory;
    private final Map<String, Instant> passwords = remembering();
    private Instant surveyedAt = Instant.MIN;
    private Duration surveyTook = Duration.ZERO;

    Unshadowed(History history, Directory directory, Strangers strangers, Clock clock) throws IOException {
        this.history = history;
        this.directory = directory;
        this.strangers = strangers;
        this.clock = clock;
        this.inventory = Inventory.open(history.folder().resolve("inventory.log"));
    }

    private static <V> Map<String, V> remembering() {
        return Collections.synchronizedMap(new LinkedHashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
                return size() > REMEMBERED;
            }
        });
    }

    /** Whether objects of a kind are kept here. */
    static boolean isMeant(Kind kind, String object) {
        return kind != Kind.ROOT && !Shadow.isShadowed(kind) && !Others.isAdministrators(object);
    }

    /** Takes all there is, when nothing was ever taken: where the inventory begins, nobody did anything. */
    void begin() throws IOException {
        if (!inventory.isEmpty()) {
            return;
        }
        var places = new ArrayList<Stub>();
        directory.survey(stub -> {
            if (isMeant(stub.kind(), stub.place().toString())) {
                places.add(stub);
            }
        });
        long upTo = history.newest();
        for (Stub stub : places) {
            Optional<Entry> now = directory.read(stub.place());
            if (now.isPresent()) {
                inventory.put(
                        known(now.get()),
                        new Item(
                                now.get().kind(),
                                changed(stub.changed()),
                                now.get().revision(),
                                Inventory.number(stub.uuid()),
                                upTo,
                                0,
                                0));
            }
        }
        surveyedAt = clock.instant();
        LOG.info("{} users, groups, and containers are recorded from now on", places.size());
    }

    private static long changed(Optional<Instant> at) {
        return at.map(Instant::toEpochMilli).orElse(0L);
    }

    private Shadow.Known known(Entry entry) {
        return new Shadow.Known(entry.place().toString(), entry.kind(), Shadow.attributes(entry, history.secrets()));
    }

    /** This console itself changed an object. */
    void ownDone(Deed deed, long revision) {
        String key = Names.key(deed.object());
        try {
            switch (deed.what()) {
                case PASSWORD -> passwords.put(key, clock.instant());
                case REMOVED -> inventory.remove(deed.object());
                case MADE, CHANGED -> {
                    Optional<Item> before = inventory.item(key);
                    Kind kind = before.map(Item::kind).orElse(deed.kind());
                    if (isMeant(kind, deed.object()) && (before.isPresent() || deed.what() == Deed.What.MADE)) {
                        var attributes = applied(key, deed);
                        inventory.put(
                                new Shadow.Known(deed.object(), kind, attributes),
                                new Item(
                                        kind,
                                        0,
                                        revision,
                                        before.map(Item::uuid).orElse(0L),
                                        history.newest(),
                                        0,
                                        0));
                    }
                }
            }
        } catch (IOException full) {
            LOG.error("The inventory of the history cannot be written", full);
        }
    }

    /** This console itself changed an object and put it back, which is no change by another. */
    void ownRefused(Deed deed) {
        passwords.put(Names.key(deed.object()), clock.instant());
    }

    private Map<String, List<Value>> applied(String key, Deed deed) throws IOException {
        var attributes = new TreeMap<String, List<Value>>(String.CASE_INSENSITIVE_ORDER);
        if (deed.what() != Deed.What.MADE) {
            inventory.known(key).ifPresent(known -> attributes.putAll(known.attributes()));
        }
        deed.alterations().stream()
                .filter(each -> !each.attribute().equalsIgnoreCase("objectClass"))
                .forEach(each -> attributes.put(
                        each.attribute(), each.onto(attributes.getOrDefault(each.attribute(), List.of()))));
        attributes.values().removeIf(List::isEmpty);
        return attributes;
    }

    /** One that is there was changed, by whomever. */
    void changed(Entry now, Optional<Stamp> stamp, Instant since) throws IOException {
        if (!isMeant(now.kind(), now.place().toString())) {
            return;
        }
        String object = now.place().toString();
        String key = Names.key(object);
        Optional<Item> item = inventory.item(key);
        Optional<String> former = item.isEmpty() ? renamed(stamp) : Optional.empty();
        Found found = found(now, key, item, stamp);
        if (former.isPresent()) {
            Shadow.Known old = inventory.known(former.get()).orElseThrow();
            inventory.remove(old.object());
            take(now, stamp);
            strangers.renamed(
                    removed(old),
                    new Deed(0, Deed.What.MADE, object, now.kind(), found.alterations()),
                    new Strangers.Trace(Optional.of(now), stamp, Long.MAX_VALUE, since));
            return;
        }
        take(now, stamp);
        if (found.isNews()) {
            strangers.write(
                    List.of(new Deed(0, found.what(), object, now.kind(), found.alterations())),
                    new Strangers.Trace(
                            Optional.of(now), stamp, item.map(Item::revision).orElse(0L), since));
        }
    }

    /** What an object differs by; news or not. */
    private record Found(Deed.What what, List<Alteration> alterations, boolean isNews) {}

    private Found found(Entry now, String key, Optional<Item> item, Optional<Stamp> stamp) throws IOException {
        Map<String, List<Value>> after = Shadow.attributes(now, history.secrets());
        Map<String, List<Value>> before = item.isEmpty()
                ? written(now, 0, Map.of())
                : inventory.known(key).orElseThrow().attributes();
        if (item.isPresent() && !Alterations.between(before, after).isEmpty()) {
            // What this console wrote while the inventory was not kept is in the journal.
            before = written(now, item.get().upTo(), before);
        }
        List<Alteration> alterations = Alterations.between(before, after);
        boolean made = item.isEmpty() && before.isEmpty();
        boolean news = made || !alterations.isEmpty() || isPassword(key, item, stamp);
        return new Found(made ? Deed.What.MADE : Deed.What.CHANGED, alterations, news);
    }

    private Map<String, List<Value>> written(Entry now, long upTo, Map<String, List<Value>> before) {
        var attributes = new TreeMap<String, List<Value>>(String.CASE_INSENSITIVE_ORDER);
        attributes.putAll(before);
        history.replay(
                upTo,
                now.place().toString(),
                deed -> deed.alterations().stream()
                        .filter(each -> !each.attribute().equalsIgnoreCase("objectClass"))
                        .forEach(each -> attributes.put(
                                each.attribute(), each.onto(attributes.getOrDefault(each.attribute(), List.of())))));
        attributes.values().removeIf(List::isEmpty);
        return attributes;
    }

    // Nothing readable differs, and yet it was changed: a password, or what is not text. Time 0: changed by this
    // console.
    private boolean isPassword(String key, Optional<Item> item, Optional<Stamp> stamp) {
        long at = changed(stamp.flatMap(Stamp::at));
        if (item.isEmpty() || item.get().changed() == 0 || at <= item.get().changed()) {
            return false;
        }
        Instant own = passwords.get(key);
        return own == null || at > own.plus(Strangers.STAMP).toEpochMilli();
    }

    // The server's identifier stays when an object gets another name.
    private Optional<String> renamed(Optional<Stamp> stamp) {
        return stamp.map(known -> Inventory.number(known.uuid()))
                .flatMap(inventory::keyOf)
                .filter(key -> directory.read(Place.of(key)).isEmpty());
    }

    private void take(Entry now, Optional<Stamp> stamp) throws IOException {
        inventory.put(
                known(now),
                new Item(
                        now.kind(),
                        changed(stamp.flatMap(Stamp::at)),
                        now.revision(),
                        Inventory.number(stamp.map(Stamp::uuid).orElse("")),
                        history.newest(),
                        0,
                        0));
    }

    private static Deed removed(Shadow.Known known) {
        return new Deed(
                0, Deed.What.REMOVED, known.object(), known.kind(), Alterations.between(known.attributes(), Map.of()));
    }

    /** One is gone; in whose name, whoever follows the directory may know. */
    void gone(String object, Instant since) throws IOException {
        String key = Names.key(object);
        Optional<Shadow.Known> known = inventory.known(key);
        if (known.isEmpty()) {
            return;
        }
        long revision = inventory.item(key).map(Item::revision).orElse(0L);
        var deeds = new ArrayList<Deed>(List.of(removed(known.get())));
        inventory.inside(key).forEach(each -> deeds.add(removed(each)));
        inventory.remove(object);
        strangers.write(deeds, new Strangers.Trace(Optional.empty(), Optional.empty(), revision, since));
    }

    /** Everything that is gone from the inventory with an object that is gone. */
    List<Deed> goneWith(String object) throws IOException {
        List<Deed> deeds = inventory.inside(Names.key(object)).stream()
                .map(Unshadowed::removed)
                .toList();
        inventory.remove(object);
        return deeds;
    }

    /**
     * Compares the whole tree with the inventory and has every object looked at that differs. Takes the server seconds for
     * 100,000 objects; within 20 times as long, another one is not made.
     */
    void survey(boolean whatever, Consumer<Place> look) {
        Instant start = clock.instant();
        if (!whatever && start.isBefore(surveyedAt.plus(surveyTook.multipliedBy(REST)))) {
            return;
        }
        var differs = new LinkedHashSet<Place>();
        Set<String> seen = new HashSet<>();
        directory.survey(stub -> {
            if (isMeant(stub.kind(), stub.place().toString())) {
                String key = Names.key(stub.place().toString());
                seen.add(key);
                if (inventory.item(key).filter(item -> isSame(item, stub)).isEmpty()) {
                    differs.add(stub.place());
                }
            }
        });
        List<Place> gone = inventory.keys().stream()
                .filter(key -> !seen.contains(key))
                .map(Place::of)
                .sorted(Comparator.comparingInt(Place::depth))
                .toList();
        surveyTook = Duration.between(start, clock.instant());
        surveyedAt = clock.instant();
        // New names first: a rename takes its old name along.
        differs.forEach(look);
        gone.stream()
                .filter(place -> inventory.item(Names.key(place.toString())).isPresent())
                .forEach(look);
    }

    private static boolean isSame(Item item, Stub stub) {
        return item.revision() == stub.revision() && item.changed() == changed(stub.changed());
    }

    void close() throws IOException {
        inventory.close();
    }
}
