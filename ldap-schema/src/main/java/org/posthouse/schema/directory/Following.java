package org.posthouse.schema.directory;

import com.unboundid.ldap.sdk.LDAPException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.posthouse.schema.directory.Noticed.Everything;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A follower's subscription to changes. Closing it ends it.
 *
 * <p>One thread keeps it up and calls the listener: it opens a watch, says {@link Everything}, passes on what comes,
 * and opens the next watch when this one breaks.
 */
public final class Following implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Following.class);

    // So many unread notices are worth less than reading everything once.
    private static final int FLOOD = 10_000;
    private static final long RECONCILE = TimeUnit.MINUTES.toNanos(5);

    private final Watch watch;
    private final Consumer<Noticed> listener;
    private final LinkedBlockingQueue<Optional<Noticed>> noticed = new LinkedBlockingQueue<>();
    private final Thread thread;
    private volatile boolean connected;
    private volatile boolean closed;
    private int failures;
    private final Set<String> reported = new HashSet<>();

    Following(Watch watch, Consumer<Noticed> listener) {
        this.watch = watch;
        this.listener = listener;
        this.thread = Thread.ofVirtual().name("directory-following").unstarted(this::run);
    }

    Following start() {
        thread.start();
        return this;
    }

    /** How changes are learnt of: "persistent search", "content synchronisation" or "polling". */
    public String manner() {
        return watch.manner();
    }

    /** Whether changes are being learnt of now. */
    public boolean connected() {
        return connected;
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }

    private void run() {
        while (!closed) {
            try {
                watch.open(this::take, () -> noticed.add(Optional.empty()));
                passOn();
            } catch (LDAPException | DirectoryException broken) {
                report(String.valueOf(broken.getMessage()));
            } catch (InterruptedException ended) {
                Thread.currentThread().interrupt();
            } catch (RuntimeException | LinkageError fault) {
                // Without this thread, nobody would ever learn of a change again.
                LOG.error("Changes in the directory cannot be followed now", fault);
                failures++;
            } finally {
                connected = false;
                watch.close();
            }
            pause();
        }
    }

    // Each reason once: an account that was deleted shows first as a lost connection, then as a refusal.
    private void report(String why) {
        if (reported.add(why) && !closed) {
            LOG.warn("Changes in the directory cannot be followed: {}", why);
        }
        failures++;
    }

    private void passOn() throws LDAPException, InterruptedException {
        noticed.clear();
        connected = true;
        failures = 0;
        reported.clear();
        tell(new Everything());
        long reconciled = System.nanoTime();
        long beaten = reconciled;
        while (!closed) {
            long pace = watch.pace().toNanos();
            long left = Math.max(0, beaten + pace - System.nanoTime());
            Optional<Noticed> next = noticed.poll(left, TimeUnit.NANOSECONDS);
            if (next != null && next.isPresent()) {
                tell(next.get());
            }
            if (next == null || next.isEmpty() || System.nanoTime() - beaten > pace) {
                watch.beat();
                beaten = System.nanoTime();
            }
            if (System.nanoTime() - reconciled > RECONCILE) {
                tell(new Everything());
                reconciled = System.nanoTime();
            }
        }
    }

    private void take(Noticed notice) {
        if (noticed.size() > FLOOD) {
            noticed.clear();
            noticed.add(Optional.of(new Everything()));
        }
        noticed.add(Optional.of(notice));
    }

    private void tell(Noticed notice) {
        try {
            listener.accept(notice);
        } catch (DirectoryException failure) {
            // It wanted to read and could not: the next watch begins by telling it to read everything.
            throw failure;
        } catch (RuntimeException | LinkageError | AssertionError fault) {
            // Its fault must not end the following, or the engine would silently stay with what it knows.
            LOG.error("A change in the directory could not be processed: {}", notice, fault);
        }
    }

    // Jitter keeps a hundred engines from coming back in the same instant.
    private void pause() {
        if (closed) {
            return;
        }
        long most = Math.min(4_500, 200L << Math.min(failures, 5));
        LockSupport.parkNanos(
                TimeUnit.MILLISECONDS.toNanos(ThreadLocalRandom.current().nextLong(most / 2, most)));
    }
}
