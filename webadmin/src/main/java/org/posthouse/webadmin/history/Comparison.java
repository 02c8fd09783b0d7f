package org.posthouse.webadmin.history;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/** Folds the deeds between two moments into what differs in the end, object by object. */
final class Comparison {

    private final Map<Integer, List<Mark>> byObject = new LinkedHashMap<>();
    private final Function<Mark, Deed> line;

    Comparison(List<Mark> marks, Function<Mark, Deed> line) {
        this.line = line;
        marks.forEach(mark -> byObject.computeIfAbsent(mark.object(), any -> new ArrayList<>(1))
                .add(mark));
    }

    /** How many objects were touched between. */
    int objects() {
        return byObject.size();
    }

    /** What differs of the objects that were touched, the first so many passed over. */
    List<Difference> differences(int skipped, int most) {
        return byObject.values().stream()
                .skip(skipped)
                .limit(most)
                .map(this::folded)
                .flatMap(Optional::stream)
                .toList();
    }

    private Optional<Difference> folded(List<Mark> marks) {
        List<Mark> needed = marks.stream().allMatch(Mark::whole) ? ends(marks) : marks;
        var net = new TreeMap<String, Alteration>(String.CASE_INSENSITIVE_ORDER);
        Deed first = line.apply(needed.getFirst());
        Deed last = first;
        for (Mark mark : needed) {
            last = mark.equals(needed.getFirst()) ? first : line.apply(mark);
            last.alterations().forEach(each -> net.merge(each.attribute(), each, Alteration::then));
        }
        boolean stood = first.what() != Deed.What.MADE;
        boolean stands = last.what() != Deed.What.REMOVED;
        var difference = new Difference(
                last.object(),
                last.kind(),
                stood,
                stands,
                net.values().stream()
                        .filter(each -> !each.isNothing() && !(stood && stands && isClasses(each)))
                        .toList(),
                marks.stream().anyMatch(mark -> mark.what() == Deed.What.PASSWORD));
        return difference.isNothing() || (!stood && !stands) ? Optional.empty() : Optional.of(difference);
    }

    // What was deleted and made again names its classes only once.
    private static boolean isClasses(Alteration alteration) {
        return alteration.attribute().equalsIgnoreCase("objectClass");
    }

    // Where all values stand in each line, those between the first and the last one of a set of attributes tell
    // nothing.
    private static List<Mark> ends(List<Mark> marks) {
        if (marks.size() < 3) {
            return marks;
        }
        var first = new LinkedHashMap<Integer, Mark>();
        var last = new LinkedHashMap<Integer, Mark>();
        for (Mark mark : marks) {
            first.putIfAbsent(mark.attributes(), mark);
            last.put(mark.attributes(), mark);
        }
        return marks.stream()
                .filter(mark -> mark.equals(marks.getFirst())
                        || mark.equals(marks.getLast())
                        || mark.equals(first.get(mark.attributes()))
                        || mark.equals(last.get(mark.attributes())))
                .toList();
    }
}
