package org.posthouse.mailcore.settings;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.posthouse.schema.tree.Entry;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.tree.MessagingServer;
import org.posthouse.schema.tree.Rules;
import org.posthouse.schema.tree.Tree;
import org.posthouse.schema.value.Place;

/**
 * Decides, branch by branch, what may come into force. A branch is a messaging server with its agents; it is taken
 * whole or refused whole, and what was refused leaves the last good one in force.
 */
final class Branches {

    private final Map<Place, List<Entry>> good = new TreeMap<>();
    private List<Entry> others = List.of();

    /** Takes what it can of the directory's present state. */
    Settings adopt(Collection<Entry> all) {
        var wanted = new HashMap<Place, Entry>();
        all.forEach(entry -> wanted.put(entry.place(), entry));
        others = all.stream().filter(entry -> !isBranch(entry)).toList();
        Map<Place, List<Entry>> fresh = split(all);
        good.keySet().retainAll(fresh.keySet());

        var undecided = new LinkedHashMap<>(fresh);
        undecided.entrySet().removeIf(branch -> branch.getValue().equals(good.get(branch.getKey())));
        takeTogether(undecided);
        Map<Place, Refusal> refusals = takeOneByOne(undecided);
        return new Settings(tree(good), Map.copyOf(wanted), Map.copyOf(refusals));
    }

    // The usual case: all that changed is good, also with what another branch changed at the same time.
    private void takeTogether(Map<Place, List<Entry>> undecided) {
        var candidate = new TreeMap<>(good);
        candidate.putAll(undecided);
        Tree tree = tree(candidate);
        if (undecided.keySet().stream().allMatch(server -> flaws(tree, server).isEmpty())) {
            good.putAll(undecided);
            undecided.clear();
        }
    }

    // A context may leave one branch and enter another, so a refused one is tried again after each that was taken.
    private Map<Place, Refusal> takeOneByOne(Map<Place, List<Entry>> undecided) {
        var refusals = new HashMap<Place, Refusal>();
        boolean again = true;
        while (again) {
            again = false;
            for (Place server : List.copyOf(undecided.keySet())) {
                var candidate = new TreeMap<>(good);
                candidate.put(server, undecided.getOrDefault(server, List.of()));
                List<Refusal.Flaw> flaws = flaws(tree(candidate), server);
                if (flaws.isEmpty()) {
                    good.putAll(candidate);
                    undecided.remove(server);
                    refusals.remove(server);
                    again = true;
                } else {
                    refusals.put(server, new Refusal(server, flaws));
                }
            }
        }
        return refusals;
    }

    private static List<Refusal.Flaw> flaws(Tree tree, Place place) {
        var flaws = new ArrayList<Refusal.Flaw>();
        tree.broken().stream()
                .filter(broken -> broken.place().isWithin(place))
                .forEach(broken ->
                        broken.problems().forEach(problem -> flaws.add(new Refusal.Flaw(broken.place(), problem))));
        tree.server(place)
                .ifPresent(server -> pages(server)
                        .forEach((holder, pages) -> pages.forEach(page -> new Rules(tree)
                                .problems(holder, page)
                                .forEach(problem -> flaws.add(new Refusal.Flaw(holder, problem))))));
        return flaws;
    }

    private static Map<Place, List<Record>> pages(MessagingServer server) {
        var pages = new LinkedHashMap<Place, List<Record>>();
        pages.put(server.place(), List.of(server.identification(), server.status()));
        server.agents()
                .values()
                .forEach(agent ->
                        pages.put(agent.place(), List.copyOf(agent.pages().values())));
        return pages;
    }

    private Tree tree(Map<Place, List<Entry>> branches) {
        return Tree.of(together(branches));
    }

    private List<Entry> together(Map<Place, List<Entry>> branches) {
        return Stream.concat(others.stream(), branches.values().stream().flatMap(List::stream))
                .toList();
    }

    private static Map<Place, List<Entry>> split(Collection<Entry> all) {
        var branches = new TreeMap<Place, List<Entry>>();
        all.stream()
                .filter(entry -> entry.kind() == Kind.MESSAGING_SERVER)
                .forEach(server -> branches.put(server.place(), new ArrayList<>(List.of(server))));
        all.stream()
                .filter(entry -> entry.kind().isAgent())
                .sorted((one, two) -> one.place().compareTo(two.place()))
                .forEach(agent -> agent.place().parent().map(branches::get).ifPresent(branch -> branch.add(agent)));
        return branches;
    }

    private static boolean isBranch(Entry entry) {
        return entry.kind() == Kind.MESSAGING_SERVER || entry.kind().isAgent();
    }

    /** The entries in force, for safe keeping. */
    List<Entry> inForce() {
        return together(good);
    }
}
