package org.posthouse.webadmin.undo;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.posthouse.schema.directory.Directory;
import org.posthouse.webadmin.history.Change;
import org.posthouse.webadmin.history.History;
import org.posthouse.webadmin.history.Rollback;

/**
 * The two answers to a directory that is older than its history: bring it back to what the history knows, or accept it as
 * it is. Both end by telling the engines through the directory, which keep their settings until then.
 */
public final class RollbackDecision {

    private final History history;
    private final Directory directory;

    /** With the rights, and in the name, of this connection to the directory. */
    public RollbackDecision(History history, Directory directory) {
        this.history = history;
        this.directory = directory;
    }

    /** What differs: the change by which the history recorded it; empty when nothing that it knows differs. */
    public Optional<Change> difference() {
        return history.rollback().map(Rollback::entry).flatMap(history::change);
    }

    /** The steps that bring the directory back. Throws DirectoryException when the directory cannot be asked. */
    public WayBack.Steps way() {
        return difference()
                .map(new WayBack(history, directory)::undo)
                .orElseGet(() -> new WayBack.Steps(List.of(), List.of()));
    }

    private long known(long engines) {
        return Math.max(engines, history.rollback().map(Rollback::known).orElse(0L));
    }

    /**
     * Brings the directory back by carrying out the plan that was made of {@link #way}. When that fails, the decision
     * remains pending and the failure is thrown.
     *
     * @param engines the highest revision that any engine applied; 0: none is known
     * @param plan carries out the plan
     */
    public void restore(long engines, Runnable plan) {
        long known = known(engines);
        history.rollbacks().decide(() -> {
            // Numbers that were given before are not given again.
            directory.raise(known);
            plan.run();
            directory.saying("Restored the directory to revision " + known).accept(known);
        });
    }

    /**
     * Makes Internet Services again, and with it the number of changes, which continues after the highest known one; so that
     * the new object is not taken for an old one.
     *
     * @param engines the highest revision that any engine applied; 0: none is known
     * @param making makes what is missing
     */
    public <T> T withNewNumbers(long engines, Supplier<T> making) {
        long known = Math.max(known(engines), history.revision());
        var made = new AtomicReference<T>();
        history.rollbacks().decide(() -> {
            made.set(making.get());
            if (directory.configVersion() < known) {
                directory.saying("Continues the revisions after " + known).accept(known);
            }
        });
        return Objects.requireNonNull(made.get());
    }

    /**
     * Accepts the directory as it is.
     *
     * @param engines the highest revision that any engine applied; 0: none is known
     */
    public void accept(long engines) {
        long known = known(engines);
        long shown = directory.configVersion();
        history.rollbacks()
                .decide(() -> directory
                        .saying("Accepted the directory at revision " + shown + " in place of revision " + known)
                        .accept(known));
    }
}
