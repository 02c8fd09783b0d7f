package org.posthouse.webadmin.ldif;

import java.io.IOException;
import java.io.StringWriter;
import java.io.Writer;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.posthouse.schema.directory.Directory;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.value.Place;
import org.posthouse.webadmin.history.Alteration;
import org.posthouse.webadmin.history.Change;
import org.posthouse.webadmin.history.Deed;
import org.posthouse.webadmin.history.Difference;
import org.posthouse.webadmin.history.Filter;
import org.posthouse.webadmin.history.History;
import org.posthouse.webadmin.history.Value;

/** Changes as LDIF: the way from one moment to another, or what was done, one change after the other. */
public final class Changes {

    private final LdifOut out;

    private Changes(Writer to) {
        this.out = new LdifOut(to);
    }

    /** To go from the first moment to the second: what is made from the top down, what goes from the bottom up. */
    public static String of(List<Difference> differences) {
        var text = new StringWriter();
        var changes = new Changes(text);
        Comparator<Difference> deep =
                Comparator.comparingInt(each -> Place.of(each.object()).depth());
        differences.stream().filter(Difference::after).sorted(deep).forEach(each -> {
            if (each.before()) {
                changes.modify(each.object(), each.alterations());
            } else {
                changes.add(each.object(), each.kind(), each.alterations());
            }
        });
        differences.stream()
                .filter(each -> !each.after())
                .sorted(deep.reversed())
                .forEach(each -> changes.begin(each.object(), "delete"));
        return text.toString();
    }

    /** Every change of a history that fits, the oldest first, as it was made; above each, who made it, when and how. */
    public static void write(History history, Filter filter, Writer to) throws IOException {
        var changes = new Changes(to);
        history.each(filter, changes::change);
    }

    private void change(Change change) {
        out.gap();
        out.comment("entry " + change.number() + ", " + change.at() + ", by "
                + (change.author().who().isEmpty() ? "?" : change.author().who()) + " ("
                + change.author().by().name().toLowerCase(Locale.ROOT)
                + (change.author().address().isEmpty()
                        ? ""
                        : " " + change.author().address()) + ")");
        if (!change.author().plan().isEmpty()) {
            out.comment(change.author().plan());
        }
        if (change.state() != Change.State.DONE) {
            out.comment(change.state().name().toLowerCase(Locale.ROOT) + ", so not here: " + change.remark());
            return;
        }
        // What held the others was removed last.
        List<Deed> deeds = change.deeds();
        deeds.stream().filter(deed -> deed.what() != Deed.What.REMOVED).forEach(this::deed);
        deeds.reversed().stream()
                .filter(deed -> deed.what() == Deed.What.REMOVED)
                .forEach(this::deed);
    }

    private void deed(Deed deed) {
        switch (deed.what()) {
            case MADE -> add(deed.object(), deed.kind(), deed.alterations());
            case CHANGED -> modify(deed.object(), deed.alterations());
            case REMOVED -> begin(deed.object(), "delete");
            case PASSWORD -> out.comment("the password of " + deed.object() + " was set");
        }
    }

    private void begin(String object, String type) {
        out.gap();
        out.line("dn", object);
        out.line("changetype", type);
    }

    private void add(String object, Kind kind, List<Alteration> alterations) {
        begin(object, "add");
        Place place = Place.of(object);
        Directory.classes(kind).forEach(each -> out.line("objectClass", each));
        out.line(place.leafAttribute(), place.leaf());
        alterations.stream()
                .filter(each -> !each.attribute().equalsIgnoreCase("objectClass")
                        && !each.attribute().equalsIgnoreCase(place.leafAttribute()))
                .forEach(this::values);
    }

    private void values(Alteration alteration) {
        if (alteration.after().stream().anyMatch(Value::secret)) {
            out.secret(alteration.attribute());
        } else {
            alteration.after().forEach(value -> out.line(alteration.attribute(), value.text()));
        }
    }

    private void modify(String object, List<Alteration> alterations) {
        List<Alteration> open = alterations.stream()
                .filter(each -> !isSecret(each) && !each.before().equals(each.after()))
                .toList();
        // A record without a modification is none that every tool takes.
        if (open.isEmpty()) {
            out.gap();
            out.comment(object);
        } else {
            begin(object, "modify");
            open.forEach(this::modify);
        }
        alterations.stream().filter(Changes::isSecret).forEach(each -> out.secret(each.attribute()));
    }

    private static boolean isSecret(Alteration alteration) {
        return alteration.before().stream().anyMatch(Value::secret)
                || alteration.after().stream().anyMatch(Value::secret);
    }

    // Another order cannot be said in single values: all go and come back.
    private void modify(Alteration alteration) {
        boolean order = alteration.gone().isEmpty() && alteration.come().isEmpty();
        modify("delete", alteration.attribute(), order ? alteration.before() : alteration.gone());
        modify("add", alteration.attribute(), order ? alteration.after() : alteration.come());
    }

    private void modify(String what, String attribute, List<Value> values) {
        if (!values.isEmpty()) {
            out.line(what, attribute);
            values.forEach(value -> out.line(attribute, value.text()));
            out.dash();
        }
    }
}
