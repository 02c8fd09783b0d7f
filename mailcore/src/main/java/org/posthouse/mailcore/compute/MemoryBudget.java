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
    // A large message is an array of its own, which must find room in one piece of the heap.
    private static final MemoryBudget SHARED =
            new MemoryBudget(Runtime.getRuntime().maxMemory() / 16 * 5, PATIENCE);
    private static final MemoryBudget OUTGOING =
            new MemoryBudget(Runtime.getRuntime().maxMemory() / 16 * 3, PATIENCE);
    // Smaller messages are too many to be counted, and too small to matter.
    private static final long SMALL = 64 << 10;

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

    /** The budget of this process. */
    public static MemoryBudget shared() {
        return SHARED;
    }

    /**
     * The budget for mail that is on its way to other hosts, which may take it slowly: they must not keep the memory of
     * those who are served here.
     */
    public static MemoryBudget outgoing() {
        return OUTGOING;
    }

    /** A part of the budget, which goes back when it is closed. */
    public final class Grant implements AutoCloseable {

        private long octets;

        private Grant(long octets) {
            this.octets = octets;
        }

        @Override
        public void close() {
            giveBack(octets);
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
        return new Grant(demand);
    }

    /** As {@link #take}, for a message of so many octets: small ones need none of the budget. */
    public Grant takeFor(long octets) {
        return take(octets > SMALL ? octets : 0);
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
