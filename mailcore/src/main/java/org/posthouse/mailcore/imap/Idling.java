package org.posthouse.mailcore.imap;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReentrantLock;
import org.posthouse.mailcore.wire.Connection;

/**
 * IDLE, RFC 2177: while one thread waits for the client to say DONE, another tells it what happens as it happens.
 *
 * <p>A lock keeps the two apart: once the client has spoken, nothing more is told from here.
 */
final class Idling {

    // RFC 2177 3: clients ask anew at least every 29 minutes.
    private static final Duration LONGEST = Duration.ofMinutes(31);

    private final Connection connection;
    private final Answers answers;
    private final ReentrantLock lock = new ReentrantLock();
    private final Semaphore news = new Semaphore(0);
    private boolean over;

    Idling(Connection connection, Answers answers) {
        this.connection = connection;
        this.answers = answers;
    }

    /** Returns when the client says something, or false when it was silent for too long. */
    boolean until(Runnable tell, Optional<Selected> selected) {
        // The first is for what happened before this.
        news.release();
        selected.ifPresent(open -> open.wake(news::release));
        Thread teller = Thread.ofVirtual().name("imap-idle").start(() -> tellOn(tell));
        try {
            return connection.idle(LONGEST);
        } finally {
            selected.ifPresent(open -> open.wake(() -> {}));
            end();
            news.release();
            join(teller);
        }
    }

    private void end() {
        lock.lock();
        try {
            over = true;
        } finally {
            lock.unlock();
        }
    }

    private void tellOn(Runnable tell) {
        while (true) {
            news.acquireUninterruptibly();
            news.drainPermits();
            lock.lock();
            try {
                if (over) {
                    return;
                }
                tell.run();
                answers.flush();
            } catch (RuntimeException gone) {
                // The client is gone or our own fault was met: the waiting thread finds out for itself.
                return;
            } finally {
                lock.unlock();
            }
        }
    }

    private static void join(Thread teller) {
        try {
            teller.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
