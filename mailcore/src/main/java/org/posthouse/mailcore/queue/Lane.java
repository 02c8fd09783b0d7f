package org.posthouse.mailcore.queue;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Works on so many mails at once and keeps the others in line, one line for each destination, served in turn: a slow one
 * does not hold all places.
 */
final class Lane {

    /** What is done with a mail; null octets are to be read from the spool. */
    interface Work {
        void on(Entry entry, byte @Nullable [] message);
    }

    // Octets kept in memory for mail in line; beyond that they are read again when their turn comes.
    private static final long KEPT = Math.min(32 << 20, Runtime.getRuntime().maxMemory() / 16);
    private static final int SMALL = 256 << 10;

    private static final class Turn {
        final Entry entry;
        final String line;
        final byte @Nullable [] message;

        Turn(Entry entry, String line, byte @Nullable [] message) {
            this.entry = entry;
            this.line = line;
            this.message = message;
        }
    }

    private final String name;
    private final Limits limits;
    private final Function<Entry, String> destination;
    private final Work work;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition change = lock.newCondition();
    private final Map<String, Deque<Turn>> lines = new HashMap<>();
    private final Map<String, Integer> atWork = new HashMap<>();
    // Lines whose next mail may be worked on, in the order of their turns.
    private final LinkedHashSet<String> ready = new LinkedHashSet<>();
    private final AtomicLong kept = new AtomicLong();
    private final Thread caller;
    private int busy;
    private volatile boolean closed;

    /**
     * How many mails are worked on.
     *
     * @param atOnce in all
     * @param perDestination for one destination
     */
    record Limits(int atOnce, int perDestination) {}

    /** Works on mail; {@code destination} says in which line a mail stands. */
    Lane(String name, Limits limits, Function<Entry, String> destination, Work work) {
        this.name = name;
        this.limits = limits;
        this.destination = destination;
        this.work = work;
        this.caller = Thread.ofVirtual().name(name).unstarted(this::call);
    }

    void start() {
        caller.start();
    }

    /** Adds a mail to the end of the line. */
    void add(Entry entry, byte @Nullable [] message) {
        var turn = new Turn(entry, destination.apply(entry), message != null && keeps(message.length) ? message : null);
        lock.lock();
        try {
            lines.computeIfAbsent(turn.line, none -> new ArrayDeque<>()).add(turn);
            mark(turn.line);
            change.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private boolean keeps(int octets) {
        if (octets > SMALL) {
            return false;
        }
        boolean room = kept.addAndGet(octets) <= KEPT;
        kept.addAndGet(room ? 0 : -octets);
        return room;
    }

    private void mark(String line) {
        if (lines.containsKey(line) && atWork.getOrDefault(line, 0) < limits.perDestination()) {
            ready.add(line);
        }
    }

    private void call() {
        try {
            while (!closed) {
                Turn turn = next();
                Thread.ofVirtual().name(name + " " + turn.entry.name()).start(() -> serve(turn));
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    private Turn next() throws InterruptedException {
        lock.lock();
        try {
            while (busy >= limits.atOnce() || ready.isEmpty()) {
                change.await();
            }
            String line = ready.removeFirst();
            Deque<Turn> waiting = Objects.requireNonNull(lines.get(line));
            Turn turn = waiting.remove();
            if (waiting.isEmpty()) {
                lines.remove(line);
            }
            busy++;
            atWork.merge(line, 1, Integer::sum);
            mark(line);
            return turn;
        } finally {
            lock.unlock();
        }
    }

    private void done(String line) {
        lock.lock();
        try {
            busy--;
            atWork.computeIfPresent(line, (key, count) -> count > 1 ? count - 1 : null);
            mark(line);
            change.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void serve(Turn turn) {
        try {
            if (!closed) {
                work.on(turn.entry, turn.message);
            }
        } finally {
            if (turn.message != null) {
                kept.addAndGet(-turn.message.length);
            }
            done(turn.line);
        }
    }

    /** Calls nobody more and waits so long for those at work. */
    void close(Duration drain) {
        closed = true;
        caller.interrupt();
        long left = drain.toNanos();
        lock.lock();
        try {
            while (busy > 0 && left > 0) {
                left = change.awaitNanos(left);
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }
}
