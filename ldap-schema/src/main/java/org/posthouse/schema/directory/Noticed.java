package org.posthouse.schema.directory;

import org.posthouse.schema.value.Place;

/** What a follower is told. Never data: it always means "read again". */
public sealed interface Noticed {

    /**
     * This object was created, changed or deleted.
     *
     * @param place where it stands or stood
     */
    record Changed(Place place) implements Noticed {}

    /** Anything may have changed: after a new connection, or when the server cannot say what did. */
    record Everything() implements Noticed {}
}
