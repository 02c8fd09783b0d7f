package org.posthouse.webadmin.plan;

import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.posthouse.schema.directory.Directory;
import org.posthouse.schema.directory.DirectoryException;
import org.posthouse.schema.directory.DirectoryException.Conflict;
import org.posthouse.schema.directory.DirectoryException.DirectoryDown;
import org.posthouse.schema.directory.DirectoryException.Missing;
import org.posthouse.schema.directory.JoinedWrites;
import org.posthouse.schema.directory.NewObject;
import org.posthouse.schema.option.Refused;
import org.posthouse.schema.tree.Entry;
import org.posthouse.schema.value.Place;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out a plan, all of it or nothing.
 *
 * <p>Each object is written in one step of the directory. Where there are several, a note in the home tells beforehand
 * what is to be done and what stood there: when a later step fails, what was written is put back, and after a crash the
 * next start does so. Removals come last and together; once they began, they are completed instead. A change can ask to be completed in
 * either case after a crash, or when the directory goes away.
 */
public final class Carrying {

    private static final Logger LOG = LoggerFactory.getLogger(Carrying.class);
    // There is one note in a home, and one console that writes it.
    private static final ReentrantLock ONE_AT_A_TIME = new ReentrantLock();

    private final Directory directory;
    private final Note note;
    private final Clock clock;
    private final Consumer<String> before;
    private final AfterInterruption after;

    /** With the rights of this connection to the directory; the note lies in the home. */
    public Carrying(Directory directory, Path home, Clock clock) {
        this(directory, home, clock, step -> {});
    }

    /** As above; {@code before} is told of each step before it is done, in words of no meaning to people. */
    public Carrying(Directory directory, Path home, Clock clock, Consumer<String> before) {
        this(directory, home, clock, before, AfterInterruption.ROLL_BACK);
    }

    /** As above, with what happens to what is interrupted. */
    public Carrying(Directory directory, Path home, Clock clock, Consumer<String> before, AfterInterruption after) {
        this.directory = directory;
        this.note = new Note(file(home), directory);
        this.clock = clock;
        this.before = before;
        this.after = after;
    }

    /**
     * Carries out a plan for somebody. Returns the objects written, as they stand then. Throws Refused when something
     * stands against the plan, Conflict when an object is not as it was when the plan was made, or another
     * DirectoryException; nothing is changed then.
     */
    public Map<Place, Entry> carryOut(Plan plan, String who) {
        if (!plan.isSound()) {
            throw new Refused(plan.problems());
        }
        ONE_AT_A_TIME.lock();
        try {
            mend();
            // A single write checks the revision itself.
            if (plan.steps().size() > 1) {
                plan.steps().forEach(step -> check(plan, step));
            }
            Work work = Work.of(plan, who, clock.instant(), after);
            Directory said = directory.saying(Summary.of(plan));
            return work.parts() > 1 ? writeAll(work, said.joined()) : steps(work, false, said);
        } finally {
            ONE_AT_A_TIME.unlock();
        }
    }

    /**
     * Sees to what a crash or a directory that went away left half-done: completes or puts back what was begun. Returns
     * what was done; empty when nothing was left. Throws DirectoryException when the directory still cannot be asked.
     */
    public Optional<Mended> mend() {
        ONE_AT_A_TIME.lock();
        try {
            return note.read().map(work -> mend(work, directory.resumed(work.cutOff()), "It was interrupted"));
        } finally {
            ONE_AT_A_TIME.unlock();
        }
    }

    // The history is told before the note is gone: whatever happens in between, the next start tells it again.
    private Mended mend(Work work, JoinedWrites joined, String why) {
        Directory through = work.completes() ? joined.directory() : joined.reverting();
        Mended mended = new Mending(through).mend(work);
        if (!mended.left().isEmpty()) {
            joined.unclear(why + "; " + (work.completes() ? "it was completed" : "what was written was put back")
                    + ", except for what someone else changed in the meantime: " + named(mended.left()));
        } else if (work.completes()) {
            joined.done();
        } else {
            joined.refused(why + "; everything was put back");
        }
        note.erase();
        LOG.warn("{}", mended);
        return mended;
    }

    private static String named(List<Place> places) {
        return places.stream().map(Place::toString).collect(Collectors.joining("; "));
    }

    /** Whether something is being carried out, or was left half-done. */
    static boolean isUnderWay(Path home) {
        return Files.exists(file(home));
    }

    private static Path file(Path home) {
        return home.resolve("plan").resolve("underway.json");
    }

    private void check(Plan plan, Step step) {
        if (step instanceof Step.Make) {
            return;
        }
        Entry current = directory.read(step.place()).orElseThrow(() -> new Missing(step.place()));
        Entry seen = plan.stood().get(step.place());
        if (seen == null || seen.revision() != current.revision()) {
            throw new Conflict(current);
        }
    }

    private Map<Place, Entry> writeAll(Work work, JoinedWrites joined) {
        before.accept("note");
        note.write(work);
        try {
            Map<Place, Entry> written = steps(work, true, joined.directory());
            before.accept("erase");
            note.erase();
            joined.done();
            return written;
        } catch (RuntimeException failed) {
            putBack(failed, joined);
            throw failed;
        }
    }

    private void putBack(RuntimeException failed, JoinedWrites joined) {
        if (failed instanceof DirectoryDown && after == AfterInterruption.FINISH) {
            LOG.warn("A change of several objects is finished when the directory is available again");
            return;
        }
        LOG.warn("A change of several objects is undone: {}", failed.getMessage());
        try {
            String why = String.valueOf(failed.getMessage());
            note.read().ifPresentOrElse(work -> mend(revoked(work), joined, why), () -> joined.refused(why));
        } catch (DirectoryException down) {
            // Its entry in the history stays open until then, so that nobody takes a half of it for another's change.
            LOG.error(
                    "It cannot be undone now. It is undone when the directory is available again: {}",
                    down.getMessage());
        }
    }

    // What the directory refuses is not tried again at the next start.
    private Work revoked(Work work) {
        if (work.committed() || !work.completes()) {
            return work;
        }
        try {
            note.write(work.rollingBack());
        } catch (UncheckedIOException full) {
            LOG.warn("The note of a change cannot be written: {}", full.getMessage());
        }
        return work.rollingBack();
    }

    private Map<Place, Entry> steps(Work work, boolean several, Directory said) {
        var written = new LinkedHashMap<Place, Entry>();
        for (List<Step.Make> group : work.groups()) {
            before.accept("make " + group.getFirst().place());
            Entry made = said.createAll(objects(group));
            written.put(made.place(), made);
        }
        for (Work.Altered altered : work.alters()) {
            before.accept("alter " + altered.place());
            Entry now = said.save(altered.place(), altered.was(), altered.is(), altered.revision());
            written.put(now.place(), now);
        }
        if (!work.removes().isEmpty()) {
            remove(work, several, said);
        }
        return written;
    }

    private void remove(Work work, boolean several, Directory said) {
        if (several) {
            before.accept("remark");
            note.write(work.removing());
        }
        before.accept("remove");
        if (work.removes().size() == 1) {
            work.removes().forEach(said::delete);
        } else {
            said.deleteAll(work.removes());
        }
    }

    static List<NewObject> objects(List<Step.Make> group) {
        var objects = new ArrayList<NewObject>();
        group.forEach(make -> objects.add(new NewObject(make.place(), make.kind(), make.attributes())));
        return objects;
    }
}
