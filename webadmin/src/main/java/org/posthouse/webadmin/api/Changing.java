package org.posthouse.webadmin.api;

import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import org.posthouse.schema.directory.Directory;
import org.posthouse.schema.directory.DirectoryException.Conflict;
import org.posthouse.schema.directory.DirectoryException.NotAllowed;
import org.posthouse.schema.option.OptionFacts;
import org.posthouse.schema.option.PanelFacts;
import org.posthouse.schema.option.Problem;
import org.posthouse.schema.option.Refused;
import org.posthouse.schema.tree.Entry;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.tree.Tree;
import org.posthouse.schema.value.Place;
import org.posthouse.webadmin.console.Undeletable;
import org.posthouse.webadmin.form.Draft;
import org.posthouse.webadmin.plan.Plan;
import org.posthouse.webadmin.plan.Planner;
import org.posthouse.webadmin.plan.Running;
import org.posthouse.webadmin.plan.Step;
import org.posthouse.webadmin.plan.Succession;
import org.posthouse.webadmin.plan.Summary;
import org.posthouse.webadmin.setup.Passwords;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Changes and deletes objects for a caller: planned as on the pages, and carried out whole. */
final class Changing {

    private static final Logger LOG = LoggerFactory.getLogger(Changing.class);

    // Made once by the installation; NetMail too makes them only there.
    private static final Set<Kind> LASTING = Set.of(Kind.ROOT, Kind.INTERNET_SERVICES);

    private final Directory directory;
    private final String who;
    private final Running running;
    private final BiFunction<Plan, String, Map<Place, Entry>> carrying;

    /** For a caller; {@code carrying} carries a plan out in a name. */
    Changing(Directory directory, String who, Running running, BiFunction<Plan, String, Map<Place, Entry>> carrying) {
        this.directory = directory;
        this.who = who;
        this.running = running;
        this.carrying = carrying;
    }

    /** The object after the change, every object of it in one step. Throws Conflict, Refused. */
    Entry change(Entry entry, long seen, JsonObject request) {
        String password = Wish.text(request, "password");
        Plan plan = plan(entry, seen, request);
        var problems = new LinkedHashSet<Problem>(plan.problems());
        if (!password.isEmpty()) {
            problems.addAll(password(entry, password));
        }
        if (!problems.isEmpty()) {
            throw new Refused(List.copyOf(problems));
        }
        var _ = carrying.apply(plan, who);
        plan.differences()
                .forEach(change -> LOG.info(
                        "{} changed {} of {}: {} to {}",
                        who,
                        change.option().map(OptionFacts::label).orElse(change.attribute()),
                        entry.place(),
                        change.before(),
                        change.after()));
        if (!password.isEmpty()) {
            directory.saying(Summary.PASSWORD).setPassword(entry.place(), password);
            LOG.info("{} set the password of {}", who, entry.place());
        }
        return directory.read(entry.place()).orElseThrow();
    }

    /** What the change would do. Throws Conflict when the object is not as it was seen. */
    Plan plan(Entry entry, long seen, JsonObject request) {
        if (entry.revision() != seen) {
            throw new Conflict(entry);
        }
        var tree = directory.tree();
        Wanted wanted = steps(directory, tree, entry, request);
        for (Entry holder : wanted.seen()) {
            boolean above = !holder.place().equals(entry.place());
            if (above
                    && request.get("holderRevision") instanceof JsonNumber number
                    && number.longValue() != holder.revision()) {
                throw new Conflict(holder);
            }
        }
        return new Planner(directory, tree, running).plan(wanted.steps(), wanted.seen());
    }

    /**
     * What a request wants of an object, and the objects as they were seen.
     *
     * @param steps what is wanted
     * @param seen the object and what holds options for it
     */
    record Wanted(List<Step> steps, List<Entry> seen) {}

    /** The steps of a request. Throws Refused for options that the object does not have. */
    static Wanted steps(Directory directory, Tree tree, Entry entry, JsonObject request) {
        Wish wish = Wish.in(request, entry.kind());
        var steps = new ArrayList<Step>();
        var seen = new LinkedHashSet<Entry>(List.of(entry));
        for (PanelFacts<?> panel : wish.pages(entry.kind())) {
            Draft draft = Draft.of(directory, tree, entry, panel);
            wish.into(draft);
            seen.add(draft.holder());
            steps.add(new Step.Alter(draft.holder().place(), draft.writes()));
        }
        return new Wanted(steps, List.copyOf(seen));
    }

    private static List<Problem> password(Entry entry, String password) {
        return entry.kind() == Kind.USER
                ? Passwords.problem(password, entry.name()).map(reason -> new Problem("password", "", reason)).stream()
                        .toList()
                : List.of(new Problem("password", "", "is only for users"));
    }

    /** Deletes. Throws Conflict, StillNeeded, NotAllowed. */
    void delete(Entry entry, long seen, String successor) {
        if (LASTING.contains(entry.kind()) || entry.place().equals(directory.administrators())) {
            throw new NotAllowed(entry.name() + " is made by the installation and cannot be deleted");
        }
        Undeletable.reason(directory, entry.place(), who).ifPresent(reason -> {
            throw new NotAllowed(reason);
        });
        if (entry.revision() != seen) {
            throw new Conflict(entry);
        }
        Plan plan = planOfDeletion(entry, seen, successor);
        if (successor.isBlank()) {
            directory.saying(Summary.of(plan)).delete(entry.place(), seen);
        } else {
            var _ = carrying.apply(plan, who);
        }
        LOG.info("{} deleted {}", who, entry.place());
    }

    /** What the deletion would do; a successor, if any, becomes postmaster where one goes. Throws Conflict. */
    Plan planOfDeletion(Entry entry, long seen, String successor) {
        if (entry.revision() != seen) {
            throw new Conflict(entry);
        }
        var tree = directory.tree();
        var steps = new ArrayList<Step>();
        if (!successor.isBlank()) {
            steps.addAll(Succession.steps(tree, entry.place(), Place.of(successor)));
        }
        steps.add(new Step.Remove(entry.place()));
        return new Planner(directory, tree, running).plan(steps, List.of(entry));
    }

    /** Attributes of a new object that are no options. */
    static Map<String, List<String>> mail(JsonObject request, Kind kind) {
        List<String> addresses = Wish.list(request, "mail");
        return kind == Kind.USER && !addresses.isEmpty() ? Map.of("mail", addresses) : Map.of();
    }
}
