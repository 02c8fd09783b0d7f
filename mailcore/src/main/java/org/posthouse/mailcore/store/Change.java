package org.posthouse.mailcore.store;

/** Something that happened in a mailbox. */
public sealed interface Change {

    /** In which folder, by its id. */
    int folder();

    /** A message came. */
    record Added(int folder, Message message) implements Change {}

    /** The flags of a message are others now. */
    record Flagged(int folder, Message message) implements Change {}

    /** A message is gone for good. */
    record Expunged(int folder, long uid) implements Change {}

    /** The folder itself is gone. */
    record Closed(int folder) implements Change {}
}
