package org.posthouse.webadmin.plan;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.posthouse.schema.directory.Directory;
import org.posthouse.schema.option.Problem;
import org.posthouse.schema.tree.Entry;
import org.posthouse.schema.tree.MessagingServer;
import org.posthouse.schema.tree.Tree;
import org.posthouse.schema.value.Place;
import org.posthouse.webadmin.plan.Plan.Flaw;

/**
 * The tree as it stands and as it would stand after steps. What configuration does not hold, such as users, is read once
 * when it is asked for.
 */
final class Outlook {

    private final Directory directory;
    private final Tree before;
    private final Map<Place, Optional<Entry>> read = new HashMap<>();
    private final Map<Place, Optional<Entry>> becomes = new LinkedHashMap<>();
    private final Set<Place> removed = new LinkedHashSet<>();
    private final List<Flaw> flaws = new ArrayList<>();
    private @Nullable Tree after;

    /** Begins with a tree, in which objects that the asker saw stand as they were seen. */
    Outlook(Directory directory, Tree tree, Collection<Entry> seen) {
        this.directory = directory;
        seen.forEach(entry -> read.put(entry.place(), Optional.of(entry)));
        var known = new HashMap<Place, Optional<Entry>>();
        seen.stream()
                .filter(entry -> differs(tree, entry))
                .forEach(entry -> known.put(entry.place(), Optional.of(entry)));
        this.before = known.isEmpty() ? tree : tree.with(known);
    }

    // Only what belongs into a tree, and stands there in another state.
    private static boolean differs(Tree tree, Entry seen) {
        return tree.entry(seen.place()).filter(known -> !known.equals(seen)).isPresent();
    }

    /** Goes on by one step. */
    void take(Step step) {
        switch (step) {
            case Step.Make make -> make(make);
            case Step.Alter alter -> alter(alter);
            case Step.Remove remove -> remove(remove.place());
        }
    }

    private void make(Step.Make step) {
        if (removed.stream().anyMatch(step.place()::isWithin)) {
            flaw(step.place(), "is deleted by the same plan");
        } else if (after(step.place()).isPresent()) {
            flaw(step.place(), "already exists");
        } else {
            becomes.put(step.place(), Optional.of(new Entry(step.place(), step.kind(), 0, step.attributes())));
        }
    }

    private void alter(Step.Alter step) {
        Optional<Entry> known = after(step.place());
        if (known.isEmpty()) {
            flaw(step.place(), "does not exist");
            return;
        }
        Entry entry = known.get();
        var attributes = new TreeMap<String, List<String>>(entry.attributes());
        step.wanted().forEach((attribute, texts) -> {
            if (texts.isEmpty()) {
                attributes.remove(attribute);
            } else {
                attributes.put(attribute, texts);
            }
        });
        becomes.put(step.place(), Optional.of(new Entry(entry.place(), entry.kind(), entry.revision(), attributes)));
    }

    private void remove(Place place) {
        if (after(place).isEmpty()) {
            flaw(place, "does not exist");
            return;
        }
        becomes.keySet().removeIf(each -> each.isWithin(place));
        if (before(place).isPresent()) {
            removed.removeIf(each -> each.isWithin(place));
            removed.add(place);
        }
    }

    private void flaw(Place place, String reason) {
        flaws.add(new Flaw(place, new Problem("", place.leaf(), reason)));
    }

    /** What the steps themselves get wrong. */
    List<Flaw> flaws() {
        return flaws;
    }

    /** The objects that come or get other values, as they would stand, in the order of the steps. */
    List<Entry> changed() {
        return becomes.values().stream().flatMap(Optional::stream).toList();
    }

    /** The objects that go, none within another. */
    Set<Place> removed() {
        return removed;
    }

    /** An object as it stands. */
    Optional<Entry> before(Place place) {
        Optional<Entry> known = before.entry(place);
        return known.isPresent() ? known : read.computeIfAbsent(place, directory::read);
    }

    /** An object as it would stand. */
    Optional<Entry> after(Place place) {
        Optional<Entry> known = becomes.get(place);
        if (known != null) {
            return known;
        }
        return removed.stream().anyMatch(place::isWithin) ? Optional.empty() : before(place);
    }

    /** The tree as it stands. */
    Tree before() {
        return before;
    }

    /** The tree as it would stand after all steps taken so far; taken when there are no more. */
    Tree after() {
        Tree known = after;
        if (known == null) {
            var changes = new HashMap<>(becomes);
            before.entries().stream()
                    .map(Entry::place)
                    .filter(place -> removed.stream().anyMatch(place::isWithin))
                    .forEach(place -> changes.put(place, Optional.empty()));
            known = before.with(changes);
            after = known;
        }
        return known;
    }

    /** Whether a messaging server gets another Host Server. */
    boolean moves(MessagingServer server) {
        return before().server(server.place())
                .filter(known -> !known.identification()
                        .hostServer()
                        .equals(server.identification().hostServer()))
                .isPresent();
    }

    /** Every object concerned as it stands. */
    Map<Place, Entry> stood() {
        var stood = new HashMap<Place, Entry>();
        Stream.concat(becomes.keySet().stream(), removed.stream())
                .forEach(place -> before(place).ifPresent(entry -> stood.put(place, entry)));
        return stood;
    }

    /** New objects, what they stand in before them. */
    List<Entry> made() {
        return changed().stream()
                .filter(entry -> before(entry.place()).isEmpty())
                .sorted(Comparator.comparingInt(entry -> entry.place().depth()))
                .toList();
    }

    /** Objects that stood and get other values. */
    List<Entry> altered() {
        return changed().stream()
                .filter(entry -> before(entry.place()).isPresent())
                .toList();
    }
}
