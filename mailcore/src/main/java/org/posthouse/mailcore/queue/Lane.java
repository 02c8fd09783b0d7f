package org.posthouse.mailcore.queue;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Works on so many mails at once and keeps the others in line. */
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
        final byte @Nullable [] message;

        Turn(Entry entry, byte @Nullable [] message) {
            this.entry = entry;
            this.message = message;
        }
    }

    private final String name;
    private final int atOnce;
    private final Work work;
    private final Semaphore places;
    private final BlockingQueue<Turn> line = new LinkedBlockingQueue<>();
    private final AtomicLong kept = new AtomicLong();
    private final Thread caller;
    private volatile boolean closed;

    Lane(String name, int atOnce, Work work) {
        this.name = name;
        this.atOnce = atOnce;
        this.work = work;
        this.places = new Semaphore(atOnce);
        this.caller = Thread.ofVirtual().name(name).unstarted(this::call);
    }

    void start() {
        caller.start();
    }

    /** Adds a mail to the end of the line. */
    void add(Entry entry, byte @Nullable [] message) {
        line.add(new Turn(entry, message != null && keeps(message.length) ? message : null));
    }

    private boolean keeps(int octets) {
        if (octets > SMALL) {
            return false;
        }
        boolean room = kept.addAndGet(octets) <= KEPT;
        kept.addAndGet(room ? 0 : -octets);
        return room;
    }

    private void call() {
        try {
            while (!closed) {
                Turn turn = line.take();
                places.acquire();
                Thread.ofVirtual().name(name + " " + turn.entry.name()).start(() -> serve(turn));
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
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
            places.release();
        }
    }

    /** Calls nobody more and waits so long for those at work. */
    void close(Duration drain) {
        closed = true;
        caller.interrupt();
        try {
            if (places.tryAcquire(atOnce, drain.toMillis(), TimeUnit.MILLISECONDS)) {
                places.release(atOnce);
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }
}
