package org.posthouse.webadmin.api;

import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.posthouse.schema.directory.Directory;
import org.posthouse.schema.directory.DirectoryException.Conflict;
import org.posthouse.schema.option.OptionFacts;
import org.posthouse.schema.option.PanelFacts;
import org.posthouse.schema.option.Problem;
import org.posthouse.schema.tree.Entry;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.tree.Tree;
import org.posthouse.schema.value.Place;
import org.posthouse.webadmin.change.ChangeService;
import org.posthouse.webadmin.form.Draft;
import org.posthouse.webadmin.plan.Plan;
import org.posthouse.webadmin.plan.Plan.Flaw;
import org.posthouse.webadmin.plan.Step;
import org.posthouse.webadmin.plan.Steps;
import org.posthouse.webadmin.plan.Succession;
import org.posthouse.webadmin.setup.Passwords;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Changes and deletes objects for a caller: planned as on the pages, and carried out whole. */
final class Changing {

    private static final Logger LOG = LoggerFactory.getLogger(Changing.class);

    private final ChangeService changes;

    Changing(ChangeService changes) {
        this.changes = changes;
    }

    /** The object after the change, every object of it in one step. Throws Conflict, Refused. */
    Entry change(Entry entry, long seen, JsonObject request) {
        String password = Wish.text(request, "password");
        Plan plan = plan(entry, seen, request);
        var flaws = new ArrayList<>(plan.flaws());
        if (!password.isEmpty()) {
            password(entry, password).ifPresent(problem -> flaws.add(new Flaw(entry.place(), problem)));
        }
        ChangeService.refusal(flaws).ifPresent(reason -> {
            throw reason;
        });
        Map<Place, Entry> written =
                password.isEmpty() ? changes.apply(plan) : changes.apply(plan, entry.place(), password);
        tell(plan, entry);
        return written.getOrDefault(entry.place(), entry);
    }

    private void tell(Plan plan, Entry entry) {
        plan.differences()
                .forEach(change -> LOG.info(
                        "{} changed {} of {}: {} to {}",
                        changes.author(),
                        change.option().map(OptionFacts::label).orElse(change.attribute()),
                        entry.place(),
                        change.before(),
                        change.after()));
    }

    /** What the change would do. Throws Conflict when the object is not as it was seen. */
    Plan plan(Entry entry, long seen, JsonObject request) {
        if (entry.revision() != seen) {
            throw new Conflict(entry);
        }
        Directory directory = changes.directory();
        Tree tree = directory.tree();
        Wanted wanted = steps(directory, tree, entry, request);
        for (Entry holder : wanted.seen()) {
            boolean above = !holder.place().equals(entry.place());
            if (above
                    && request.get("holderRevision") instanceof JsonNumber number
                    && number.longValue() != holder.revision()) {
                throw new Conflict(holder);
            }
        }
        return changes.plan(tree, wanted.steps(), wanted.seen());
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
        Wish wish = Wish.in(request, entry.kind()).named(directory, entry.kind());
        var steps = new ArrayList<Step>();
        var seen = new LinkedHashSet<Entry>(List.of(entry));
        for (PanelFacts<?> panel : wish.pages(entry.kind())) {
            Draft draft = Draft.of(directory, tree, entry, panel);
            wish.into(draft);
            seen.add(draft.holder());
            steps.addAll(Steps.of(draft));
        }
        return new Wanted(steps, List.copyOf(seen));
    }

    private static Optional<Problem> password(Entry entry, String password) {
        return entry.kind() == Kind.USER
                ? Passwords.problem(password, entry.name()).map(reason -> new Problem("password", "", reason))
                : Optional.of(new Problem("password", "", "is only for users"));
    }

    /** Deletes. Throws Conflict, StillNeeded, NotAllowed. */
    void delete(Entry entry, long seen, String successor) {
        var _ = changes.apply(planOfDeletion(entry, seen, successor));
        LOG.info("{} deleted {}", changes.author(), entry.place());
    }

    /** What the deletion would do; a successor, if any, becomes postmaster where one goes. Throws Conflict. */
    Plan planOfDeletion(Entry entry, long seen, String successor) {
        if (entry.revision() != seen) {
            throw new Conflict(entry);
        }
        Tree tree = changes.directory().tree();
        var steps = new ArrayList<Step>();
        if (!successor.isBlank()) {
            steps.addAll(Succession.steps(tree, entry.place(), Place.of(successor)));
        }
        steps.add(new Step.Remove(entry.place()));
        return changes.plan(tree, steps, List.of(entry));
    }

    /** Attributes of a new object that are no options. */
    static Map<String, List<String>> mail(JsonObject request, Kind kind) {
        List<String> addresses = Wish.list(request, "mail");
        return kind == Kind.USER && !addresses.isEmpty() ? Map.of("mail", addresses) : Map.of();
    }
}
