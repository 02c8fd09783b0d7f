package org.posthouse.webadmin.setup;

import java.time.Duration;
import java.util.List;
import org.posthouse.schema.directory.Directory;
import org.posthouse.schema.status.State;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.value.Place;
import org.posthouse.webadmin.pulse.Board;
import org.posthouse.webadmin.pulse.Pulse;

/** What the engine says of the agents of the server that a set-up has just created. */
public final class ListeningAgents {

    private final Pulse pulse;
    private final Place server;
    private final List<Kind> agents;

    /**
     * How one agent stands.
     *
     * @param kind which agent
     * @param listening where it listens: "127.0.0.1:25"; empty: not yet
     * @param reason why it does not listen, in words of the engine; may be empty
     */
    public record Standing(Kind kind, List<String> listening, String reason) {

        /** Whether it accepts connections. */
        public boolean isReady() {
            return !listening.isEmpty();
        }

        /** Where it listens, in one line. */
        public String where() {
            return String.join(", ", listening);
        }
    }

    /** Of the server that these answers have created. */
    public ListeningAgents(Pulse pulse, Directory directory, SetUp setUp) {
        this.pulse = pulse;
        this.server = directory.internetServices().child("ou", setUp.serverName());
        this.agents = Kind.agents().stream()
                .filter(kind -> setUp.createServer()
                        && (!kind.agentType().provides().isEmpty()
                                || setUp.agents().contains(kind)))
                .toList();
    }

    /** How they stand now. */
    public List<Standing> now() {
        return agents.stream().map(this::standing).toList();
    }

    private Standing standing(Kind kind) {
        return pulse.agent(server.child(kind.naming(), kind.label()))
                .map(agent -> standing(kind, agent))
                .orElse(new Standing(kind, List.of(), ""));
    }

    private static Standing standing(Kind kind, Board.Agent agent) {
        boolean running = agent.obedience().state() == State.RUNNING;
        return new Standing(
                kind, running ? agent.listening() : List.of(), agent.obedience().reason());
    }

    /** Whether all of them accept connections. */
    public boolean areReady() {
        return now().stream().allMatch(Standing::isReady);
    }

    /** Waits until all of them accept connections, so long at most, and says how they stand then. */
    public List<Standing> await(Duration patience) {
        pulse.await(this::areReady, patience);
        return now();
    }
}
