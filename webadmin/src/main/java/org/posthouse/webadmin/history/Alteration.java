package org.posthouse.webadmin.history;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What became of one attribute. Of a long list only the values that went and came are kept.
 *
 * @param attribute its name in the directory
 * @param before its values before, or those that went
 * @param after its values after, or those that came
 * @param whole whether all values are there
 */
public record Alteration(String attribute, List<Value> before, List<Value> after, boolean whole) {

    /** So many values are kept whole; of more only the difference. */
    static final int MANY = 100;

    /** What differs between two lists. */
    static Alteration between(String attribute, List<Value> before, List<Value> after) {
        if (before.size() + after.size() <= MANY) {
            return new Alteration(attribute, before, after, true);
        }
        var all = new Alteration(attribute, before, after, true);
        boolean order = all.gone().isEmpty() && all.come().isEmpty();
        return order ? all : new Alteration(attribute, all.gone(), all.come(), false);
    }

    /** The values that went. */
    public List<Value> gone() {
        return without(before, after);
    }

    /** The values that came. */
    public List<Value> come() {
        return without(after, before);
    }

    /** What stands after it, of a list that stood before it. */
    List<Value> onto(List<Value> stood) {
        return whole ? after : replaced(stood, gone(), come());
    }

    /** What stood before it, of a list that stands after it: values that others put there since stay. */
    public List<Value> off(List<Value> stands) {
        return whole && equalSets(stands, after) ? before : replaced(stands, come(), gone());
    }

    /** Both in one: from what stood before this one to what stands after the next one. */
    Alteration then(Alteration next) {
        if (whole && next.whole) {
            return new Alteration(attribute, before, next.after, true);
        }
        if (whole) {
            return new Alteration(attribute, before, next.onto(after), true);
        }
        if (next.whole) {
            return new Alteration(attribute, replaced(next.before, come(), gone()), next.after, true);
        }
        List<Value> went = new ArrayList<>(without(gone(), next.come()));
        went.addAll(without(next.gone(), come()));
        List<Value> came = new ArrayList<>(without(come(), next.gone()));
        came.addAll(without(next.come(), gone()));
        return new Alteration(attribute, went, came, false);
    }

    /** Whether nothing differs after all. */
    boolean isNothing() {
        return before.equals(after)
                && before.stream().noneMatch(value -> value.text().isEmpty() && value.secret());
    }

    /** Whether two lists hold the same values, whatever their order. */
    public static boolean equalSets(List<Value> one, List<Value> other) {
        return one.size() == other.size() && new HashSet<>(one).equals(new HashSet<>(other));
    }

    private static List<Value> replaced(List<Value> list, List<Value> away, List<Value> more) {
        List<Value> left = new ArrayList<>(without(list, away));
        left.addAll(without(more, left));
        return List.copyOf(left);
    }

    private static List<Value> without(List<Value> from, List<Value> those) {
        Set<Value> known = new HashSet<>(those);
        return from.stream().filter(value -> !known.contains(value)).toList();
    }
}
