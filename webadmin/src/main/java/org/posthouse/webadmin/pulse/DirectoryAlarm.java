package org.posthouse.webadmin.pulse;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.posthouse.schema.directory.DirectoryException;
import org.posthouse.webadmin.history.Rollback;
import org.posthouse.webadmin.login.Installed;

/**
 * Whether the directory is older than the history of this console, or than the settings that an engine uses. Answers from
 * memory, except that it asks the directory for its revision when only an engine complains.
 */
@ApplicationScoped
public class DirectoryAlarm {

    /**
     * What is known of a directory that went back to an older state.
     *
     * @param shown the revision that the directory showed
     * @param known the highest revision that the history or an engine knows
     * @param since since when this is known
     * @param entry the number of the change in the history that says what differs; 0: the history knows of none
     * @param hosts the hosts whose engines keep their settings until a decision
     */
    public record Alarm(long shown, long known, Instant since, long entry, List<String> hosts) {

        /** Whether it is another directory, which may well be newer. */
        public boolean isOther() {
            return shown >= known;
        }
    }

    @Inject
    private Installed installed;

    @Inject
    private Pulse pulse;

    /** The alarm; empty when all is well. */
    public Optional<Alarm> get() {
        List<Board> keeping =
                pulse.boards().stream().filter(Board::isDirectoryOlder).toList();
        List<String> hosts = keeping.stream().map(Board::host).sorted().toList();
        Optional<Rollback> rollback = rollback();
        long applied = applied();
        if (rollback.isPresent()) {
            Rollback found = rollback.get();
            return Optional.of(
                    new Alarm(found.shown(), Math.max(found.known(), applied), found.since(), found.entry(), hosts));
        }
        return keeping.isEmpty()
                ? Optional.empty()
                : Optional.of(new Alarm(shown(), applied, installed.clock().instant(), 0, hosts));
    }

    private Optional<Rollback> rollback() {
        try {
            return installed.history().rollback();
        } catch (DirectoryException unusable) {
            return Optional.empty();
        }
    }

    /** The highest revision that an engine applied which keeps its settings; 0: none does. */
    public long applied() {
        return pulse.boards().stream()
                .filter(Board::isDirectoryOlder)
                .mapToLong(Board::directoryRevision)
                .max()
                .orElse(0);
    }

    private long shown() {
        try {
            return installed.directory().configVersion();
        } catch (DirectoryException away) {
            return 0;
        }
    }
}
