package org.posthouse.webadmin.plan;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.posthouse.schema.directory.Directory;
import org.posthouse.schema.directory.Orphan;
import org.posthouse.schema.option.OptionFacts;
import org.posthouse.schema.option.Panel;
import org.posthouse.schema.option.PanelFacts;
import org.posthouse.schema.option.Problem;
import org.posthouse.schema.option.Refused;
import org.posthouse.schema.tree.Entry;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.tree.Rules;
import org.posthouse.schema.value.FolderPath;
import org.posthouse.schema.value.Place;
import org.posthouse.schema.value.PlainText;
import org.posthouse.webadmin.form.Change;
import org.posthouse.webadmin.form.Meaning;
import org.posthouse.webadmin.form.PageCheck;
import org.posthouse.webadmin.form.Reference;
import org.posthouse.webadmin.form.UserCreation;
import org.posthouse.webadmin.plan.Plan.Flaw;

/** What stands against a plan: the checks of a draft, for every page that changes, in the tree as it would be. */
final class Objections {

    private final Outlook outlook;
    private final Rules rules;
    private final RemovalRules removals;
    private final NameRules names;
    private final Set<Flaw> flaws = new LinkedHashSet<>();

    Objections(Outlook outlook, Directory directory, String author) {
        this.outlook = outlook;
        this.rules = new Rules(outlook.after());
        this.removals = new RemovalRules(outlook, directory, author);
        this.names = new NameRules(outlook.after(), outlook::after);
    }

    /** All of them. */
    List<Flaw> all() {
        flaws.addAll(outlook.flaws());
        outlook.made().forEach(this::made);
        outlook.altered().forEach(this::altered);
        outlook.changed().forEach(this::texts);
        flaws.addAll(removals.all());
        return List.copyOf(flaws);
    }

    private void made(Entry entry) {
        String name = entry.name();
        if (name.length() > 64 || !PlainText.isName(name)) {
            flaw(entry.place(), "name", name, "must have 1 to 64 characters and no control characters");
        }
        if (!entry.place().leafAttribute().equals(entry.kind().naming())) {
            flaw(entry.place(), "name", name, "must be named by " + entry.kind().naming());
        }
        if (entry.kind().hasFixedName() && !name.equalsIgnoreCase(entry.kind().label())) {
            flaw(entry.place(), "name", name, "must be called " + entry.kind().label());
        }
        Optional<Entry> holder = entry.place().parent().flatMap(outlook::after);
        if (holder.isEmpty()) {
            flaw(entry.place(), "", name, "is in a container that does not exist");
        } else if (!entry.kind().parents().contains(holder.get().kind())) {
            flaw(
                    entry.place(),
                    "",
                    name,
                    "cannot be created in " + holder.get().kind().label() + " objects");
        }
        take(entry.place(), names.problems(entry));
        pages(new Entry(entry.place(), entry.kind(), 0, Map.of()), entry, true);
    }

    private void altered(Entry entry) {
        Entry before = outlook.before(entry.place()).orElseThrow();
        pages(before, entry, false);
        boolean postmaster = !before.values(Orphan.POSTMASTER).equals(entry.values(Orphan.POSTMASTER));
        if (entry.kind() == Kind.MESSAGING_SERVER && !postmaster) {
            orphan(entry);
        }
    }

    // Options are checked on their pages; this is for every other attribute, by whatever way it comes.
    private void texts(Entry entry) {
        Entry before = outlook.before(entry.place()).orElse(new Entry(entry.place(), entry.kind(), 0, Map.of()));
        entry.attributes().forEach((attribute, texts) -> {
            boolean option =
                    Kind.catalogue().options().anyMatch(each -> each.attribute().equalsIgnoreCase(attribute));
            if (!option && !texts.equals(before.values(attribute))) {
                texts.forEach(text ->
                        textProblem(attribute, text).ifPresent(reason -> flaw(entry.place(), attribute, text, reason)));
            }
        });
    }

    private static Optional<String> textProblem(String attribute, String text) {
        if (!PlainText.isText(text)) {
            return Optional.of(PlainText.REASON);
        }
        return attribute.equalsIgnoreCase("mail") ? UserCreation.mailProblem(text) : Optional.empty();
    }

    // NetMail's type Unknown: nothing of a server may be edited until it has a postmaster again.
    private void orphan(Entry server) {
        server.value(Orphan.POSTMASTER).flatMap(Objections::place).ifPresent(user -> {
            Optional<Entry> found = outlook.after(user);
            if (found.isEmpty() || found.get().kind() != Kind.USER) {
                String why = found.isEmpty()
                        ? "no longer exists"
                        : "is not a user, but of type " + found.get().kind().label();
                flaw(server.place(), Orphan.OPTION, user.toString(), why + "; choose another postmaster");
            }
        });
    }

    private void pages(Entry before, Entry after, boolean all) {
        for (PanelFacts<?> panel : after.kind().panels()) {
            if (panel.holder() == Panel.Holder.SELF) {
                page(panel, after.place(), before, after, all);
            }
        }
        for (Entry part : parts(after)) {
            for (PanelFacts<?> panel : part.kind().panels()) {
                if (panel.holder() == Panel.Holder.PARENT) {
                    page(panel, part.place(), before, after, false);
                }
            }
        }
    }

    /** What stands in a messaging server and keeps options on it. */
    private List<Entry> parts(Entry holder) {
        return Planner.parts(outlook.after(), holder);
    }

    private void page(PanelFacts<?> panel, Place object, Entry before, Entry after, boolean all) {
        List<Change> changes = changes(panel, before, after);
        if (changes.isEmpty() && !all) {
            return;
        }
        try {
            Record page = panel.decode(after.attributes());
            changes.forEach(change -> references(object, change));
            changes.forEach(change -> folders(object, change));
            changes.forEach(change -> available(object, change));
            take(object, rules.problems(object, page));
            if (!changes.isEmpty()) {
                take(object, PageCheck.problems(object, page));
            }
        } catch (Refused refused) {
            take(object, refused.problems());
        }
    }

    // What nothing applies may be removed or switched off, but not set: nobody must rely on it.
    private void available(Place object, Change change) {
        boolean unset = change.after().isEmpty()
                || change.after().equals(change.option().fallbackTexts());
        if (!change.option().available() && !unset) {
            flaw(
                    object,
                    change.option().name(),
                    change.after().getFirst(),
                    "is not available in this version, so nothing would apply this value");
        }
    }

    private static List<Change> changes(PanelFacts<?> panel, Entry before, Entry after) {
        var changes = new ArrayList<Change>();
        for (OptionFacts option : panel.options()) {
            List<String> was = before.values(option.attribute());
            List<String> is = after.values(option.attribute());
            if (!was.equals(is)) {
                Change change = Change.between(option, Meaning.clean(option, was), Meaning.clean(option, is));
                if (change.isReal()) {
                    changes.add(change);
                }
            }
        }
        return changes;
    }

    private void references(Place object, Change change) {
        if (change.option().type() == Place.class) {
            for (String text : change.added()) {
                Reference.problem(outlook.after(Place.of(text)), change.option())
                        .ifPresent(reason -> flaw(object, change.option().name(), text, reason));
            }
        }
    }

    // What a folder's name alone tells; the rest its engine finds out.
    private void folders(Place object, Change change) {
        if (change.option().type() == FolderPath.class) {
            change.after().stream()
                    .map(FolderPath::new)
                    .filter(FolderPath::isSystemFolder)
                    .forEach(folder -> flaw(
                            object,
                            change.option().name(),
                            folder.text(),
                            "is a folder of the operating system, or one that many programs share"));
        }
    }

    static Optional<Place> place(String text) {
        try {
            return Optional.of(Place.of(text));
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    private void take(Place object, List<Problem> problems) {
        problems.forEach(problem -> flaws.add(new Flaw(object, problem)));
    }

    private void flaw(Place object, String option, String value, String reason) {
        flaws.add(new Flaw(object, new Problem(option, value, reason)));
    }
}
