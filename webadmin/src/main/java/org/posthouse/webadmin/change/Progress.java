package org.posthouse.webadmin.change;

import java.util.concurrent.atomic.AtomicInteger;

/** How far a plan is applied: steps begun, of all. An object that is created with others in it is one step. Thread-safe. */
public final class Progress {

    private final int total;
    private final AtomicInteger begun = new AtomicInteger();

    /** Of a plan that takes so many steps. */
    public Progress(int total) {
        this.total = total;
    }

    /** One more step is about to be done. */
    public void step() {
        begun.updateAndGet(number -> Math.min(number + 1, total));
    }

    /** How many steps were begun. */
    public int begun() {
        return begun.get();
    }

    /** How many steps there are. */
    public int total() {
        return total;
    }
}
