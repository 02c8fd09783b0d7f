package org.posthouse.webadmin.plan;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.posthouse.schema.directory.Scribe;
import org.posthouse.schema.tree.Entry;
import org.posthouse.schema.value.Place;

/**
 * What is written to carry out a plan, in its order.
 *
 * @param who for whom
 * @param began since when
 * @param committed whether the removals have begun, so that it is completed and no more put back
 * @param after what happens to it after an interruption while that is not so
 * @param makes objects that come
 * @param alters objects that get other values
 * @param removes objects that go, with the revisions seen
 */
record Work(
        String who,
        Instant began,
        boolean committed,
        AfterInterruption after,
        List<Step.Make> makes,
        List<Altered> alters,
        Map<Place, Long> removes) {

    /**
     * An object that gets other values.
     *
     * @param place which one
     * @param revision the revision seen
     * @param was its values as they stood
     * @param is its values as wanted
     */
    record Altered(Place place, long revision, Map<String, List<String>> was, Map<String, List<String>> is) {}

    /** What a plan asks to be written. */
    static Work of(Plan plan, String who, Instant now, AfterInterruption after) {
        var makes = new ArrayList<Step.Make>();
        var alters = new ArrayList<Altered>();
        var removes = new LinkedHashMap<Place, Long>();
        for (Step step : plan.steps()) {
            switch (step) {
                case Step.Make make -> makes.add(make);
                case Step.Alter alter -> alters.add(altered(stood(plan, step), alter));
                case Step.Remove remove ->
                    removes.put(remove.place(), stood(plan, step).revision());
            }
        }
        return new Work(who, now, false, after, makes, alters, removes);
    }

    private static Entry stood(Plan plan, Step step) {
        Entry stood = plan.stood().get(step.place());
        if (stood == null) {
            throw new IllegalArgumentException("the plan does not say how " + step.place() + " stood");
        }
        return stood;
    }

    private static Altered altered(Entry stood, Step.Alter alter) {
        var was = new LinkedHashMap<String, List<String>>();
        alter.wanted().keySet().forEach(attribute -> was.put(attribute, stood.values(attribute)));
        return new Altered(alter.place(), stood.revision(), was, alter.wanted());
    }

    /** The same with its removals begun. */
    Work removing() {
        return new Work(who, began, true, after, makes, alters, removes);
    }

    /** The same, put back unless its removals have begun. */
    Work rollingBack() {
        return new Work(who, began, committed, AfterInterruption.ROLL_BACK, makes, alters, removes);
    }

    /** Whether it is completed after an interruption; otherwise it is put back. */
    boolean completes() {
        return committed || after == AfterInterruption.FINISH;
    }

    /** New objects that are created together: each of the first with those that stand in it. */
    List<List<Step.Make>> groups() {
        var groups = new ArrayList<List<Step.Make>>();
        for (Step.Make make : makes) {
            groups.stream()
                    .filter(group -> make.place().isWithin(group.getFirst().place()))
                    .findFirst()
                    .ifPresentOrElse(group -> group.add(make), () -> groups.add(new ArrayList<>(List.of(make))));
        }
        return groups;
    }

    /** What it is to a scribe after it was cut off. */
    Scribe.CutOff cutOff() {
        return new Scribe.CutOff(began, this::concerns);
    }

    private boolean concerns(Place place) {
        return makes.stream().anyMatch(make -> make.place().equals(place))
                || alters.stream().anyMatch(altered -> altered.place().equals(place))
                || removes.keySet().stream().anyMatch(gone -> place.equals(gone) || place.isWithin(gone));
    }

    /** How many writes there are, each of which happens whole or not at all. */
    int parts() {
        return groups().size() + alters.size() + (removes.isEmpty() ? 0 : 1);
    }
}
