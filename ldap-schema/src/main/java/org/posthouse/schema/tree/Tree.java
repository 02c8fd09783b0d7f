package org.posthouse.schema.tree;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.posthouse.schema.option.Panel;
import org.posthouse.schema.option.PanelFacts;
import org.posthouse.schema.option.Refused;
import org.posthouse.schema.value.Place;

/**
 * All messaging servers with their agents, decoded once and never changed.
 *
 * <p>Users are many and are not in it; they are looked up one by one.
 */
public final class Tree {

    /** A tree with nothing in it. */
    public static final Tree EMPTY = new Tree(new TreeMap<>(), List.of(), Map.of());

    private final Map<Place, MessagingServer> servers;
    private final List<Broken> broken;
    private final Map<Place, Entry> entries;
    private volatile @Nullable Map<Place, Place> aliases;

    // The servers in the order of their places.
    private Tree(SortedMap<Place, MessagingServer> servers, List<Broken> broken, Map<Place, Entry> entries) {
        this.servers = Collections.unmodifiableMap(new LinkedHashMap<>(servers));
        this.broken = List.copyOf(broken);
        this.entries = Collections.unmodifiableMap(entries);
    }

    /** Decodes messaging servers, agents, aliases and hosts out of entries in any order; other kinds are passed over. */
    public static Tree of(Collection<Entry> all) {
        var byPlace = new HashMap<Place, Entry>();
        all.forEach(entry -> byPlace.put(entry.place(), entry));
        var agentsOf = new HashMap<Place, List<Entry>>();
        all.stream()
                .filter(entry -> entry.kind().isAgent())
                .forEach(agent -> agent.place()
                        .parent()
                        .ifPresent(server -> agentsOf.computeIfAbsent(server, place -> new ArrayList<>())
                                .add(agent)));
        var servers = new TreeMap<Place, MessagingServer>();
        var broken = new ArrayList<Broken>();
        for (Entry entry : byPlace.values()) {
            if (entry.kind() == Kind.MESSAGING_SERVER) {
                decode(entry, agentsOf.getOrDefault(entry.place(), List.of()), broken)
                        .ifPresent(server -> servers.put(server.place(), server));
            }
        }
        return new Tree(servers, broken, byPlace);
    }

    /**
     * The tree after some objects changed: an object that is empty is gone. Only the messaging servers concerned are
     * decoded anew, so this is quick in a tree of thousands of agents.
     */
    public Tree with(Map<Place, Optional<Entry>> changes) {
        var after = new HashMap<>(entries);
        var concerned = new HashSet<Place>();
        changes.forEach((place, change) -> {
            Stream.concat(Stream.ofNullable(entries.get(place)), change.stream())
                    .flatMap(entry -> serverOf(entry).stream())
                    .forEach(concerned::add);
            change.ifPresentOrElse(entry -> after.put(place, entry), () -> after.remove(place));
        });
        Tree renewed = of(branches(after, concerned));
        var sorted = new TreeMap<Place, MessagingServer>();
        sorted.putAll(servers);
        concerned.forEach(sorted::remove);
        sorted.putAll(renewed.servers);
        var flawed = new ArrayList<>(broken);
        flawed.removeIf(each -> concerned.contains(each.place())
                || each.place().parent().filter(concerned::contains).isPresent());
        flawed.addAll(renewed.broken);
        return new Tree(sorted, flawed, after);
    }

    // Agents have fixed names and are looked up; only one that another tool named otherwise has to be looked for.
    private static List<Entry> branches(Map<Place, Entry> entries, Set<Place> servers) {
        var found = new ArrayList<Entry>();
        for (Place server : servers) {
            Stream.ofNullable(entries.get(server)).forEach(found::add);
            for (Kind kind : Kind.values()) {
                if (kind.isAgent()) {
                    Stream.ofNullable(entries.get(server.child(kind.naming(), kind.label())))
                            .filter(entry -> entry.kind() == kind)
                            .forEach(found::add);
                }
            }
        }
        entries.values().stream()
                .filter(entry -> entry.kind().isAgent() && !isFixed(entry))
                .filter(entry ->
                        entry.place().parent().filter(servers::contains).isPresent())
                .forEach(found::add);
        return found;
    }

    private static boolean isFixed(Entry agent) {
        return agent.place().leafAttribute().equals("cn")
                && agent.kind().label().equalsIgnoreCase(agent.place().leaf());
    }

    private static Optional<Place> serverOf(Entry entry) {
        if (entry.kind() == Kind.MESSAGING_SERVER) {
            return Optional.of(entry.place());
        }
        return entry.kind().isAgent() ? entry.place().parent() : Optional.empty();
    }

    private static Optional<MessagingServer> decode(Entry entry, List<Entry> agents, List<Broken> broken) {
        var decoded = new EnumMap<Kind, Agent>(Kind.class);
        for (Entry agent : agents) {
            try {
                var pages = pages(agent, entry);
                decoded.put(agent.kind(), new Agent(agent.place(), agent.kind(), agent.revision(), pages));
            } catch (Refused refused) {
                broken.add(new Broken(agent.place(), agent.revision(), refused.problems()));
            }
        }
        try {
            var pages = pages(entry, entry);
            return Optional.of(new MessagingServer(entry.place(), entry.revision(), pages, Map.copyOf(decoded)));
        } catch (Refused refused) {
            broken.add(new Broken(entry.place(), entry.revision(), refused.problems()));
            return Optional.empty();
        }
    }

    private static Map<Class<?>, Record> pages(Entry entry, Entry server) {
        var pages = new LinkedHashMap<Class<?>, Record>();
        for (PanelFacts<?> panel : entry.kind().panels()) {
            Entry holder = panel.holder() == Panel.Holder.PARENT ? server : entry;
            pages.put(panel.type(), panel.decode(holder.attributes()));
        }
        return Map.copyOf(pages);
    }

    /** All messaging servers that can be understood, in the order of their places. */
    public List<MessagingServer> servers() {
        return List.copyOf(servers.values());
    }

    /** Servers and agents that cannot be understood. */
    public List<Broken> broken() {
        return broken;
    }

    /** The messaging server at a place. */
    public Optional<MessagingServer> server(Place place) {
        return Optional.ofNullable(servers.get(place));
    }

    /** The object at a place, as read. */
    public Optional<Entry> entry(Place place) {
        return Optional.ofNullable(entries.get(place));
    }

    /** Every object of it, as read, in no order. */
    public Collection<Entry> entries() {
        return entries.values();
    }

    /**
     * The servers this one works with, itself first: alone when Distributed Processing is off, else every messaging
     * server that stands in Internet Services or has an Alias there.
     */
    public List<MessagingServer> seenBy(MessagingServer server) {
        var seen = new ArrayList<MessagingServer>();
        seen.add(server);
        if (server.identification().distributedProcessing()) {
            servers.values().stream()
                    .filter(other -> !other.place().equals(server.place())
                            && showing(other.place()).isShown())
                    .forEach(seen::add);
        }
        return List.copyOf(seen);
    }

    /** How a server shows itself to the others, wherever it stands. */
    public Showing showing(Place server) {
        if (server.parent().filter(this::isInternetServices).isPresent()) {
            return new Showing.Inside();
        }
        return Optional.ofNullable(aliases().get(server))
                .<Showing>map(Showing.Aliased::new)
                .orElseGet(Showing.Outside::new);
    }

    // Found once: each of hundreds of servers asks for each of the others.
    private Map<Place, Place> aliases() {
        Map<Place, Place> known = aliases;
        if (known == null) {
            var found = new HashMap<Place, Place>();
            entries.values().stream()
                    .filter(entry -> entry.kind() == Kind.ALIAS)
                    .filter(alias -> alias.place()
                            .parent()
                            .filter(this::isInternetServices)
                            .isPresent())
                    .sorted(Comparator.comparing(Entry::place))
                    .forEach(alias -> aliased(alias).ifPresent(server -> found.putIfAbsent(server, alias.place())));
            known = Map.copyOf(found);
            aliases = known;
        }
        return known;
    }

    private static Optional<Place> aliased(Entry alias) {
        try {
            return alias.value("aliasedObjectName").map(Place::of);
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    private boolean isInternetServices(Place place) {
        return entry(place).map(entry -> entry.kind() == Kind.INTERNET_SERVICES).orElse(false);
    }
}
