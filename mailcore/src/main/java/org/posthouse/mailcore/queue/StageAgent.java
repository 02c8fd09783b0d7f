package org.posthouse.mailcore.queue;

/**
 * Whoever takes part in the queue at some stage. It is called by many threads at a time, each with an item of its own, and
 * may take as long as it needs.
 */
public interface StageAgent {

    /** Its name, for the log. */
    String name();

    /** Does its work on an item: settles recipients, or looks at it and lets it pass. */
    void handle(Item item);
}
