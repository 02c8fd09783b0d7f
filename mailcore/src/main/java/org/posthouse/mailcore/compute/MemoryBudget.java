package org.posthouse.mailcore.compute;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The memory that all large messages of this process may take together, so that no number of sessions ends the engine.
 * First come, first served: a large demand is not passed by small ones. Safe for use by several threads.
 */
public final class MemoryBudget {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long HEAP = Runtime.getRuntime().maxMemory();
    // A message of this size is an array of its own, which must find room in one piece of the heap: mostly one at a
    // time.
    private static final MemoryBudget LARGE = new MemoryBudget(HEAP / 8, PATIENCE);
    private static final MemoryBudget MEDIUM = new MemoryBudget(HEAP / 8, PATIENCE);
    private static final MemoryBudget OUTGOING = new MemoryBudget(HEAP / 8, PATIENCE);
    // Smaller messages are too many to be counted, and too small to matter.
    private static final long SMALL = 64 << 10;
    private static final long MIDDLE = 2 << 20;

    private final long whole;
    private final Duration patience;
    private final ReentrantLock lock = new ReentrantLock(true);
    private final ReentrantLock line = new ReentrantLock(true);
    private final Condition returned = lock.newCondition();
    private long left;

    /** A budget of so many octets, and how long one waits for a part of it. */
    public MemoryBudget(long octets, Duration patience) {
        this.whole = octets;
        this.left = octets;
        this.patience = patience;
    }

    /**
     * Takes memory of this process for a message of so many octets. Small ones need no grant; those with a usual attachment
     * do not wait for the few that are very large.
     *
     * @throws MemoryShort when it is not free in time
     */
    public static Grant forMessage(long octets) {
        return (octets > MIDDLE ? LARGE : MEDIUM).take(octets > SMALL ? octets : 0);
    }

    /**
     * As {@link #forMessage}, for mail on its way to other hosts, which may take it slowly: they must not keep the memory
     * of those who are served here.
     */
    public static Grant forOutgoing(long octets) {
        return OUTGOING.take(octets > SMALL ? octets : 0);
    }

    /** A part of the budget, which goes back when it is closed. */
    public static final class Grant implements AutoCloseable {

        private final MemoryBudget budget;
        private long octets;

        private Grant(MemoryBudget budget, long octets) {
            this.budget = budget;
            this.octets = octets;
        }

        @Override
        public void close() {
            budget.giveBack(octets);
            octets = 0;
        }
    }

    /**
     * Takes so many octets, and waits while others have them. A demand beyond the whole budget gets all of it.
     *
     * @throws MemoryShort when they are not free in time
     */
    public Grant take(long octets) {
        long demand = Math.min(octets, whole);
        long deadline = System.nanoTime() + patience.toNanos();
        if (demand > 0) {
            await(demand, deadline);
        }
        return new Grant(this, demand);
    }

    private void await(long demand, long deadline) {
        try {
            if (!line.tryLock(deadline - System.nanoTime(), java.util.concurrent.TimeUnit.NANOSECONDS)) {
                throw new MemoryShort(demand);
            }
            try {
                awaitFirst(demand, deadline);
            } finally {
                line.unlock();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new MemoryShort(demand);
        }
    }

    private void awaitFirst(long demand, long deadline) throws InterruptedException {
        lock.lock();
        try {
            long wait = deadline - System.nanoTime();
            while (left < demand) {
                if (wait <= 0) {
                    throw new MemoryShort(demand);
                }
                wait = returned.awaitNanos(wait);
            }
            left -= demand;
        } finally {
            lock.unlock();
        }
    }

    private void giveBack(long octets) {
        lock.lock();
        try {
            left += octets;
            returned.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
