package org.posthouse.mailcore.engine;

import java.util.Map;
import org.posthouse.mailcore.agent.Surroundings;

/**
 * What the agents of one messaging server share while its NMAP Agent runs: the mail itself, and whom and what to ask.
 *
 * @param surroundings what each agent is given
 */
record Office(Surroundings surroundings) implements AutoCloseable {

    /** Figures of the queue for the board. */
    Map<String, Long> queueFigures() {
        return Map.of();
    }

    @Override
    public void close() {}
}
