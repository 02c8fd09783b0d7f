package org.posthouse.webadmin.api;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.posthouse.schema.address.AccessChange;
import org.posthouse.schema.option.OptionFacts;
import org.posthouse.schema.summary.Grouping;
import org.posthouse.schema.value.Place;
import org.posthouse.webadmin.plan.PeopleImpact;
import org.posthouse.webadmin.plan.PeopleText;
import org.posthouse.webadmin.plan.Plan;
import org.posthouse.webadmin.plan.Summary;

/** Plans in JSON. Secrets are masked in them already. */
final class PlanText {

    private PlanText() {}

    /** The whole plan. */
    static JsonObject of(Plan plan) {
        JsonObjectBuilder mailboxes = Json.createObjectBuilder();
        plan.mailboxes()
                .forEach((server, count) -> mailboxes.add(
                        server.toString(),
                        Json.createObjectBuilder().add("number", count.number()).add("more", count.more())));
        return Json.createObjectBuilder()
                .add("summary", Summary.of(plan))
                .add("steps", plan.steps().size())
                .add("sound", plan.isSound())
                .add("groups", groups(plan))
                .add("changes", list(plan.differences(), PlanText::difference))
                .add(
                        "made",
                        list(
                                plan.made(),
                                made -> object(made.place(), made.kind().name())))
                .add("removed", list(plan.removed(), PlanText::removed))
                .add("touches", list(plan.touches(), PlanText::touch))
                .add("sessions", plan.sessions())
                .add("mailboxes", mailboxes)
                .add("people", people(plan.people()))
                .add("dependents", list(plan.dependents(), PlanText::dependent))
                .add("problems", list(plan.flaws(), PlanText::flaw))
                .add("warnings", list(plan.warnings(), PlanText::warning))
                .build();
    }

    // What the lists hold, by kind, for those who do not want to look through thousands of entries.
    private static JsonArrayBuilder groups(Plan plan) {
        JsonArrayBuilder groups = Json.createArrayBuilder();
        add(groups, "made", plan.made(), made -> List.of(made.kind(), ""), Plan.Made::place);
        add(groups, "removed", plan.removed(), gone -> List.of(gone.kind(), ""), Plan.Removed::place);
        add(
                groups,
                "changes",
                plan.differences(),
                each -> List.of(
                        each.kind(), each.option().map(OptionFacts::name).orElse(each.attribute())),
                Plan.Difference::object);
        add(groups, "touches", plan.touches(), touch -> List.of(touch.kind(), lower(touch.act())), Plan.Touch::agent);
        add(
                groups,
                "dependents",
                plan.dependents(),
                named -> List.of(named.kind(), named.option().name()),
                Plan.Dependent::object);
        return groups;
    }

    // The key is the kind, then the option or what an agent does.
    private static <T> void add(
            JsonArrayBuilder groups,
            String list,
            List<T> all,
            Function<T, List<Object>> key,
            Function<T, Place> place) {
        Grouping.by(all, key::apply)
                .forEach(group -> groups.add(Json.createObjectBuilder()
                        .add("list", list)
                        .add(
                                "kind",
                                key.apply(group.first().getFirst()).getFirst().toString())
                        .add(
                                "about",
                                key.apply(group.first().getFirst()).getLast().toString())
                        .add("number", group.number())
                        .add("some", places(group.first().stream().map(place).toList()))));
    }

    private static String lower(Plan.Act act) {
        return act.name().toLowerCase(Locale.ROOT);
    }

    private static <T> JsonArrayBuilder list(List<T> all, Function<T, JsonObjectBuilder> text) {
        JsonArrayBuilder list = Json.createArrayBuilder();
        all.forEach(each -> list.add(text.apply(each)));
        return list;
    }

    private static JsonObjectBuilder object(Place place, String kind) {
        return Json.createObjectBuilder()
                .add("dn", place.toString())
                .add("name", place.leaf())
                .add("kind", kind);
    }

    private static JsonObjectBuilder difference(Plan.Difference difference) {
        return object(difference.object(), difference.kind().name())
                .add("page", difference.panel())
                .add("option", difference.option().map(OptionFacts::name).orElse(""))
                .add("label", difference.option().map(OptionFacts::label).orElse(difference.attribute()))
                .add("effect", difference.effect().name())
                .add("before", Json.createArrayBuilder(difference.before()))
                .add("after", Json.createArrayBuilder(difference.after()))
                .add("added", Json.createArrayBuilder(difference.added()))
                .add("removed", Json.createArrayBuilder(difference.removed()));
    }

    private static JsonObjectBuilder removed(Plan.Removed removed) {
        return object(removed.place(), removed.kind().name())
                .add(
                        "inside",
                        Json.createArrayBuilder(
                                removed.inside().stream().map(Place::toString).toList()))
                .add("more", removed.more())
                .add("total", removed.total().number())
                .add("totalMore", removed.total().more());
    }

    private static JsonObjectBuilder touch(Plan.Touch touch) {
        return object(touch.agent(), touch.kind().name())
                .add("server", touch.server().toString())
                .add(
                        "host",
                        touch.host()
                                .<JsonValue>map(host -> Json.createValue(host.toString()))
                                .orElse(JsonValue.NULL))
                .add("does", lower(touch.act()))
                .add("sessions", touch.sessions());
    }

    private static JsonObjectBuilder people(PeopleImpact impact) {
        return Json.createObjectBuilder()
                .add("losses", impact.isLoss())
                .add(
                        "changes",
                        list(
                                impact.changes(),
                                change -> access(change, impact.basis().complete())))
                .add("postmasters", list(impact.postmasters(), PlanText::postmaster))
                .add("lockedOut", places(impact.lockedOut().stream().sorted().toList()))
                .add("complete", impact.basis().complete())
                .add("asOf", impact.basis().asOf().map(Instant::toString).orElse(""))
                .add("sentences", Json.createArrayBuilder(PeopleText.sentences(impact)));
    }

    private static JsonObjectBuilder access(AccessChange change, boolean complete) {
        return Json.createObjectBuilder()
                .add("effect", change.effect().name().toLowerCase(Locale.ROOT))
                .add("loss", change.effect().isLoss())
                .add("kind", change.kind().name())
                .add("where", change.where())
                .add("number", change.number())
                .add("some", places(change.some()))
                .add("sentence", PeopleText.sentence(change, complete));
    }

    private static JsonObjectBuilder postmaster(PeopleImpact.Postmaster postmaster) {
        return Json.createObjectBuilder()
                .add("server", postmaster.server().toString())
                .add("before", place(postmaster.before()))
                .add("after", place(postmaster.after()));
    }

    private static JsonValue place(Optional<Place> place) {
        return place.<JsonValue>map(each -> Json.createValue(each.toString())).orElse(JsonValue.NULL);
    }

    private static JsonArrayBuilder places(List<Place> places) {
        return Json.createArrayBuilder(places.stream().map(Place::toString).toList());
    }

    private static JsonObjectBuilder dependent(Plan.Dependent dependent) {
        return object(dependent.object(), dependent.kind().name())
                .add("option", dependent.option().name())
                .add("label", dependent.option().label())
                .add("names", dependent.named().toString());
    }

    private static JsonObjectBuilder flaw(Plan.Flaw flaw) {
        return Json.createObjectBuilder()
                .add("dn", flaw.object().toString())
                .add("name", flaw.object().leaf())
                .add("option", flaw.problem().option())
                .add("label", Answers.label(flaw.problem().option()))
                .add("value", flaw.problem().value())
                .add("reason", flaw.problem().reason());
    }

    /** The warnings of a plan alone. */
    static JsonArray warnings(Plan plan) {
        return list(plan.warnings(), PlanText::warning).build();
    }

    private static JsonObjectBuilder warning(Plan.Warning warning) {
        return Json.createObjectBuilder()
                .add("dn", warning.object().toString())
                .add("name", warning.object().leaf())
                .add("option", warning.option())
                .add("about", warning.about().name().toLowerCase(Locale.ROOT))
                .add("value", warning.value())
                .add("reason", warning.reason());
    }
}
