package org.posthouse.webadmin.confirmation;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.posthouse.schema.directory.Directory;
import org.posthouse.schema.directory.DirectoryException;
import org.posthouse.schema.directory.DirectoryException.Conflict;
import org.posthouse.schema.directory.DirectoryException.DirectoryDown;
import org.posthouse.schema.directory.DirectoryException.NotAllowed;
import org.posthouse.schema.option.Problem;
import org.posthouse.schema.option.Refused;
import org.posthouse.schema.tree.Entry;
import org.posthouse.schema.value.Place;
import org.posthouse.webadmin.login.Installed;
import org.posthouse.webadmin.plan.Carrying;
import org.posthouse.webadmin.plan.Plan;
import org.posthouse.webadmin.plan.Step;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Saves drafts. A change that can lock administrators out is written down before it is saved, with what stood before;
 * unless somebody who still gets in confirms it in time, it is taken back.
 */
@ApplicationScoped
public class Confirmations {

    private static final Logger LOG = LoggerFactory.getLogger(Confirmations.class);
    private static final long RETRY = TimeUnit.SECONDS.toNanos(2);

    /**
     * How a change ended.
     *
     * @param pending the change
     * @param kept whether it was confirmed
     * @param by who ended it; empty when its time was over
     * @param at when
     * @param left options that somebody else had changed meanwhile, so that they were not put back
     */
    public record Outcome(Pending pending, boolean kept, String by, Instant at, List<String> left) {}

    @Inject
    private Installed installed;

    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private @Nullable Waiting waiting;
    private volatile @Nullable Outcome last;
    private volatile boolean troubled;
    private volatile long again;

    @PostConstruct
    void open() {
        Duration grace = Duration.ofSeconds(Long.getLong("posthouse.confirm-seconds", 60));
        open(installed.home().resolve("confirmations"), installed.clock(), grace);
    }

    /** Begins with what an earlier run left in a folder. */
    void open(Path folder, Clock clock, Duration grace) {
        waiting = new Waiting(folder, clock, System::nanoTime, grace);
    }

    /** The directory under the console's own account. */
    Directory directory() {
        return installed.directory();
    }

    /** The clock of the console. */
    Clock clock() {
        return installed.clock();
    }

    private Waiting waiting() {
        return Objects.requireNonNull(waiting);
    }

    /** Calls back whenever something begins or ends to wait. */
    public void listen(Runnable listener) {
        listeners.add(listener);
    }

    /**
     * Carries a plan out in the name of somebody. Throws as {@link Carrying#carryOut}; also Refused, for a change of what waits
     * for confirmation already.
     */
    public synchronized Map<Place, Entry> carryOut(Plan plan, String by, Carrying carrying) {
        plan.steps().forEach(step -> refuseWhatWaits(plan, step));
        List<Pending> putBack = putBack(plan);
        var begun = new ArrayList<Pending>();
        Lockout.in(plan, directory())
                .forEach((place, parts) -> begun.add(waiting().begin(place, by, parts)));
        Lockout.deleted(plan, directory().tree())
                .forEach((place, objects) -> begun.add(waiting().begin(place, by, List.of(), objects)));
        try {
            Map<Place, Entry> done = carrying.carryOut(plan, by);
            putBack.forEach(pending -> {
                waiting().end(pending.id());
                ended(new Outcome(pending, false, by, clock().instant(), List.of()));
            });
            begun.forEach(pending -> LOG.info(
                    "{} changed {}: to be confirmed as {} until {}",
                    by,
                    pending.object(),
                    pending.id(),
                    pending.until()));
            return done;
        } catch (DirectoryDown unknown) {
            throw unknown; // It may be saved all the same: then it is taken back in time.
        } catch (DirectoryException | Refused refused) {
            begun.stream()
                    .filter(pending ->
                            refused instanceof Conflict || !stands(directory().read(pending.object()), pending))
                    .forEach(pending -> waiting().end(pending.id()));
            throw refused;
        } finally {
            if (!begun.isEmpty()) {
                tell();
            }
        }
    }

    // Whoever puts back what waits has taken it back.
    private List<Pending> putBack(Plan plan) {
        return plan.steps().stream()
                .filter(Step.Alter.class::isInstance)
                .map(Step.Alter.class::cast)
                .flatMap(alter -> waiting().on(alter.place()).stream()
                        .filter(pending -> Lockout.isPutBack(alter.wanted(), pending)))
                .toList();
    }

    private void refuseWhatWaits(Plan plan, Step step) {
        Optional<Entry> stood = Optional.ofNullable(plan.stood().get(step.place()));
        if (step instanceof Step.Alter alter && stood.isPresent()) {
            waiting()
                    .on(step.place())
                    .filter(pending -> !Lockout.isPutBack(alter.wanted(), pending))
                    .ifPresent(pending -> {
                        List<Problem> problems = Lockout.whileWaiting(stood.get(), alter.wanted(), pending);
                        if (!problems.isEmpty()) {
                            throw new Refused(problems);
                        }
                    });
        }
    }

    private static boolean stands(Optional<Entry> now, Pending pending) {
        if (pending.isDeletion()) {
            return now.isEmpty();
        }
        return now.filter(there -> pending.parts().stream()
                        .allMatch(part ->
                                Set.copyOf(there.values(part.attribute())).equals(Set.copyOf(part.after()))))
                .isPresent();
    }

    /** All that waits. */
    public List<Pending> all() {
        return waiting().all();
    }

    /** What waits of an object. */
    public Optional<Pending> on(Place object) {
        return waiting().on(object);
    }

    /** What waits under a name. Throws NotAllowed when nothing does. */
    public Pending get(String id) {
        return waiting()
                .get(id)
                .orElseThrow(() -> new NotAllowed(
                        "There is no change to confirm with ID " + id + ": it was kept or undone, or never existed"));
    }

    /** How long it may still wait. */
    public Duration left(Pending pending) {
        return waiting().left(pending);
    }

    /** How the last one ended. */
    public Optional<Outcome> last() {
        return Optional.ofNullable(last);
    }

    /** Keeps a change; who may do so has been checked. */
    public synchronized void keep(Pending pending, Place by) {
        get(pending.id());
        if (!directory().isAdministrator(by)) {
            throw new NotAllowed(
                    by.leaf() + " is no longer an administrator. Another administrator must confirm the change");
        }
        waiting().end(pending.id());
        ended(new Outcome(pending, true, by.toString(), clock().instant(), List.of()));
    }

    /** Takes a change back; an empty name says that its time was over. Throws a DirectoryException. */
    public synchronized void takeBack(Pending pending, String by) {
        get(pending.id());
        String why = by.isEmpty() ? "no one confirmed it in time" : "as " + by + " asked";
        Directory said = directory().saying("Undoes what " + pending.by() + " changed: " + why);
        List<String> left = TakingBack.run(said, pending);
        waiting().end(pending.id());
        ended(new Outcome(pending, false, by, clock().instant(), left));
    }

    private void ended(Outcome outcome) {
        last = outcome;
        String what = outcome.kept() ? "kept" : "undone";
        String who = outcome.by().isEmpty() ? "no one confirmed it in time" : "by " + outcome.by();
        String object = outcome.pending().object().toString();
        LOG.info("Change {} of {} was {}: {}", outcome.pending().id(), object, what, who);
        if (!outcome.left().isEmpty()) {
            LOG.warn("Not restored, because it was changed in the meantime: {} of {}", outcome.left(), object);
        }
        tell();
    }

    private void tell() {
        listeners.forEach(Runnable::run);
    }

    /** Undoes what nobody confirmed in time; called again and again. What the directory refuses is tried again. */
    public void sweep() {
        if (troubled && System.nanoTime() - again < 0) {
            return;
        }
        for (Pending pending : waiting().overdue()) {
            try {
                takeBack(pending, "");
                troubled = false;
            } catch (DirectoryException notNow) {
                if (!troubled) {
                    LOG.error("Change {} cannot be undone yet: {}", pending.id(), notNow.getMessage());
                }
                troubled = true;
                again = System.nanoTime() + RETRY;
            }
        }
    }
}
