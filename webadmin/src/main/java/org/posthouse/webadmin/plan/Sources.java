package org.posthouse.webadmin.plan;

import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import org.posthouse.schema.address.Population;
import org.posthouse.schema.status.State;
import org.posthouse.schema.tree.Tree;
import org.posthouse.schema.value.Place;
import org.posthouse.webadmin.pulse.Board;

/**
 * What the effect of a plan on people was worked out from. While nothing of it changes, it need not be worked out again.
 * Immutable.
 */
public final class Sources {

    // Licenses expire by the clock, and not because anything is written.
    private static final long LONGEST = Duration.ofMinutes(1).toNanos();

    private final Tree tree;
    private final Population population;
    private final Set<Place> agents;
    private final Set<Place> hosts;
    private final long at = System.nanoTime();

    Sources(Tree tree, Population population, Running running) {
        this.tree = tree;
        this.population = population;
        this.agents = running.servers().values().stream()
                .flatMap(server -> server.agents().stream())
                .filter(agent -> agent.obedience().state() == State.RUNNING)
                .map(Board.Agent::place)
                .collect(Collectors.toUnmodifiableSet());
        this.hosts = running.silences().keySet();
    }

    /** Whether these later ones are the same. */
    @SuppressWarnings("ReferenceEquality") // Both are kept as they are until something in them changes.
    boolean areStill(Sources now) {
        return tree == now.tree
                && population == now.population
                && agents.equals(now.agents)
                && hosts.equals(now.hosts)
                && now.at - at < LONGEST;
    }
}
