package org.posthouse.schema.address;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.posthouse.schema.tree.Entry;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.value.Place;

/**
 * Every user, group, role, and alias of a directory at one moment, by name. Immutable and safe for use by several
 * threads.
 *
 * <p>A change of some objects lies over what was there before and costs as much as there are changes; after
 * {@value #MOST_CHANGES} of them the index is built anew.
 */
public final class Population implements EntrySource {

    private static final int MOST_CHANGES = 1_000;

    /**
     * How far the directory agreed.
     *
     * @param complete whether all of them were read
     * @param asOf when they were read last, where anything may have changed since
     */
    private record Standing(boolean complete, Optional<Instant> asOf) {}

    private static final Standing CURRENT = new Standing(true, Optional.empty());

    private final Map<String, List<Addressee>> base;
    // A name that nobody has any more has an empty list here.
    private final Map<String, List<Addressee>> changed;
    private final Set<Place> containers;
    private final Standing standing;

    private Population(
            Map<String, List<Addressee>> base,
            Map<String, List<Addressee>> changed,
            Set<Place> containers,
            Standing standing) {
        this.standing = standing;
        this.base = base;
        this.changed = changed;
        this.containers = containers;
    }

    /** These, of which no two are at one place. */
    public static Population of(Collection<Addressee> all) {
        return of(all, CURRENT);
    }

    private static Population of(Collection<Addressee> all, Standing standing) {
        var byName = HashMap.<String, List<Addressee>>newHashMap(all.size());
        var containers = new HashSet<Place>();
        for (Addressee each : all) {
            byName.merge(Addressee.key(each.name()), List.of(each), Population::both);
            containers.add(each.container());
        }
        return new Population(byName, Map.of(), containers, standing);
    }

    /** The same, as what could be read before the directory stopped answering. */
    public Population incomplete() {
        return new Population(base, changed, containers, new Standing(false, standing.asOf()));
    }

    /** The same, as what was there at a moment; anything may have changed since. */
    public Population asOf(Instant moment) {
        return new Population(base, changed, containers, new Standing(standing.complete(), Optional.of(moment)));
    }

    /** Whether all of them are known. */
    public boolean isComplete() {
        return standing.complete();
    }

    /** When they were read, where anything may have changed since; empty: this is how it stands now. */
    public Optional<Instant> asOf() {
        return standing.asOf();
    }

    private static List<Addressee> both(List<Addressee> some, List<Addressee> more) {
        return Stream.concat(some.stream(), more.stream()).toList();
    }

    /** The population after some objects changed; one that is empty is gone, with everything in it. */
    public Population with(Map<Place, Optional<Addressee>> changes) {
        if (changes.isEmpty()) {
            return this;
        }
        var after = new HashMap<>(changed);
        var inside = new HashSet<>(containers);
        changes.forEach((place, change) -> {
            change.map(Addressee::container).ifPresent(inside::add);
            after.put(Addressee.key(place.leaf()), replaced(after, place, change));
        });
        List<Place> gone = changes.entrySet().stream()
                .filter(change -> change.getValue().isEmpty())
                .map(Map.Entry::getKey)
                .filter(place -> inside.stream().anyMatch(container -> container.isWithin(place)))
                .toList();
        var population = new Population(base, after, inside, standing);
        if (gone.isEmpty() && after.size() <= MOST_CHANGES) {
            return population;
        }
        Set<Place> left = new HashSet<>(inside);
        left.removeIf(container -> gone.stream().anyMatch(container::isWithin));
        return of(
                population.all().filter(each -> left.contains(each.container())).toList(), standing);
    }

    private List<Addressee> replaced(Map<String, List<Addressee>> after, Place place, Optional<Addressee> change) {
        List<Addressee> known = after.get(Addressee.key(place.leaf()));
        var rest = new ArrayList<>(known == null ? named(place.leaf()) : known);
        rest.removeIf(each -> each.place().equals(place));
        change.ifPresent(rest::add);
        return List.copyOf(rest);
    }

    /** All of them, in no order. */
    public Stream<Addressee> all() {
        return Stream.concat(
                base.entrySet().stream()
                        .filter(each -> !changed.containsKey(each.getKey()))
                        .flatMap(each -> each.getValue().stream()),
                changed.values().stream().flatMap(List::stream));
    }

    /** Those that are no users: groups, roles, and aliases. */
    public Stream<Addressee> collective() {
        return all().filter(each -> each.kind() != Kind.USER);
    }

    /** The containers in which somebody is, or was. */
    public Set<Place> containers() {
        return Set.copyOf(containers);
    }

    /** Those of one name, wherever they are. */
    public List<Addressee> named(String name) {
        String key = Addressee.key(name);
        List<Addressee> newer = changed.get(key);
        return newer == null ? base.getOrDefault(key, List.of()) : newer;
    }

    /** The one at a place. */
    public Optional<Addressee> addressee(Place place) {
        if (!place.leafAttribute().equals("cn")) {
            return Optional.empty();
        }
        Optional<Place> container = place.parent();
        return named(place.leaf()).stream()
                .filter(each -> container.filter(each.container()::equals).isPresent())
                .findFirst();
    }

    @Override
    public Optional<Entry> at(Place place) {
        return addressee(place).map(Addressee::entry);
    }

    @Override
    public Optional<Entry> first(AddressResolver resolver, String name) {
        return named(name).stream()
                .filter(each -> resolver.rank(each.container()).isPresent())
                .min(Comparator.comparingInt(
                        each -> resolver.rank(each.container()).orElseThrow()))
                .map(Addressee::entry);
    }
}
