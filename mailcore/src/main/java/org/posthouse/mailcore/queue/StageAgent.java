package org.posthouse.mailcore.queue;

/** Works on mail at the stages where it is registered. */
public interface StageAgent {

    /** The name in lists and logs. */
    String name();

    /**
     * Settles those recipients it can; the others stay pending for the next agent, the next stage or the next attempt.
     * Called by many threads at a time, each with another item. What it throws counts as "later" for all.
     */
    void handle(Item item);
}
