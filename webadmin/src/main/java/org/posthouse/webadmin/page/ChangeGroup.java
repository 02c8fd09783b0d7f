package org.posthouse.webadmin.page;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.posthouse.schema.value.Place;
import org.posthouse.webadmin.plan.Plan;
import org.posthouse.webadmin.plan.Plan.Difference;

/**
 * A change of a value that a plan makes in one object, or in the same way in several.
 *
 * @param difference the change
 * @param objects the objects that get it
 */
public record ChangeGroup(Difference difference, List<Place> objects) {

    /** The changes of a plan, in its order; those that are alike are one. */
    static List<ChangeGroup> of(Plan plan) {
        var groups = new LinkedHashMap<List<Object>, List<Difference>>();
        plan.differences()
                .forEach(each -> groups.computeIfAbsent(
                                List.of(
                                        each.kind(),
                                        each.attribute(),
                                        each.before(),
                                        each.after(),
                                        each.added(),
                                        each.removed()),
                                any -> new ArrayList<>())
                        .add(each));
        return groups.values().stream()
                .map(all -> new ChangeGroup(
                        all.getFirst(), all.stream().map(Difference::object).toList()))
                .toList();
    }
}
