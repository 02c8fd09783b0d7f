package org.posthouse.schema.tree;

import java.util.Map;
import org.posthouse.schema.panel.AgentStatus;
import org.posthouse.schema.value.Place;

/**
 * An agent of a messaging server with its pages decoded.
 *
 * @param place where it stands
 * @param kind which agent
 * @param revision the revision of its own entry
 * @param pages its panel records by class
 */
public record Agent(Place place, Kind kind, long revision, Map<Class<?>, Record> pages) {

    /** One of its pages. */
    public <P extends Record> P page(Class<P> type) {
        Record page = pages.get(type);
        if (page == null) {
            throw new IllegalArgumentException(kind.label() + " has no page " + type.getSimpleName());
        }
        return type.cast(page);
    }

    /** Whether it is to be launched. */
    public boolean enabled() {
        return page(AgentStatus.class).enabled();
    }
}
