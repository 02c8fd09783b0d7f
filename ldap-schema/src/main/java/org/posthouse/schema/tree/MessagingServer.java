package org.posthouse.schema.tree;

import java.util.Map;
import java.util.Optional;
import org.posthouse.schema.panel.ServerIdentification;
import org.posthouse.schema.panel.ServerStatus;
import org.posthouse.schema.value.Place;

/**
 * A messaging server with its pages and agents decoded.
 *
 * @param place where it stands
 * @param revision the revision of its own entry
 * @param identification its Identification page
 * @param status its Status page
 * @param agents its agents; at most one of a kind, since their names are fixed
 */
public record MessagingServer(
        Place place, long revision, ServerIdentification identification, ServerStatus status, Map<Kind, Agent> agents) {

    /** Its name. */
    public String name() {
        return place.leaf();
    }

    /** Its agent of this kind. */
    public Optional<Agent> agent(Kind kind) {
        return Optional.ofNullable(agents.get(kind));
    }

    /** The revision that this agent is wanted to obey: the later of the server's and its own. */
    public long wanted(Agent agent) {
        return Math.max(revision, agent.revision());
    }
}
