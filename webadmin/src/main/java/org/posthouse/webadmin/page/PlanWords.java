package org.posthouse.webadmin.page;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.posthouse.schema.address.AccessChange;
import org.posthouse.schema.option.Effect;
import org.posthouse.schema.summary.Grouping;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.tree.NameOrder;
import org.posthouse.schema.value.Place;
import org.posthouse.webadmin.plan.PeopleImpact;
import org.posthouse.webadmin.plan.Plan;
import org.posthouse.webadmin.plan.Plan.Act;
import org.posthouse.webadmin.plan.Plan.Count;
import org.posthouse.webadmin.plan.Plan.Dependent;
import org.posthouse.webadmin.plan.Plan.Difference;
import org.posthouse.webadmin.plan.Plan.Flaw;
import org.posthouse.webadmin.plan.Plan.Touch;
import org.posthouse.webadmin.plan.Plan.Warning;
import org.posthouse.webadmin.words.Words;

/** A plan in words; the same for the save bar, the wizards and the Delete dialog. */
@Named
@RequestScoped
public class PlanWords {

    private static final List<Act> GRAVEST_FIRST = List.of(Act.RESTART, Act.STOP, Act.REBIND, Act.START);

    @Inject
    private Words words;

    private static final int NAMED = 3;

    @Inject
    private Savebar savebar;

    /** The plan in one line: "2 changes: 1 live, restarts SMTP Agent on mail1: 12 sessions are drained". */
    public String summary(Plan plan) {
        var what = new ArrayList<String>();
        count(what, "plan.made", plan.made().size());
        Count goes = plan.goes();
        count(what, goes.more() ? "plan.removed.more" : "plan.removed", goes.number());
        if (plan.made().isEmpty()) {
            count(what, "plan.changes", plan.differences().size());
        }
        if (!plan.isSound()) {
            return words.joined(what) + ": " + words.of("plan.unsound");
        }
        var does = new ArrayList<String>();
        long live = plan.differences().stream()
                .filter(each -> each.effect() == Effect.LIVE)
                .count();
        if (live > 0 && plan.made().isEmpty() && plan.differences().size() > 1) {
            does.add(words.of("plan.live", live));
        }
        GRAVEST_FIRST.stream()
                .map(plan::touches)
                .filter(touches -> !touches.isEmpty())
                .forEach(touches -> does.add(act(touches)));
        String calm = plan.touches().isEmpty() ? words.of("plan.calm") : "";
        return words.joined(what) + ": "
                + words.joined(
                        calm.isEmpty()
                                ? does
                                : Stream.concat(does.stream(), Stream.of(calm)).toList());
    }

    private void count(List<String> into, String key, int number) {
        if (number > 0) {
            into.add(words.of(key, number));
        }
    }

    private String act(List<Touch> touches) {
        return words.of(
                "plan.act." + touches.getFirst().act(),
                who(touches),
                touches.stream().mapToLong(Touch::sessions).sum());
    }

    private String who(List<Touch> touches) {
        List<Place> servers = touches.stream().map(Touch::server).distinct().toList();
        String first = servers.getFirst().leaf();
        if (touches.size() == 1) {
            return words.of("plan.one", words.kind(touches.getFirst().kind()), first);
        }
        return servers.size() == 1
                ? words.of("plan.several", touches.size(), first)
                : words.of("plan.many", touches.size(), servers.size());
    }

    /**
     * A line on an object of a plan, or on all objects of its kind that are not named.
     *
     * @param kind the kind of object
     * @param name the object; "" for those that are not named
     * @param text the line
     */
    public record Line(Kind kind, String name, String text) {}

    /** The objects that are created, under the words of this key: the first few of each kind, and how many more. */
    public List<Line> made(Plan plan, String key) {
        return lines(
                plan.made(),
                Plan.Made::kind,
                Plan.Made::kind,
                made -> made.place().leaf(),
                made -> words.of(key, made.place().leaf()));
    }

    /** The objects that are deleted, likewise. */
    public List<Line> removed(Plan plan) {
        return lines(
                plan.removed(),
                Plan.Removed::kind,
                Plan.Removed::kind,
                gone -> gone.place().leaf(),
                gone -> words.of(
                        "undo.removed", gone.place().leaf(), gone.total().number() - 1));
    }

    /** What the agents do that do not only take the change: the first few of each kind, and how many more. */
    public List<Line> touches(Plan plan) {
        return lines(
                plan.touches(),
                touch -> List.of(touch.kind(), touch.act()),
                Touch::kind,
                touch -> touch.act().name(),
                touch -> words.kind(touch.kind()) + " " + touch(touch));
    }

    /** Who names what changes or goes, likewise. */
    public List<Line> dependents(Plan plan) {
        return lines(
                plan.dependents(),
                named -> List.of(named.kind(), named.option().name()),
                Dependent::kind,
                named -> named.object().leaf(),
                this::dependent);
    }

    private <T> List<Line> lines(
            List<T> all,
            Function<T, Object> key,
            Function<T, Kind> kind,
            Function<T, String> name,
            Function<T, String> text) {
        return Grouping.by(all, key).stream()
                .flatMap(group -> Stream.concat(
                        group.first().stream()
                                .map(each -> new Line(kind.apply(each), name.apply(each), text.apply(each))),
                        group.more() == 0
                                ? Stream.of()
                                : Stream.of(more(kind.apply(group.first().getFirst()), group.more()))))
                .toList();
    }

    private Line more(Kind kind, int number) {
        return new Line(kind, "", words.of("plan.moreOfKind", number, words.kind(kind)));
    }

    /** The changes of values, those that are alike in one; of each option the first few. */
    public List<ChangeGroup> groups(Plan plan) {
        return grouped(plan).stream().flatMap(group -> group.first().stream()).toList();
    }

    /** How many changes of each option are not shown: "Last Name (User): 9,997 more changes". */
    public List<String> furtherChanges(Plan plan) {
        return grouped(plan).stream()
                .filter(group -> group.more() > 0)
                .map(group -> {
                    Difference first = group.first().getFirst().difference();
                    return words.of("plan.moreChanges", label(first), words.kind(first.kind()), group.more());
                })
                .toList();
    }

    private static List<Grouping<ChangeGroup>> grouped(Plan plan) {
        return Grouping.by(
                ChangeGroup.of(plan),
                group -> List.of(group.difference().kind(), group.difference().attribute()));
    }

    /** The warnings: the first few about each thing, and how many more. */
    public List<Notice> warnings(Plan plan) {
        return Grouping.by(plan.warnings(), Warning::about).stream()
                .flatMap(group -> {
                    String about = group.first().getFirst().about().name();
                    Stream<Notice> named = group.first().stream().map(each -> new Notice(about, warning(each)));
                    return group.more() == 0
                            ? named
                            : Stream.concat(
                                    named, Stream.of(new Notice(about, words.of("plan.moreWarnings", group.more()))));
                })
                .toList();
    }

    /**
     * A warning in words.
     *
     * @param about what it is about
     * @param text the sentence
     */
    public record Notice(String about, String text) {}

    /** Which objects get a change, where the plan is about several; "" where it is about one. */
    public String objects(Plan plan, ChangeGroup group) {
        boolean several = plan.differences().stream()
                        .map(Difference::object)
                        .distinct()
                        .limit(2)
                        .count()
                > 1;
        if (!several) {
            return "";
        }
        String names = words.joined(
                group.objects().stream().limit(NAMED).map(PlanWords::name).toList());
        int more = group.objects().size() - NAMED;
        return more > 0 ? words.of("plan.andMore", names, more) : names;
    }

    // An agent is called like every other of its kind; its server tells which one.
    private static String name(Place place) {
        return place.leaf().endsWith(" Agent")
                ? place.parent().map(Place::leaf).orElse("") + "/" + place.leaf()
                : place.leaf();
    }

    /** What one agent does, and on which host. */
    public String touch(Touch touch) {
        String host = touch.host().map(Place::leaf).orElse("–");
        return words.of("plan.touch." + touch.act(), touch.server().leaf(), host, touch.sessions());
    }

    /** The name of a difference: the option's label, or the attribute where it is none. */
    public String label(Difference difference) {
        return difference.option().map(words::label).orElse(difference.attribute());
    }

    /** A value as it stood. */
    public String before(Difference difference) {
        return value(difference, difference.before());
    }

    /** A value as wanted. */
    public String after(Difference difference) {
        return value(difference, difference.after());
    }

    private String value(Difference difference, List<String> texts) {
        return difference
                .option()
                .map(option -> savebar.shown(option, texts))
                .orElseGet(() -> texts.isEmpty() ? words.of("value.none") : words.joined(texts));
    }

    /** What a difference asks of the engine, in a word. */
    public String effect(Difference difference) {
        return words.of("plan.effect." + difference.effect());
    }

    /** How many mailboxes each server's agents keep that restart or stop. */
    public List<String> mailboxes(Plan plan) {
        return plan.mailboxes().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(counted -> words.of(
                        counted.getValue().more() ? "plan.mailboxes.more" : "plan.mailboxes",
                        counted.getValue().number(),
                        counted.getKey().leaf()))
                .toList();
    }

    /** What it does to people, a sentence for each thing, the worst first. */
    public List<String> people(Plan plan) {
        PeopleImpact impact = plan.people();
        var sentences = new ArrayList<String>();
        boolean complete = impact.basis().complete();
        impact.changes().forEach(change -> sentences.add(people(change, complete)));
        impact.postmasters().forEach(postmaster -> sentences.add(postmaster(postmaster)));
        if (impact.isToBeConfirmed()) {
            List<String> names = impact.lockedOut().stream()
                    .map(Place::leaf)
                    .sorted(NameOrder.NAMES)
                    .toList();
            sentences.add(words.of("plan.people.lockedOut", words.joined(names), names.size()));
        }
        if (!complete) {
            sentences.add(words.of("plan.people.incomplete"));
        } else if (!sentences.isEmpty()) {
            impact.basis().asOf().ifPresent(at -> sentences.add(words.of("plan.people.asOf", words.time(at))));
        }
        return sentences;
    }

    /** What hurts people most; "" when nobody loses anything. */
    public String loss(Plan plan) {
        PeopleImpact impact = plan.people();
        return impact.isLoss() || !impact.basis().complete() ? people(plan).getFirst() : "";
    }

    private String people(AccessChange change, boolean complete) {
        String who = who(change);
        if (complete) {
            return people(change, who);
        }
        String atLeast = words.of("plan.people.atLeast", who);
        String sentence = people(change, atLeast);
        // A sentence that begins with the name of a server keeps it as it is.
        return sentence.startsWith(atLeast)
                ? sentence.substring(0, 1).toUpperCase(Locale.ROOT) + sentence.substring(1)
                : sentence;
    }

    private String people(AccessChange change, String who) {
        return words.of("plan.people." + change.effect(), who, change.number(), change.where());
    }

    private String who(AccessChange change) {
        List<String> some = change.some().stream().map(Place::leaf).toList();
        int more = change.number() - some.size();
        String names = String.join(", ", some);
        return words.of(
                "plan.people." + change.kind(),
                change.number(),
                more > 0 ? words.of("plan.people.more", names, more) : names);
    }

    private String postmaster(PeopleImpact.Postmaster postmaster) {
        String server = postmaster.server().leaf();
        Optional<String> after = postmaster.after().map(Place::leaf);
        if (after.isEmpty()) {
            return words.of("plan.people.postmaster.lost", server);
        }
        return postmaster.before().isEmpty()
                ? words.of("plan.people.postmaster.found", server, after.get())
                : words.of(
                        "plan.people.postmaster",
                        server,
                        after.get(),
                        postmaster.before().get().leaf());
    }

    /** Who names what. */
    public String dependent(Dependent dependent) {
        return words.of(
                "plan.dependent", dependent.object().leaf(), dependent.named().leaf(), words.label(dependent.option()));
    }

    /** A warning as a sentence. */
    public String warning(Warning warning) {
        return words.of("plan.warning." + warning.about(), warning.value(), number(warning.reason()));
    }

    // So that a text can say "1 mailbox" and "2 mailboxes".
    private static Object number(String reason) {
        return reason.matches("[0-9]{1,15}") ? Long.valueOf(reason) : reason;
    }

    /** What stands against it, as a sentence that names the object. */
    public String flaw(Flaw flaw) {
        String label = flaw.object().leaf();
        return flaw.problem().value().equals(label)
                ? words.problem(label, flaw.problem())
                : label + ": " + words.problem(flaw.problem().option(), flaw.problem());
    }
}
