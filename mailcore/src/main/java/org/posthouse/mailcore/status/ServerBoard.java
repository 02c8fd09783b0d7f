package org.posthouse.mailcore.status;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.posthouse.schema.status.State;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.value.Place;

/**
 * What the board shows of one messaging server.
 *
 * @param place where it stands
 * @param standing how it stands
 * @param agents its agents
 * @param refusals what the server itself could not apply; while there is one, its newest revision does not count as obeyed
 * @param queue figures of its queue, asked for when the board is read; empty while there is no queue
 * @param postmaster how its postmaster's mailbox stands, asked for as well; empty while it is not kept here
 * @param acme how its certificate from an ACME authority stands; empty while nothing is wanted of one
 * @param statistics what its agents counted; empty where none ever ran
 * @param runsSince since when it runs, while it does
 */
public record ServerBoard(
        Place place,
        Standing standing,
        List<AgentBoard> agents,
        List<OptionRefusal> refusals,
        Supplier<Map<String, Long>> queue,
        Supplier<Optional<PostmasterLine>> postmaster,
        Optional<AcmeLine> acme,
        Optional<Tally> statistics,
        Optional<Instant> runsSince) {

    /** Whether the server or one of its agents is about to start. */
    public boolean isStarting() {
        return standing.state() == State.STARTING
                || agents.stream().anyMatch(agent -> agent.standing().state() == State.STARTING);
    }

    /**
     * What the board shows of one agent.
     *
     * @param place where it stands
     * @param kind which agent
     * @param standing how it stands
     * @param refusals what it could not apply
     * @param live what changes by itself, asked for when the board is read
     */
    public record AgentBoard(
            Place place, Kind kind, Standing standing, List<OptionRefusal> refusals, Supplier<Live> live) {}

    /**
     * What changes of an agent without a change of its standing.
     *
     * @param listening where it listens
     * @param figures its counters
     * @param notes what an administrator should know
     */
    public record Live(List<String> listening, Map<String, Long> figures, List<String> notes) {

        /** An agent that does not run. */
        public static final Live NONE = new Live(List.of(), Map.of(), List.of());
    }
}
