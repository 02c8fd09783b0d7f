package org.posthouse.mailcore.queue;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/** Who is to be tried when. A mail stands in it only while nobody works on it. */
final class Timetable {

    // The clock may jump; so it is looked at this often however far the next appointment is.
    private static final Duration LOOK = Duration.ofSeconds(1);

    private final Clock clock;
    private final Consumer<Entry> due;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Map<Long, Entry> entries = new HashMap<>();
    private final TreeSet<Entry> inOrder =
            new TreeSet<>(Comparator.comparing(Entry::nextTry).thenComparingLong(Entry::id));
    private final Thread thread;
    private boolean closed;

    Timetable(Clock clock, Consumer<Entry> due) {
        this.clock = clock;
        this.due = due;
        this.thread = Thread.ofVirtual().name("queue-times").unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    void put(Entry entry) {
        lock.lock();
        try {
            take(entry.id());
            entries.put(entry.id(), entry);
            inOrder.add(entry);
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Takes a mail out, if it is in. */
    Optional<Entry> take(long id) {
        lock.lock();
        try {
            Optional<Entry> entry = Optional.ofNullable(entries.remove(id));
            entry.ifPresent(inOrder::remove);
            return entry;
        } finally {
            lock.unlock();
        }
    }

    void close() {
        lock.lock();
        try {
            closed = true;
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        try {
            while (true) {
                List<Entry> ready = next();
                if (ready.isEmpty()) {
                    return;
                }
                ready.forEach(due);
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    // Empty only when closed.
    private List<Entry> next() throws InterruptedException {
        var ready = new ArrayList<Entry>();
        lock.lock();
        try {
            while (!closed && ready.isEmpty()) {
                Instant now = clock.instant();
                while (!inOrder.isEmpty() && !inOrder.first().nextTry().isAfter(now)) {
                    Entry entry = inOrder.removeFirst();
                    entries.remove(entry.id());
                    ready.add(entry);
                }
                if (ready.isEmpty()) {
                    changed.await(wait(now), TimeUnit.MILLISECONDS);
                }
            }
            return closed ? List.of() : ready;
        } finally {
            lock.unlock();
        }
    }

    private long wait(Instant now) {
        if (inOrder.isEmpty()) {
            return LOOK.toMillis();
        }
        long left = Duration.between(now, inOrder.first().nextTry()).toMillis();
        return Math.clamp(left, 1, LOOK.toMillis());
    }
}
