package org.posthouse.webadmin.plan;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.posthouse.schema.value.Place;
import org.posthouse.webadmin.pulse.Board;
import org.posthouse.webadmin.pulse.Pulse;

/**
 * What the status boards say at one moment.
 *
 * @param servers the messaging servers that engines run
 * @param silences of every host an engine ever ran on, why it says nothing; "" of those that speak
 */
public record Running(Map<Place, Board.Server> servers, Map<Place, String> silences) {

    /** Nothing runs that we know of. */
    public static final Running NOTHING = new Running(Map.of(), Map.of());

    /** Takes copies. */
    public Running {
        servers = Map.copyOf(servers);
        silences = Map.copyOf(silences);
    }

    /** As of now. */
    public static Running of(Pulse pulse) {
        var servers = new HashMap<Place, Board.Server>();
        pulse.boards().forEach(board -> board.servers().forEach(server -> servers.put(server.place(), server)));
        return new Running(servers, pulse.silences());
    }

    /** What its engine says of a messaging server. */
    Optional<Board.Server> server(Place server) {
        return Optional.ofNullable(servers.get(server));
    }

    /** What its engine says of an agent. */
    Optional<Board.Agent> agent(Place server, Place agent) {
        return server(server).stream()
                .flatMap(state -> state.agents().stream())
                .filter(state -> state.place().equals(agent))
                .findFirst();
    }
}
