package org.posthouse.webadmin.plan;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.posthouse.schema.directory.Directory;
import org.posthouse.schema.directory.Directory.Query;
import org.posthouse.schema.option.OptionFacts;
import org.posthouse.schema.tree.Entry;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.value.Place;

/**
 * Puts back, or completes, what was left half-done. How far it had come is seen from the objects themselves, so it may be
 * interrupted and done again; what others changed meanwhile is theirs.
 */
final class Mending {

    private static final int LOOKED_AT = 50;

    private static final Set<String> LISTS = Kind.catalogue()
            .options()
            .filter(OptionFacts::multiple)
            .map(OptionFacts::attribute)
            .collect(Collectors.toCollection(() -> new TreeSet<>(String.CASE_INSENSITIVE_ORDER)));

    private final Directory directory;
    private final List<Place> done = new ArrayList<>();
    private final List<Place> left = new ArrayList<>();

    Mending(Directory directory) {
        this.directory = directory;
    }

    Mended mend(Work work) {
        if (work.completes()) {
            if (!work.committed()) {
                work.groups().forEach(this::make);
                work.alters().forEach(this::alter);
            }
            work.removes().forEach(this::complete);
        } else {
            work.alters().reversed().forEach(this::putBack);
            work.groups().reversed().forEach(this::takeAway);
        }
        return new Mended(work.who(), work.began(), work.completes(), done, left);
    }

    private void make(List<Step.Make> group) {
        Step.Make top = group.getFirst();
        Optional<Entry> standing = directory.read(top.place());
        if (standing.isEmpty()) {
            directory.createAll(Carrying.objects(group));
            done.add(top.place());
        } else if (!isOurs(top, standing.get())) {
            left.add(top.place());
        }
    }

    private void alter(Work.Altered altered) {
        Optional<Entry> standing = directory.read(altered.place());
        if (standing.isEmpty()) {
            left.add(altered.place());
        } else if (standing.get().revision() == altered.revision()) {
            directory.save(altered.place(), altered.was(), altered.is(), altered.revision());
            done.add(altered.place());
        } else if (!isWritten(altered, standing.get())) {
            left.add(altered.place());
        }
    }

    private static boolean isWritten(Work.Altered altered, Entry now) {
        return altered.is().entrySet().stream().allMatch(each -> same(now.values(each.getKey()), each.getValue()));
    }

    private void complete(Place place, long revision) {
        Optional<Entry> standing = directory.read(place);
        if (standing.isEmpty()) {
            return;
        }
        if (standing.get().revision() == revision) {
            directory.delete(place, revision);
            done.add(place);
        } else {
            left.add(place);
        }
    }

    private void putBack(Work.Altered altered) {
        Optional<Entry> standing = directory.read(altered.place());
        if (standing.isEmpty()) {
            left.add(altered.place());
            return;
        }
        Entry now = standing.get();
        if (now.revision() == altered.revision()) {
            return;
        }
        var was = new LinkedHashMap<String, List<String>>();
        altered.was().forEach((attribute, texts) -> {
            if (LISTS.contains(attribute)
                    || same(now.values(attribute), altered.is().getOrDefault(attribute, List.of()))) {
                was.put(attribute, texts);
            } else if (!same(now.values(attribute), texts) && !left.contains(now.place())) {
                left.add(now.place());
            }
        });
        directory.save(now.place(), altered.is(), was, now.revision());
        done.add(now.place());
    }

    private static boolean same(List<String> one, List<String> two) {
        return new TreeSet<>(one).equals(new TreeSet<>(two));
    }

    private void takeAway(List<Step.Make> group) {
        Step.Make top = group.getFirst();
        Optional<Entry> standing = directory.read(top.place());
        if (standing.isEmpty()) {
            return;
        }
        if (isOurs(top, standing.get()) && holdsNothingElse(top.place(), group)) {
            directory.delete(top.place(), standing.get().revision());
            done.add(top.place());
        } else {
            left.add(top.place());
        }
    }

    private static boolean isOurs(Step.Make make, Entry standing) {
        return make.attributes().entrySet().stream()
                .allMatch(each -> same(standing.values(each.getKey()), each.getValue()));
    }

    private boolean holdsNothingElse(Place place, List<Step.Make> group) {
        var ours = new HashSet<Place>();
        group.forEach(make -> ours.add(make.place()));
        return directory.children(place, Query.first(LOOKED_AT)).entries().stream()
                .map(Entry::place)
                .allMatch(ours::contains);
    }
}
