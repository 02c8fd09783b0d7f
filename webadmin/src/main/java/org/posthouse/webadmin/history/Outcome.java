package org.posthouse.webadmin.history;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.posthouse.schema.directory.Directory;
import org.posthouse.schema.directory.Stamp;
import org.posthouse.schema.tree.Entry;
import org.posthouse.schema.value.Place;
import org.posthouse.webadmin.history.Change.State;

/** Finds out from the directory whether a change was carried out whose end nobody wrote down. */
final class Outcome {

    /**
     * What was found.
     *
     * @param state done, refused, or unclear
     * @param remark how it is known
     */
    record Found(State state, String remark) {}

    private static final String CUT_OFF = "; the outcome was determined from the directory after an interruption";

    private final Directory directory;
    private final Secrets secrets;

    Outcome(Directory directory, Secrets secrets) {
        this.directory = directory;
        this.secrets = secrets;
    }

    /** Of a change: done where each deed is done, refused where none is. */
    Found of(Change change) {
        List<Found> all = change.deeds().stream().map(deed -> of(deed, change)).toList();
        Found first = all.getFirst();
        return all.stream().allMatch(each -> each.state() == first.state())
                ? first
                : new Found(State.UNCLEAR, "a part of the object exists" + CUT_OFF);
    }

    private Found of(Deed first, Change change) {
        Place place = Place.of(first.object());
        Optional<Entry> now = directory.read(place);
        return switch (first.what()) {
            case MADE -> now.isPresent() ? done("the object exists") : not("the object does not exist");
            case REMOVED -> now.isEmpty() ? done("the object was deleted") : not("the object still exists");
            case PASSWORD -> password(place, change.at());
            case CHANGED ->
                now.map(entry -> values(entry, first.alterations()))
                        .orElseGet(() -> new Found(State.UNCLEAR, "the object has since been deleted" + CUT_OFF));
        };
    }

    private Found values(Entry entry, List<Alteration> alterations) {
        boolean after =
                alterations.stream().allMatch(each -> stands(entry, each.attribute(), each.come(), each.gone()));
        boolean before =
                alterations.stream().allMatch(each -> stands(entry, each.attribute(), each.gone(), each.come()));
        if (after != before) {
            return after ? done("the new values are in the directory") : not("the old values are in the directory");
        }
        boolean ordered = after
                && alterations.stream()
                        .allMatch(each -> secrets.kept(each.attribute(), entry.values(each.attribute()))
                                .equals(each.after()));
        return ordered
                ? done("the new values are in the directory")
                : new Found(State.UNCLEAR, "the current values are neither the old nor the new ones" + CUT_OFF);
    }

    private boolean stands(Entry entry, String attribute, List<Value> there, List<Value> notThere) {
        List<Value> now = secrets.kept(attribute, entry.values(attribute));
        return now.containsAll(there) && notThere.stream().noneMatch(now::contains);
    }

    private Found password(Place place, Instant at) {
        boolean since = directory
                .stamp(place)
                .flatMap(Stamp::at)
                .map(time -> !time.isBefore(at.minus(Duration.ofSeconds(1))))
                .orElse(false);
        return since ? done("the account was changed then") : not("the account was not changed since");
    }

    private static Found done(String how) {
        return new Found(State.DONE, how + CUT_OFF);
    }

    private static Found not(String how) {
        return new Found(State.REFUSED, how + CUT_OFF);
    }
}
