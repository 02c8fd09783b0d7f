package org.posthouse.mailcore.settings;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.posthouse.schema.tree.Agent;
import org.posthouse.schema.tree.Entry;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.tree.MessagingServer;
import org.posthouse.schema.tree.Tree;
import org.posthouse.schema.value.Place;

/**
 * Everything that is in force at one moment, and what was refused.
 *
 * @param tree what is in force: of each branch the newest good one
 * @param wanted every object as the directory has it, good or not
 * @param refusals branches whose newest state is not obeyed, by messaging server
 */
public record Settings(Tree tree, Map<Place, Entry> wanted, Map<Place, Refusal> refusals) {

    /** Nothing known yet. */
    public static final Settings NONE = new Settings(Tree.EMPTY, Map.of(), Map.of());

    /** The snapshots of the messaging servers whose Host Server has this name. */
    public Map<Place, Snapshot> on(String host, Instant since) {
        var snapshots = new HashMap<Place, Snapshot>();
        tree.servers().stream()
                .filter(server -> isHost(server.identification().hostServer(), host))
                .forEach(server -> snapshots.put(server.place(), snapshot(server, since)));
        return snapshots;
    }

    /** Refused branches that never were good, of messaging servers that name this host. */
    public List<Refusal> brokenOn(String host) {
        return refusals.values().stream()
                .filter(refusal -> tree.server(refusal.server()).isEmpty())
                .filter(refusal -> Optional.ofNullable(wanted.get(refusal.server()))
                        .flatMap(entry -> entry.value("posthouseHost"))
                        .filter(named -> namesHost(named, host))
                        .isPresent())
                .toList();
    }

    /** The Host Server objects of this name. */
    public List<Entry> hosts(String host) {
        return wanted.values().stream()
                .filter(entry -> entry.kind() == Kind.HOST_SERVER && isHost(entry.place(), host))
                .toList();
    }

    /** The one container of the mail system's own objects. */
    public Optional<Entry> internetServices() {
        return wanted.values().stream()
                .filter(entry -> entry.kind() == Kind.INTERNET_SERVICES)
                .findFirst();
    }

    /** The secret shared by all agents and status boards; empty when none is known. */
    public String systemSecret() {
        return internetServices()
                .flatMap(entry -> entry.value("posthouseSystemSecret"))
                .orElse("");
    }

    /** The number of the last change of all that is known here. */
    public long revision() {
        long newest = newest(wanted.values());
        return internetServices()
                .flatMap(entry -> entry.value("posthouseConfigVersion"))
                .map(Long::parseLong)
                .filter(version -> version > newest)
                .orElse(newest);
    }

    /** The revision of an object as the directory has it; 0 when it is gone. */
    public long wantedOf(Place place) {
        return Optional.ofNullable(wanted.get(place)).map(Entry::revision).orElse(0L);
    }

    private Snapshot snapshot(MessagingServer server, Instant since) {
        long newest =
                server.agents().values().stream().mapToLong(Agent::revision).reduce(server.revision(), Math::max);
        return new Snapshot(server, tree.seenBy(server), newest, since);
    }

    private static long newest(Collection<Entry> entries) {
        return entries.stream().mapToLong(Entry::revision).max().orElse(0);
    }

    private static boolean isHost(Place place, String host) {
        return place.leaf().equalsIgnoreCase(host);
    }

    private static boolean namesHost(String dn, String host) {
        try {
            return isHost(Place.of(dn), host);
        } catch (IllegalArgumentException malformed) {
            return false;
        }
    }
}
