package org.posthouse.mailcore.relay;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The calls to one destination. How many there are at a time follows from how it answers: one more after each that went
 * well, half as many after each that took long or failed. Whoever waits takes over a call that has just become free, so
 * that several messages go over one connection. Safe for use by several threads.
 */
final class Destination {

    static final int FIRST = 2;
    static final int MOST = 10;
    private static final Duration LONG = Duration.ofSeconds(30);

    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<CompletableFuture<Optional<Courier.Line>>> waiting = new ArrayDeque<>();
    private int limit = FIRST;
    private int busy;

    /** Waits until a call may be made; the result is a line that is open already, if there is one. */
    Optional<Courier.Line> enter() {
        CompletableFuture<Optional<Courier.Line>> turn;
        lock.lock();
        try {
            if (busy < limit && waiting.isEmpty()) {
                busy++;
                return Optional.empty();
            }
            turn = new CompletableFuture<>();
            waiting.add(turn);
        } finally {
            lock.unlock();
        }
        return turn.join();
    }

    /**
     * Ends what {@link #enter} began.
     *
     * @param line the line that is still open; it is closed when nobody waits for it
     * @param taken how long it took
     * @param failed whether the destination did not answer, or not sensibly
     */
    void leave(Optional<Courier.Line> line, Duration taken, boolean failed) {
        Optional<Courier.Line> spare = line;
        lock.lock();
        try {
            boolean well = !failed && taken.compareTo(LONG) < 0;
            limit = well ? Math.min(MOST, limit + 1) : Math.max(1, limit / 2);
            busy--;
            while (busy < limit && !waiting.isEmpty()) {
                busy++;
                waiting.remove().complete(spare);
                spare = Optional.empty();
            }
        } finally {
            lock.unlock();
        }
        spare.ifPresent(Courier.Line::close);
    }

    /** How many calls there may be at a time now. */
    int limit() {
        lock.lock();
        try {
            return limit;
        } finally {
            lock.unlock();
        }
    }
}
