package org.posthouse.schema.tree;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.posthouse.schema.agent.ServerView;
import org.posthouse.schema.panel.ServerIdentification;
import org.posthouse.schema.panel.ServerSecurity;
import org.posthouse.schema.panel.ServerStatus;
import org.posthouse.schema.value.Place;

/**
 * A messaging server with its pages and agents decoded.
 *
 * @param place where it stands
 * @param revision the revision of its own entry
 * @param pages its panel records by class
 * @param agents its agents; at most one of a kind, since their names are fixed
 */
public record MessagingServer(Place place, long revision, Map<Class<?>, Record> pages, Map<Kind, Agent> agents)
        implements ServerView {

    /** Its name. */
    @Override
    public String name() {
        return place.leaf();
    }

    /** One of its pages. */
    public <P extends Record> P page(Class<P> type) {
        Record page = pages.get(type);
        if (page == null) {
            throw new IllegalArgumentException("a messaging server has no page " + type.getSimpleName());
        }
        return type.cast(page);
    }

    @Override
    public <P extends Record> Optional<P> find(Class<P> page) {
        return Stream.concat(Stream.of(pages), agents.values().stream().map(Agent::pages))
                .flatMap(own -> Stream.ofNullable(own.get(page)))
                .map(page::cast)
                .findFirst();
    }

    /** Its Identification page. */
    public ServerIdentification identification() {
        return page(ServerIdentification.class);
    }

    /** Its Status page. */
    public ServerStatus status() {
        return page(ServerStatus.class);
    }

    /** Its Security page. */
    public ServerSecurity security() {
        return page(ServerSecurity.class);
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
