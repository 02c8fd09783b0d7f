package org.posthouse.schema.agent;

import java.util.Optional;
import org.posthouse.schema.value.Place;

/** A messaging server as the rules of an agent see it: its own pages and those of its agents, decoded. */
public interface ServerView {

    /** The distinguished name of the server. */
    Place place();

    /** Its name. */
    String name();

    /** Its page of this type, or that of its only agent with such a page; empty when it has none. */
    <P extends Record> Optional<P> find(Class<P> page);
}
