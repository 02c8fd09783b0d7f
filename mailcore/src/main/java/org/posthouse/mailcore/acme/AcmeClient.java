package org.posthouse.mailcore.acme;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.posthouse.mailcore.agent.Listening;
import org.posthouse.mailcore.settings.Snapshot;
import org.posthouse.mailcore.status.AcmeLine;
import org.posthouse.schema.certificate.AcmeNotes;
import org.posthouse.schema.certificate.Certified;
import org.posthouse.schema.certificate.NotUsable;
import org.posthouse.schema.directory.Directory;
import org.posthouse.schema.directory.DirectoryException;
import org.posthouse.schema.directory.DirectoryException.DirectoryDown;
import org.posthouse.schema.tree.Entry;
import org.posthouse.schema.value.Place;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that one messaging server has its certificate from an ACME authority: when an administrator asks for it, and
 * again in time.
 *
 * <p>One order at a time, on a thread of its own: a slow authority holds up nothing else. What comes is saved in the
 * directory, from where it is obeyed like any other certificate. What fails is shown and tried again, later and later;
 * at once when somebody asks anew or changes what is asked for.
 */
public final class AcmeClient implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(AcmeClient.class);
    // The longest limit of Let's Encrypt is a week; whoever names a later day is not believed.
    private static final Duration FARTHEST = Duration.ofDays(8);
    private static final Duration AGAIN = Duration.ofSeconds(2);

    /**
     * Where it is.
     *
     * @param listening where the agents of this engine listen
     * @param directory where certificates are saved
     * @param secret what private keys are sealed with
     * @param pace how long it waits for what
     * @param clock its clock
     */
    public record Surroundings(
            Listening listening, Supplier<Directory> directory, Supplier<String> secret, Pace pace, Clock clock) {}

    /** What makes an attempt another one. */
    private record Wanted(Wish wish, Optional<Instant> asked, boolean enabled) {}

    private record Failure(String reason, Instant at, Instant next) {}

    private record Attempt(Wanted wanted, Thread thread, Instant started) {}

    private final Place place;
    private final Supplier<Snapshot> inForce;
    private final Supplier<Optional<Entry>> stands;
    private final Surroundings with;
    private final Runnable changed;
    private final Ledger ledger;
    private final CountDownLatch away = new CountDownLatch(1);
    private @Nullable Wanted last;
    private @Nullable Attempt attempt;
    private @Nullable Failure failure;
    private int failures;
    private long saved;
    private boolean closed;
    private volatile Optional<AcmeLine> line = Optional.empty();

    /**
     * For the server of these settings, as its entry stands in the directory; {@code changed} is called when there is
     * news for the board, on any thread.
     */
    public AcmeClient(
            Supplier<Snapshot> inForce, Supplier<Optional<Entry>> stands, Surroundings with, Runnable changed) {
        this.place = inForce.get().server().place();
        this.inForce = inForce;
        this.stands = stands;
        this.with = with;
        this.changed = changed;
        this.ledger = new Ledger(place, with.directory(), with.secret());
    }

    /** For the board; empty while nothing is wanted of an authority. */
    public Optional<AcmeLine> line() {
        return line;
    }

    /** Looks whether it is time, whether something else is wanted, whether an attempt takes too long. */
    public synchronized void look() {
        Snapshot now = inForce.get();
        Entry entry = stands.get().orElse(null);
        if (closed || entry == null || entry.revision() < saved) {
            return;
        }
        AcmeNotes notes = AcmeNotes.of(entry);
        var wanted = new Wanted(
                Wish.of(now, with.listening()),
                notes.asked(),
                now.server().status().enabled());
        if (!wanted.equals(last)) {
            last = wanted;
            failure = null;
            failures = 0;
            breakOff();
        }
        Attempt running = attempt;
        if (running != null) {
            limit(running);
        } else {
            decide(wanted, Due.of(now.server().security(), notes, wanted.wish().names()));
        }
    }

    private void decide(Wanted wanted, Optional<Instant> due) {
        Instant now = with.clock().instant();
        Failure before = failure;
        if (due.isEmpty() || !wanted.enabled()) {
            show(Optional.empty());
        } else if (before != null && before.next().isAfter(now)) {
            show(Optional.of(AcmeLine.failed(before.reason(), before.at(), before.next())));
        } else if (due.get().isAfter(now)) {
            show(Optional.of(AcmeLine.waiting(
                    line.filter(shown -> shown.state().equals("waiting"))
                            .map(AcmeLine::since)
                            .orElse(now),
                    due.get())));
        } else {
            begin(wanted, now);
        }
    }

    private void begin(Wanted wanted, Instant now) {
        LOG.info(
                "{} requests a certificate from {} for {}",
                place,
                wanted.wish().directory(),
                wanted.wish().names());
        Thread thread = Thread.ofVirtual().name("acme " + place.leaf()).unstarted(() -> run(wanted));
        attempt = new Attempt(wanted, thread, now);
        show(Optional.of(AcmeLine.ordering("", now)));
        thread.start();
    }

    private void limit(Attempt running) {
        if (running.started().plus(with.pace().order()).isBefore(with.clock().instant())) {
            running.thread().interrupt();
        }
    }

    private void breakOff() {
        Attempt running = attempt;
        attempt = null;
        if (running != null) {
            running.thread().interrupt();
        }
    }

    private void run(Wanted wanted) {
        try {
            var order = new CertificateOrder(
                    wanted.wish(), with.clock(), with.pace().answer(), step -> tell(wanted, step));
            keep(wanted, order.carryOut(ledger.account()));
        } catch (OrderFailed failed) {
            fail(wanted, failed.reason(), failed.notBefore());
        } catch (NotUsable | DirectoryException unusable) {
            fail(wanted, String.valueOf(unusable.getMessage()), Optional.empty());
        } catch (InterruptedException late) {
            String limit = with.pace().order().toMinutes() + " minutes";
            fail(
                    wanted,
                    wanted.wish().directory().getHost() + " did not finish within " + limit + ".",
                    Optional.empty());
        } catch (RuntimeException | LinkageError fault) {
            LOG.error("The certificate request for {} failed because of an internal error", place, fault);
            fail(wanted, "Internal error in the engine. See its log.", Optional.empty());
        }
    }

    // What has come is not lost because the directory is away for a while: asking again has its price.
    private void keep(Wanted wanted, Certified came) throws InterruptedException {
        while (true) {
            try {
                succeed(wanted, ledger.keep(came), came);
                return;
            } catch (DirectoryDown down) {
                tell(
                        wanted,
                        "The certificate has arrived and is stored when the directory is available. "
                                + down.getMessage());
                away.await(AGAIN.toMillis(), TimeUnit.MILLISECONDS);
            }
        }
    }

    private synchronized void succeed(Wanted wanted, long revision, Certified came) {
        LOG.info(
                "{} has a certificate for {} until {}",
                place,
                came.chain().names(),
                came.chain().own().getNotAfter().toInstant());
        saved = revision;
        if (isCurrent(wanted)) {
            attempt = null;
            failure = null;
            failures = 0;
        }
    }

    private synchronized void fail(Wanted wanted, String reason, Optional<Instant> notBefore) {
        if (!isCurrent(wanted)) {
            return;
        }
        LOG.warn("{} received no certificate from {}: {}", place, wanted.wish().directory(), reason);
        attempt = null;
        failures++;
        Instant now = with.clock().instant();
        Instant next = now.plus(with.pace().after(failures));
        Instant allowed = notBefore.filter(next::isBefore).orElse(next);
        Instant farthest = now.plus(FARTHEST);
        failure = new Failure(reason, now, allowed.isBefore(farthest) ? allowed : farthest);
        show(Optional.of(AcmeLine.failed(reason, now, failure.next())));
    }

    private synchronized void tell(Wanted wanted, String step) {
        Attempt running = attempt;
        if (running != null && isCurrent(wanted)) {
            show(Optional.of(AcmeLine.ordering(step, running.started())));
        }
    }

    private boolean isCurrent(Wanted wanted) {
        Attempt running = attempt;
        return running != null
                && running.thread().equals(Thread.currentThread())
                && running.wanted().equals(wanted);
    }

    private void show(Optional<AcmeLine> now) {
        if (!now.equals(line)) {
            line = now;
            changed.run();
        }
    }

    /** Breaks off what is under way, and begins nothing more. */
    @Override
    public synchronized void close() {
        closed = true;
        breakOff();
    }
}
