package org.posthouse.webadmin.plan;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.posthouse.schema.directory.DirectoryException;
import org.posthouse.webadmin.login.Installed;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks, when the console starts and from then on, for a change that was left half-done, and sees to it. */
@ApplicationScoped
public class Recovery {

    private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);
    private static final long PAUSE_MS = 2_000;

    @Inject
    private Installed installed;

    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile @Nullable Mended last;
    private volatile Instant at = Instant.EPOCH;

    /** Begins with the console. */
    void begin(@Observes @Initialized(ApplicationScoped.class) Object started) {
        Thread.ofVirtual().name("recovery").start(this::watch);
    }

    /** What was seen to last; empty when nothing was left since the start. */
    public Optional<Mended> last() {
        return Optional.ofNullable(last);
    }

    /** What was seen to within the last so much time; empty when nothing was. */
    public Optional<Mended> within(Duration time) {
        return last().filter(mended -> at.plus(time).isAfter(installed.clock().instant()));
    }

    private void watch() {
        try {
            do {
                look();
            } while (!closed.await(PAUSE_MS, TimeUnit.MILLISECONDS));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /** Sees to what was left half-done, if the directory can be asked. Writes to the directory then. */
    public void look() {
        if (!Carrying.isUnderWay(installed.home())) {
            return;
        }
        try {
            new Carrying(installed.directory(), installed.home(), installed.clock())
                    .mend()
                    .ifPresent(mended -> {
                        at = installed.clock().instant();
                        last = mended;
                    });
        } catch (DirectoryException down) {
            LOG.warn("An interrupted change waits for the directory: {}", down.getMessage());
        } catch (RuntimeException fault) {
            LOG.error("An interrupted change cannot be completed now", fault);
        }
    }

    @PreDestroy
    void close() {
        closed.countDown();
    }
}
