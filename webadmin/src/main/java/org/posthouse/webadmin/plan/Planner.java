package org.posthouse.webadmin.plan;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.posthouse.schema.directory.Directory;
import org.posthouse.schema.directory.Directory.Page;
import org.posthouse.schema.directory.Directory.Query;
import org.posthouse.schema.option.Panel;
import org.posthouse.schema.panel.NmapContext;
import org.posthouse.schema.tree.Entry;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.tree.Tree;
import org.posthouse.schema.value.Place;
import org.posthouse.webadmin.plan.Plan.Count;
import org.posthouse.webadmin.plan.Plan.Difference;
import org.posthouse.webadmin.plan.Plan.Flaw;
import org.posthouse.webadmin.plan.Plan.Made;
import org.posthouse.webadmin.plan.Plan.Removed;
import org.posthouse.webadmin.plan.Plan.Touch;

/**
 * Works out what steps would do, from the catalogue, the tree and the status boards. It writes nothing. No page and no
 * option has code of its own here.
 */
public final class Planner {

    private static final int LISTED = 12;
    private static final int COUNTED = 1_000;

    private final Directory directory;
    private final Tree tree;
    private final Running running;
    private final String author;

    /**
     * Over a tree as it stands.
     *
     * @param directory is asked for what no tree holds, such as users and containers
     * @param tree the configuration
     * @param running what engines say
     */
    public Planner(Directory directory, Tree tree, Running running) {
        this(directory, tree, running, "");
    }

    private Planner(Directory directory, Tree tree, Running running, String author) {
        this.directory = directory;
        this.tree = tree;
        this.running = running;
        this.author = author;
    }

    /** The same for an author, who may not be deleted by it: the distinguished name. */
    public Planner by(String who) {
        return new Planner(directory, tree, running, who);
    }

    /** The plan of these steps. Throws DirectoryException when the directory cannot be asked. */
    public Plan plan(List<Step> steps) {
        return plan(steps, List.of());
    }

    /** The same by one who saw some objects in another state than they are in now: the plan is held against what was seen. */
    public Plan plan(List<Step> steps, Collection<Entry> seen) {
        var outlook = new Outlook(directory, tree, seen);
        steps.forEach(outlook::take);
        var disturbances = new Disturbances(outlook, running);
        Set<Place> servers = disturbances.servers();
        List<Touch> touches = disturbances.all();
        List<Flaw> flaws = new Objections(outlook, directory, author).all();
        var differences = new ArrayList<Difference>();
        outlook.made()
                .forEach(entry -> differences.addAll(
                        between(outlook, nothing(entry), entry).told()));
        outlook.altered()
                .forEach(entry -> differences.addAll(
                        between(outlook, outlook.before(entry.place()).orElseThrow(), entry)
                                .told()));
        return new Plan(
                wanted(outlook),
                differences,
                outlook.made().stream()
                        .map(entry -> new Made(entry.place(), entry.kind()))
                        .toList(),
                outlook.removed().stream().map(place -> removed(outlook, place)).toList(),
                touches,
                mailboxes(outlook, touches),
                isWritable(outlook, flaws)
                        ? new PeopleComparison(directory, outlook, running).impact(servers)
                        : PeopleImpact.NONE,
                new Dependents(outlook).all(),
                flaws,
                new Cautions(outlook, running).all(servers),
                outlook.stood());
    }

    // A value that is refused is never written: an agent that could not run with it takes nothing from anybody. What
    // stands against a removal says nothing of its effect, which those who mean it want to see all the same.
    private static boolean isWritable(Outlook outlook, List<Flaw> flaws) {
        return flaws.stream()
                .map(Flaw::object)
                .allMatch(object -> outlook.removed().stream().anyMatch(object::isWithin));
    }

    /**
     * A plan that was made before, with what it does to people as everything is now. Reads people only when the plan can
     * touch them, and works it out again only when something changed since.
     */
    public Plan renewed(Plan plan) {
        var outlook = new Outlook(directory, tree, plan.stood().values());
        plan.steps().forEach(outlook::take);
        var comparison = new PeopleComparison(directory, outlook, running);
        return comparison.isCurrent(plan.people())
                ? plan
                : plan.with(comparison.impact(new Disturbances(outlook, running).servers()));
    }

    /**
     * What stands against steps that were planned before, in the tree as it stands now. Costs no more than the checks.
     *
     * @param seen the objects that the plan found
     */
    public List<Plan.Flaw> objections(List<Step> steps, Collection<Entry> seen) {
        var outlook = new Outlook(directory, tree, seen);
        steps.forEach(outlook::take);
        return new Objections(outlook, directory, author).all();
    }

    private static Entry nothing(Entry entry) {
        return new Entry(entry.place(), entry.kind(), 0, Map.of());
    }

    private static Differences between(Outlook outlook, Entry before, Entry after) {
        return new Differences(before, after, parts(outlook.after(), after));
    }

    /** What stands in a messaging server and keeps options on it. */
    static List<Entry> parts(Tree tree, Entry holder) {
        return holder.kind() != Kind.MESSAGING_SERVER
                ? List.of()
                : Stream.of(Kind.values())
                        .filter(kind -> kind.isAgent()
                                && kind.panels().stream().anyMatch(panel -> panel.holder() == Panel.Holder.PARENT))
                        .flatMap(kind -> tree.entry(holder.place().child(kind.naming(), kind.label())).stream())
                        .toList();
    }

    private static List<Step> wanted(Outlook outlook) {
        var steps = new ArrayList<Step>();
        outlook.made().forEach(entry -> steps.add(new Step.Make(entry.place(), entry.kind(), entry.attributes())));
        outlook.altered().forEach(entry -> {
            Map<String, List<String>> attributes = between(
                            outlook, outlook.before(entry.place()).orElseThrow(), entry)
                    .attributes();
            if (!attributes.isEmpty()) {
                steps.add(new Step.Alter(entry.place(), attributes));
            }
        });
        outlook.removed().forEach(place -> steps.add(new Step.Remove(place)));
        return steps;
    }

    private Removed removed(Outlook outlook, Place place) {
        Kind kind = outlook.before(place).map(Entry::kind).orElse(Kind.UNKNOWN);
        if (!kind.isContainer()) {
            return new Removed(place, kind, List.of(), false, new Count(1, false));
        }
        Page page = directory.children(place, Query.first(LISTED));
        return new Removed(
                place,
                kind,
                page.entries().stream().map(Entry::place).toList(),
                !page.next().isEmpty(),
                total(place));
    }

    private Count total(Place place) {
        int number = directory.countWithin(place, COUNTED + 1);
        return new Count(Math.min(number, COUNTED), number > COUNTED);
    }

    // Counted only where the mail store itself goes away for a while; of one that is deleted, what people lose says it.
    private Map<Place, Count> mailboxes(Outlook outlook, List<Touch> touches) {
        var counts = new HashMap<Place, Count>();
        var counted = new HashSet<Place>();
        touches.stream()
                .filter(touch -> touch.kind() == Kind.NMAP_AGENT && touch.act() != Plan.Act.START)
                .filter(touch -> outlook.after().entry(touch.agent()).isPresent())
                .map(Touch::server)
                .filter(counted::add)
                .limit(LISTED)
                .forEach(server -> counts.put(server, mailboxes(outlook, server)));
        return counts;
    }

    private Count mailboxes(Outlook outlook, Place server) {
        int left = COUNTED;
        for (Place context : contexts(outlook, server)) {
            left -= directory.count(context, Set.of(Kind.USER), left);
            if (left <= 0) {
                return new Count(COUNTED, true);
            }
        }
        return new Count(COUNTED - left, false);
    }

    private static List<Place> contexts(Outlook outlook, Place server) {
        return outlook.before().server(server).stream()
                .flatMap(known -> known.agent(Kind.NMAP_AGENT).stream())
                .flatMap(nmap -> nmap.page(NmapContext.class).contexts().stream())
                .toList();
    }
}
