package org.posthouse.webadmin.login;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.posthouse.schema.directory.Availability.Outage;
import org.posthouse.schema.directory.Directory;
import org.posthouse.schema.directory.DirectoryException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Since when the directory is unavailable. Whoever meets the outage reports it; from then on the directory is asked
 * every two seconds, so that every page can say that it is unavailable until it answers again, and no longer. Safe for
 * use by several threads; only the background thread asks the directory.
 */
@ApplicationScoped
public class DirectoryOutage {

    private static final Logger LOG = LoggerFactory.getLogger(DirectoryOutage.class);
    private static final int EVERY_SECONDS = 2;

    @Inject
    private Installed installed;

    private final ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor(
            Thread.ofVirtual().name("directory outage").factory());
    private @Nullable Instant since;
    private @Nullable Future<?> watching;

    /** For CDI. */
    public DirectoryOutage() {}

    /** Reports that the directory did not answer. */
    public synchronized void report() {
        if (since == null) {
            since = installed.clock().instant();
            LOG.warn("The directory is unavailable");
            watching = watch.scheduleWithFixedDelay(this::look, 1, EVERY_SECONDS, TimeUnit.SECONDS);
        }
    }

    /** When the outage was noticed; empty while the directory answers as far as anybody knows. */
    public Optional<Instant> since() {
        return installed.outage().map(Outage::since).or(this::reported);
    }

    private synchronized Optional<Instant> reported() {
        return Optional.ofNullable(since);
    }

    /** From when the data is that is shown during the outage; empty when there is none to show. */
    public Optional<Instant> asOf() {
        return installed.outage().map(Outage::asOf);
    }

    private void look() {
        try {
            Directory directory = installed.directory();
            directory.read(directory.root());
            end();
        } catch (DirectoryException still) {
            LOG.debug("Still unavailable", still);
        }
    }

    private synchronized void end() {
        since = null;
        LOG.info("The directory is available again");
        Future<?> known = watching;
        if (known != null) {
            known.cancel(false);
            watching = null;
        }
    }

    @PreDestroy
    void stop() {
        watch.shutdownNow();
    }
}
