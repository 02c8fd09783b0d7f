package org.posthouse.webadmin.history;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.posthouse.schema.directory.Act;
import org.posthouse.schema.tree.Entry;
import org.posthouse.schema.tree.Kind;

/** What an act does to the attributes of its object, as far as it is of the history's concern. */
final class Alterations {

    // The machinery of saving, and what the server says of itself: told elsewhere, or of no meaning later.
    private static final Set<String> MACHINERY = Set.of(
            "posthouserevision",
            "posthouseconfigversion",
            "posthousepending",
            "posthousechangedby",
            "posthousedeletion",
            "modifytimestamp");

    private Alterations() {}

    /** Whether an attribute is written down at all. */
    static boolean isKept(String attribute) {
        return !MACHINERY.contains(attribute.toLowerCase(Locale.ROOT));
    }

    // An engine's own marks on the object of its host: they say where it runs, and change with each start.
    private static final Set<String> MARKS = Set.of(
            "posthousestatusurl", "posthouseengine", "posthouserivalurl", "posthouselease", "posthouseleaseclaim");

    /** Whether an attribute of an object as it stands in the directory is of the history's concern. */
    static boolean isOf(Entry entry, String attribute) {
        return isKept(attribute)
                && !(entry.kind() == Kind.HOST_SERVER && MARKS.contains(attribute.toLowerCase(Locale.ROOT)))
                && !(attribute.equalsIgnoreCase(entry.place().leafAttribute())
                        && entry.values(attribute).equals(List.of(entry.name())))
                && !attribute.equalsIgnoreCase("objectClass");
    }

    /** Whether an attribute comes back with its object: an engine's marks are made anew by the engine. */
    static boolean isLasting(Kind kind, String attribute) {
        return isKept(attribute) && !(kind == Kind.HOST_SERVER && MARKS.contains(attribute.toLowerCase(Locale.ROOT)));
    }

    /** What differs between two states of an object. */
    static List<Alteration> between(Map<String, List<Value>> before, Map<String, List<Value>> after) {
        var names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        names.addAll(before.keySet());
        names.addAll(after.keySet());
        return names.stream()
                .filter(name -> !name.equalsIgnoreCase("objectClass"))
                .filter(name -> !Alteration.equalSets(
                        before.getOrDefault(name, List.of()), after.getOrDefault(name, List.of())))
                .map(name -> Alteration.between(
                        name, before.getOrDefault(name, List.of()), after.getOrDefault(name, List.of())))
                .toList();
    }

    /** An act as it is written down. */
    static Deed deed(Act act, Secrets secrets) {
        Deed.What what = switch (act) {
            case Act.Made made -> Deed.What.MADE;
            case Act.Removed removed -> Deed.What.REMOVED;
            case Act.Changed changed -> Deed.What.CHANGED;
            case Act.Password password -> Deed.What.PASSWORD;
        };
        return new Deed(0, what, act.place().toString(), act.kind(), of(act, secrets));
    }

    private static List<Alteration> of(Act act, Secrets secrets) {
        return switch (act) {
            case Act.Made made -> between(Map.of(), unnamed(made, made.attributes()), secrets);
            case Act.Removed removed -> between(unnamed(removed, removed.attributes()), Map.of(), secrets);
            case Act.Changed changed -> between(changed.before(), changed.after(), secrets);
            case Act.Password password -> List.of();
        };
    }

    // The name says it already.
    private static Map<String, List<String>> unnamed(Act act, Map<String, List<String>> attributes) {
        Map<String, List<String>> copy = anyCase(attributes);
        copy.computeIfPresent(
                act.place().leafAttribute(),
                (name, values) -> values.equals(List.of(act.place().leaf())) ? null : values);
        return copy;
    }

    static List<Alteration> between(
            Map<String, List<String>> before, Map<String, List<String>> after, Secrets secrets) {
        var names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        names.addAll(before.keySet());
        names.addAll(after.keySet());
        Map<String, List<String>> old = anyCase(before);
        Map<String, List<String>> fresh = anyCase(after);
        return names.stream()
                .filter(Alterations::isKept)
                .map(name -> Alteration.between(
                        name,
                        secrets.kept(name, old.getOrDefault(name, List.of())),
                        secrets.kept(name, fresh.getOrDefault(name, List.of()))))
                .filter(each -> !each.isNothing())
                .toList();
    }

    private static Map<String, List<String>> anyCase(Map<String, List<String>> attributes) {
        var copy = new TreeMap<String, List<String>>(String.CASE_INSENSITIVE_ORDER);
        copy.putAll(attributes);
        return copy;
    }
}
