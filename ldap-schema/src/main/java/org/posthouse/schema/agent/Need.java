package org.posthouse.schema.agent;

/** What an agent cannot work without, and another agent of its messaging server provides. */
public enum Need {
    /** The mailboxes. */
    MESSAGE_STORE,
    /** The mail on its way. */
    QUEUE
}
