package org.posthouse.webadmin.pulse;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.posthouse.schema.value.Place;

/**
 * What all boards of one moment say, by place: a page about hundreds of servers asks thousands of times.
 *
 * @param news how often there had been news by then
 */
record Spoken(long news, Map<Place, Board.Server> servers, Map<Place, Board.Agent> agents) {

    static final Spoken NOTHING = new Spoken(-1, Map.of(), Map.of());

    /** Of a server that two engines speak for, what the first says. */
    static Spoken of(long news, List<Board> boards) {
        var servers = new HashMap<Place, Board.Server>();
        var agents = new HashMap<Place, Board.Agent>();
        for (Board board : boards) {
            for (Board.Server server : board.servers()) {
                if (servers.putIfAbsent(server.place(), server) == null) {
                    server.agents().forEach(agent -> agents.putIfAbsent(agent.place(), agent));
                }
            }
        }
        return new Spoken(news, servers, agents);
    }
}
