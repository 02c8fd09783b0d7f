package org.posthouse.schema.summary;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Function;

/**
 * Things of one kind out of many, of which the first few are named and the others counted.
 *
 * @param <T> the things
 * @param first the first few, in the order in which they came
 * @param number how many there are
 */
public record Grouping<T>(List<T> first, int number) {

    /** How many of each kind are named. */
    public static final int FEW = 3;

    // One that is left out is as long as the words that say so.
    private static final int ALL_NAMED = FEW + 1;

    /** How many are not named. */
    public int more() {
        return number - first.size();
    }

    /** Groups those that have the same key, in the order in which the keys came; each group names a few. */
    public static <T> List<Grouping<T>> by(Collection<T> all, Function<T, Object> key) {
        var groups = new LinkedHashMap<Object, List<T>>();
        all.forEach(each -> groups.computeIfAbsent(key.apply(each), any -> new ArrayList<>())
                .add(each));
        return groups.values().stream().map(Grouping::of).toList();
    }

    private static <T> Grouping<T> of(List<T> group) {
        return new Grouping<>(
                group.size() <= ALL_NAMED ? List.copyOf(group) : List.copyOf(group.subList(0, FEW)), group.size());
    }
}
