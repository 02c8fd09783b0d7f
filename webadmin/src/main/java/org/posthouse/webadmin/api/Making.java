package org.posthouse.webadmin.api;

import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.posthouse.schema.directory.Directory;
import org.posthouse.schema.directory.DirectoryException.Misplaced;
import org.posthouse.schema.directory.DirectoryException.Missing;
import org.posthouse.schema.directory.DirectoryException.NameTaken;
import org.posthouse.schema.option.Panel;
import org.posthouse.schema.option.PanelFacts;
import org.posthouse.schema.option.Problem;
import org.posthouse.schema.option.Refused;
import org.posthouse.schema.suggestion.Near;
import org.posthouse.schema.tree.Entry;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.tree.Tree;
import org.posthouse.schema.value.MailboxId;
import org.posthouse.schema.value.Place;
import org.posthouse.webadmin.change.ChangeService;
import org.posthouse.webadmin.form.Draft;
import org.posthouse.webadmin.plan.Plan;
import org.posthouse.webadmin.plan.Step;
import org.posthouse.webadmin.setup.Passwords;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Creates objects for a caller, planned and checked as on their pages. */
final class Making {

    private static final Logger LOG = LoggerFactory.getLogger(Making.class);

    private final ChangeService changes;

    Making(ChangeService changes) {
        this.changes = changes;
    }

    /** The kind of this name, in any case, with spaces or underscores: "SMTP Agent", "smtp_agent". */
    static Kind kind(String name) {
        return Stream.of(Kind.values())
                .filter(kind -> kind.name().equalsIgnoreCase(name.strip())
                        || kind.label().equalsIgnoreCase(name.strip()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("There is no object kind \"" + name + "\""
                        + Near.hint(
                                name.strip().replace('_', ' '),
                                Stream.of(Kind.values()).map(Kind::label).toList())));
    }

    /**
     * A request that was understood, and what would come of it.
     *
     * @param made the object itself
     * @param password of a new user; "" for none
     * @param plan the plan of it with its parts
     */
    record Wanted(Step.Make made, String password, Plan plan) {}

    /** Plans what a request describes. Throws Refused when it cannot be understood, or the password cannot be set. */
    Wanted wanted(JsonObject request) {
        Tree tree = changes.directory().tree();
        List<Step> steps = steps(changes.directory(), tree, request);
        var made = (Step.Make) steps.getFirst();
        String password = Wish.text(request, "password");
        check(made, password);
        return new Wanted(made, password, changes.plan(tree, steps, List.of()));
    }

    /** Creates what was planned. Throws Refused, NameTaken, Misplaced, Missing. */
    Entry make(Wanted wanted) {
        Step.Make made = wanted.made();
        report(wanted.plan(), made);
        boolean user = made.kind() == Kind.USER && !wanted.password().isEmpty();
        Map<Place, Entry> written =
                user ? changes.apply(wanted.plan(), made.place(), wanted.password()) : changes.apply(wanted.plan());
        LOG.info(
                "{} created {} with {} parts",
                changes.author(),
                made.place(),
                wanted.plan().made().size() - 1);
        return Objects.requireNonNull(written.get(made.place()));
    }

    /** What would come of it. Throws Refused when the request itself cannot be understood. */
    Plan plan(JsonObject request) {
        Tree tree = changes.directory().tree();
        return changes.plan(tree, steps(changes.directory(), tree, request), List.of());
    }

    private static void check(Step.Make made, String password) {
        if (made.kind() == Kind.USER && !password.isEmpty()) {
            Passwords.problem(password, made.place().leaf()).ifPresent(reason -> {
                throw new Refused(List.of(new Problem("password", "", reason)));
            });
        }
    }

    // What the directory itself says best is left to it: a name that is taken, a container that is not there.
    private void report(Plan plan, Step.Make made) {
        if (!plan.isSound()) {
            Directory directory = changes.directory();
            if (directory.read(made.place()).isPresent()) {
                throw new NameTaken(made.place(), "");
            }
            Place above = made.place().parent().orElseThrow();
            Kind holder =
                    directory.read(above).orElseThrow(() -> new Missing(above)).kind();
            if (!made.kind().parents().contains(holder)) {
                throw new Misplaced(made.kind(), holder);
            }
            throw new Refused(plan.problems());
        }
    }

    /** The steps of a request: first the object itself. Throws Refused. */
    static List<Step> steps(Directory directory, Tree tree, JsonObject request) {
        Kind kind = kind(Wish.text(request, "kind"));
        if (!kind.isCreatable()) {
            throw new Refused(List.of(new Problem("kind", kind.name(), "cannot be created yet")));
        }
        Place parent = Place.of(Wish.text(request, "parent"));
        String name = kind.hasFixedName() ? kind.label() : Wish.text(request, "name");
        if (name.isBlank()) {
            throw new Refused(List.of(new Problem("name", "", "is required")));
        }
        Place place = parent.child(kind.naming(), name);
        Wish wish = Wish.in(request, kind).named(directory, kind);
        var steps = new ArrayList<Step>();
        var attributes = new LinkedHashMap<>(attributes(directory, tree, place, kind, wish));
        attributes.putAll(Changing.mail(request, kind));
        attributes.putAll(mailbox(request, kind));
        steps.add(new Step.Make(place, kind, attributes));
        agents(request, kind)
                .forEach(agent ->
                        steps.add(new Step.Make(place.child(agent.naming(), agent.label()), agent, agent.initial())));
        steps.addAll(held(directory, tree, place, kind, wish));
        return steps;
    }

    // Says what becomes of a mailbox that has the new user's name already.
    private static Map<String, List<String>> mailbox(JsonObject request, Kind kind) {
        String wanted = Wish.text(request, "mailbox");
        if (wanted.isEmpty() || (kind == Kind.USER && wanted.equals("startEmpty"))) {
            return Map.of();
        }
        if (kind == Kind.USER && wanted.equals(MailboxId.HAND_OVER)) {
            return Map.of(MailboxId.ATTRIBUTE, List.of(MailboxId.HAND_OVER));
        }
        throw new Refused(
                List.of(new Problem("mailbox", wanted, "must be startEmpty or handOver, and is only for users")));
    }

    private static Map<String, List<String>> attributes(
            Directory directory, Tree tree, Place place, Kind kind, Wish wish) {
        var entry = new Entry(place, kind, 0, Map.of());
        var attributes = new LinkedHashMap<String, List<String>>();
        for (PanelFacts<?> panel : kind.panels()) {
            if (panel.holder() == Panel.Holder.SELF) {
                Draft draft = Draft.of(directory, tree, entry, panel);
                panel.options().stream()
                        .filter(option -> !option.initial().isEmpty())
                        .forEach(option -> draft.set(option.name(), List.of(option.initial())));
                wish.into(draft);
                attributes.putAll(draft.writes());
            }
        }
        attributes.values().removeIf(List::isEmpty);
        return attributes;
    }

    // Kept on the messaging server, but a page of the agent.
    private static List<Step> held(Directory directory, Tree tree, Place place, Kind kind, Wish wish) {
        var steps = new ArrayList<Step>();
        for (PanelFacts<?> panel : kind.panels()) {
            if (panel.holder() == Panel.Holder.PARENT && !wish.on(panel).isEmpty()) {
                Draft draft = Draft.of(directory, tree, new Entry(place, kind, 0, Map.of()), panel);
                wish.into(draft);
                steps.add(new Step.Alter(draft.holder().place(), draft.writes()));
            }
        }
        return steps;
    }

    private static Set<Kind> agents(JsonObject request, Kind kind) {
        var agents = new LinkedHashSet<Kind>();
        Wish.list(request, "agents").forEach(name -> agents.add(kind(name)));
        Optional<Kind> stranger = agents.stream()
                .filter(agent -> kind != Kind.MESSAGING_SERVER || !agent.isAgent())
                .findFirst();
        if (stranger.isPresent()) {
            throw new Refused(List.of(
                    new Problem("agents", stranger.get().name(), "cannot be part of " + kind.labelWithArticle())));
        }
        return agents;
    }
}
