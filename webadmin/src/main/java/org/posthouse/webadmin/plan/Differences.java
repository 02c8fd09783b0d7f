package org.posthouse.webadmin.plan;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.posthouse.schema.option.OptionFacts;
import org.posthouse.schema.option.Panel;
import org.posthouse.schema.option.PanelFacts;
import org.posthouse.schema.tree.Entry;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.value.Place;
import org.posthouse.webadmin.form.Change;
import org.posthouse.webadmin.form.Meaning;
import org.posthouse.webadmin.plan.Plan.Difference;

/** What differs between two states of an object, told by the options of its pages; secrets are masked. */
final class Differences {

    /** Whose page shows an attribute, and as what. */
    private record Home(Place object, Kind kind, PanelFacts<?> panel, OptionFacts option) {}

    private final Entry before;
    private final Entry after;
    private final List<Entry> parts;

    /** Between two states of an object; {@code parts} are those that stand in it and keep options on it. */
    Differences(Entry before, Entry after, List<Entry> parts) {
        this.before = before;
        this.after = after;
        this.parts = parts;
    }

    /** The attributes whose values differ, with the values wanted; spelling and order do not count. */
    Map<String, List<String>> attributes() {
        var names = new TreeSet<String>(String.CASE_INSENSITIVE_ORDER);
        names.addAll(before.attributes().keySet());
        names.addAll(after.attributes().keySet());
        var differing = new LinkedHashMap<String, List<String>>();
        for (String name : names) {
            if (differs(name)) {
                differing.put(name, after.values(name));
            }
        }
        return differing;
    }

    private boolean differs(String attribute) {
        List<String> was = before.values(attribute);
        List<String> is = after.values(attribute);
        if (was.equals(is)) {
            return false;
        }
        Optional<Home> home = home(attribute);
        return home.isPresent()
                ? change(home.get().option(), was, is).isReal()
                : !new TreeSet<>(was).equals(new TreeSet<>(is));
    }

    /** The same as values of options. */
    List<Difference> told() {
        var told = new ArrayList<Difference>();
        attributes().forEach((attribute, wanted) -> told.add(told(attribute)));
        return told;
    }

    private Difference told(String attribute) {
        List<String> was = before.values(attribute);
        List<String> is = after.values(attribute);
        Optional<Home> found = home(attribute);
        if (found.isEmpty()) {
            return new Difference(
                    after.place(), after.kind(), "", Optional.empty(), attribute, was, is, List.of(), List.of());
        }
        Home home = found.get();
        Change change = change(home.option(), was, is);
        boolean list = home.option().multiple();
        return new Difference(
                home.object(),
                home.kind(),
                home.panel().name(),
                Optional.of(home.option()),
                attribute,
                shown(home.option(), change.before()),
                shown(home.option(), change.after()),
                list ? shown(home.option(), change.added()) : List.of(),
                list ? shown(home.option(), change.removed()) : List.of());
    }

    private static Change change(OptionFacts option, List<String> was, List<String> is) {
        return Change.between(option, Meaning.clean(option, was), Meaning.clean(option, is));
    }

    private static List<String> shown(OptionFacts option, List<String> texts) {
        return option.secret() ? texts.stream().map(text -> Plan.MASK).toList() : texts;
    }

    private Optional<Home> home(String attribute) {
        Optional<Home> own = home(after, Panel.Holder.SELF, attribute);
        return own.isPresent()
                ? own
                : parts.stream()
                        .flatMap(part -> home(part, Panel.Holder.PARENT, attribute).stream())
                        .findFirst();
    }

    private static Optional<Home> home(Entry object, Panel.Holder holder, String attribute) {
        for (PanelFacts<?> panel : object.kind().panels()) {
            for (OptionFacts option : panel.options()) {
                if (panel.holder() == holder && option.attribute().equalsIgnoreCase(attribute)) {
                    return Optional.of(new Home(object.place(), object.kind(), panel, option));
                }
            }
        }
        return Optional.empty();
    }
}
