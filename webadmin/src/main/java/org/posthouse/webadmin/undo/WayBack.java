package org.posthouse.webadmin.undo;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.posthouse.schema.directory.Directory;
import org.posthouse.schema.tree.Entry;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.value.Place;
import org.posthouse.webadmin.history.Alteration;
import org.posthouse.webadmin.history.Change;
import org.posthouse.webadmin.history.Change.State;
import org.posthouse.webadmin.history.Deed;
import org.posthouse.webadmin.history.Difference;
import org.posthouse.webadmin.history.History;
import org.posthouse.webadmin.history.Value;
import org.posthouse.webadmin.plan.Step;
import org.posthouse.webadmin.undo.Misfit.Why;

/**
 * Works out the steps that take a change back, or return objects to a moment, and what of it does not fit any more. It
 * writes nothing: the steps go the way of every other change.
 */
public final class WayBack {

    /**
     * What was worked out.
     *
     * @param steps the steps, in the order in which they can be made; none: there is nothing to do
     * @param misfits what does not fit, for whoever decides
     */
    public record Steps(List<Step> steps, List<Misfit> misfits) {}

    private final History history;
    private final Directory directory;
    private final List<Step> steps = new ArrayList<>();
    private final List<Misfit> misfits = new ArrayList<>();

    /** In a history, from what stands in the directory now. */
    public WayBack(History history, Directory directory) {
        this.history = history;
        this.directory = directory;
    }

    /** The inverse of one change. Throws DirectoryException when the directory cannot be asked. */
    public Steps undo(Change change) {
        if (change.state() != State.DONE) {
            misfits.add(new Misfit(Why.NOT_DONE, change.deeds().getFirst().object(), "", ""));
            return found();
        }
        for (Deed deed : change.deeds().reversed()) {
            switch (deed.what()) {
                case CHANGED -> unchange(deed);
                case MADE -> unmake(deed, change.deeds(), change.revision());
                case REMOVED -> {}
                case PASSWORD -> misfits.add(new Misfit(Why.PASSWORD, deed.object(), "", ""));
            }
        }
        // What held the others comes back first.
        change.deeds().stream()
                .filter(deed -> deed.what() == Deed.What.REMOVED)
                .forEach(deed -> remake(deed.object(), deed.kind(), deed.alterations()));
        return found();
    }

    /** Back to the moment after a change: of an object and those below it, or of everything. */
    public Steps returnTo(long moment, String object) {
        List<Difference> all = history.compare(moment, history.newest(), object, 0, Integer.MAX_VALUE)
                .differences();
        for (Difference each : all) {
            if (each.before() && !each.after()) {
                remake(each.object(), each.kind(), each.alterations());
            } else if (each.before()) {
                reset(each);
            }
            if (each.passwords()) {
                misfits.add(new Misfit(Why.PASSWORD, each.object(), "", ""));
            }
        }
        all.stream()
                .filter(each -> !each.before() && each.after())
                .map(Difference::object)
                .filter(each -> all.stream()
                        .noneMatch(other -> !other.before()
                                && other.after()
                                && !other.object().equals(each)
                                && Place.of(each).isWithin(Place.of(other.object()))))
                .forEach(each -> remove(each, Long.MAX_VALUE));
        return found();
    }

    private Steps found() {
        return new Steps(List.copyOf(steps), List.copyOf(misfits));
    }

    private void unchange(Deed deed) {
        Optional<Entry> now = directory.read(Place.of(deed.object()));
        if (now.isEmpty()) {
            misfits.add(new Misfit(Why.GONE, deed.object(), "", ""));
            return;
        }
        var wanted = new TreeMap<String, List<String>>(String.CASE_INSENSITIVE_ORDER);
        for (Alteration each : deed.alterations()) {
            List<Value> stands = history.kept(each.attribute(), now.get().values(each.attribute()));
            if (fits(each, stands)) {
                want(wanted, deed.object(), each.attribute(), each.off(stands), now.get());
            } else {
                changedSince(deed.object(), each.attribute(), stands);
            }
        }
        alter(deed.object(), wanted);
    }

    // A list of several values may have got others since; one value may not have.
    private static boolean fits(Alteration alteration, List<Value> stands) {
        boolean list = !alteration.whole()
                || alteration.before().size() > 1
                || alteration.after().size() > 1;
        return list
                ? stands.containsAll(alteration.come())
                        && alteration.gone().stream().noneMatch(stands::contains)
                : Alteration.equalSets(stands, alteration.after());
    }

    private void changedSince(String object, String attribute, List<Value> stands) {
        String now =
                String.join(", ", stands.stream().map(Value::shown).limit(5).toList());
        misfits.add(new Misfit(Why.CHANGED_SINCE, object, attribute, now));
    }

    private void reset(Difference difference) {
        Optional<Entry> now = directory.read(Place.of(difference.object()));
        if (now.isEmpty()) {
            misfits.add(new Misfit(Why.GONE, difference.object(), "", ""));
            return;
        }
        var wanted = new TreeMap<String, List<String>>(String.CASE_INSENSITIVE_ORDER);
        for (Alteration each : difference.alterations()) {
            List<Value> stands = history.kept(each.attribute(), now.get().values(each.attribute()));
            List<Value> target = each.whole() ? each.before() : each.off(stands);
            want(wanted, difference.object(), each.attribute(), target, now.get());
        }
        alter(difference.object(), wanted);
    }

    private void want(
            Map<String, List<String>> wanted, String object, String attribute, List<Value> target, Entry now) {
        // What stays needs no opening.
        List<Value> opened = target.stream()
                .filter(value -> !value.secret() || !value.sealed().isEmpty())
                .toList();
        history.opened(attribute, opened)
                .filter(texts -> opened.size() == target.size())
                .ifPresentOrElse(
                        texts -> {
                            if (!texts.equals(now.values(attribute))) {
                                wanted.put(attribute, texts);
                            }
                        },
                        () -> misfits.add(new Misfit(Why.SECRET_LOST, object, attribute, "")));
    }

    private void alter(String object, Map<String, List<String>> wanted) {
        if (!wanted.isEmpty()) {
            steps.add(new Step.Alter(Place.of(object), wanted));
        }
    }

    // What stands in an object that was made at once with it goes along.
    private void unmake(Deed deed, List<Deed> all, long revision) {
        Place place = Place.of(deed.object());
        boolean inside = all.stream()
                .filter(other -> !other.equals(deed) && other.what() == Deed.What.MADE)
                .anyMatch(other -> place.isWithin(Place.of(other.object())));
        if (!inside) {
            remove(deed.object(), revision);
        }
    }

    private void remove(String object, long revision) {
        Optional<Entry> now = directory.read(Place.of(object));
        if (now.isEmpty()) {
            misfits.add(new Misfit(Why.GONE, object, "", ""));
            return;
        }
        if (now.get().revision() > revision) {
            misfits.add(new Misfit(Why.MADE_AND_CHANGED, object, "", ""));
        }
        steps.add(new Step.Remove(Place.of(object)));
    }

    private void remake(String object, Kind kind, List<Alteration> alterations) {
        Place place = Place.of(object);
        if (directory.read(place).isPresent()) {
            misfits.add(new Misfit(Why.THERE_AGAIN, object, "", ""));
            return;
        }
        var attributes = new TreeMap<String, List<String>>(String.CASE_INSENSITIVE_ORDER);
        for (Alteration each : alterations) {
            if (each.attribute().equalsIgnoreCase("objectClass")) {
                foreign(object, kind, each);
            } else if (History.isLasting(kind, each.attribute())) {
                history.opened(each.attribute(), each.before())
                        .ifPresentOrElse(
                                texts -> attributes.put(each.attribute(), texts),
                                () -> misfits.add(new Misfit(Why.SECRET_LOST, object, each.attribute(), "")));
            }
        }
        attributes.values().removeIf(List::isEmpty);
        if (kind == Kind.USER || kind == Kind.HOST_SERVER) {
            misfits.add(new Misfit(Why.PASSWORD, object, "", ""));
        }
        steps.add(new Step.Make(place, kind, attributes));
    }

    private void foreign(String object, Kind kind, Alteration classes) {
        Set<String> own = Set.copyOf(Directory.classes(kind).stream()
                .map(name -> name.toLowerCase(Locale.ROOT))
                .toList());
        classes.before().stream()
                .filter(value -> !own.contains(value.text().toLowerCase(Locale.ROOT)))
                .forEach(value -> misfits.add(new Misfit(Why.FOREIGN_CLASS, object, "objectClass", value.text())));
    }
}
