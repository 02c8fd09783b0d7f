package org.posthouse.webadmin.attention;

import java.util.List;
import org.posthouse.schema.tree.Kind;
import org.posthouse.webadmin.pulse.Board;

/** Messages of a host's servers that were found to be damaged. */
final class DamageConcerns {

    private static final String FIGURE = "damagedMessages";

    private DamageConcerns() {}

    static List<Concern> of(Board board) {
        return board.servers().stream()
                .flatMap(server -> server.agents().stream()
                        .filter(agent -> agent.figures().getOrDefault(FIGURE, 0L) > 0)
                        .map(agent -> Concern.at(
                                Severity.PEOPLE,
                                "damaged",
                                List.of(server.name(), agent.figures().getOrDefault(FIGURE, 0L)),
                                agent.place(),
                                Kind.NMAP_AGENT,
                                "agent-status")))
                .toList();
    }
}
