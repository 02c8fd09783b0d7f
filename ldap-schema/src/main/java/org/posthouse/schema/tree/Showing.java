package org.posthouse.schema.tree;

import org.posthouse.schema.value.Place;

/** How a messaging server shows itself to those that work distributed. NetMail "Messaging Server", "Alias objects". */
public sealed interface Showing {

    /** It stands in Internet Services itself. */
    record Inside() implements Showing {}

    /**
     * It stands elsewhere, and an alias in Internet Services points at it.
     *
     * @param alias where the alias stands
     */
    record Aliased(Place alias) implements Showing {}

    /** It stands elsewhere and nothing points at it, so no other server sees it. */
    record Outside() implements Showing {}

    /** Whether others may see it. */
    default boolean isShown() {
        return !(this instanceof Outside);
    }
}
