package org.posthouse.mailcore.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.Optional;
import org.posthouse.schema.file.AtomicFile;
import org.posthouse.schema.tree.Entry;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.value.Place;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps an engine from applying a directory that is older than what the engine applied before: a directory that was
 * damaged, restored from a backup, or confused with another one. The engine keeps its settings until an administrator
 * decides, or until the newer directory is back. The decision is {@code posthouseAcceptedRevision} on Internet Services.
 *
 * <p>A file remembers across restarts that a decision is pending. Used by one thread.
 */
final class RevisionGuard {

    private static final Logger LOG = LoggerFactory.getLogger(RevisionGuard.class);

    private final Path file;
    private boolean pending;

    /** Remembers a pending decision in this file. */
    RevisionGuard(Path file) {
        this.file = file;
        this.pending = Files.exists(file);
    }

    /** The number of the last change that a directory's objects show; 0 for none. */
    static long revision(Collection<Entry> all) {
        long newest = all.stream().mapToLong(Entry::revision).max().orElse(0);
        return Math.max(newest, number(all, "posthouseConfigVersion"));
    }

    private static long number(Collection<Entry> all, String attribute) {
        return all.stream()
                .filter(entry -> entry.kind() == Kind.INTERNET_SERVICES)
                .flatMap(entry -> entry.value(attribute).stream())
                .mapToLong(RevisionGuard::number)
                .max()
                .orElse(0);
    }

    private static long number(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException malformed) {
            return 0;
        }
    }

    /**
     * Why a directory must not be applied; empty when it may be.
     *
     * @param applied what was applied last; empty: nothing yet
     * @param now what the directory shows
     */
    Optional<String> objection(Collection<Entry> applied, Collection<Entry> now) {
        long known = revision(applied);
        long shown = revision(now);
        boolean settled = number(now, "posthouseAcceptedRevision") >= known;
        boolean other = isOther(applied, now);
        boolean older = !isDeleted(now) && (shown < known || other || (pending && !isBack(applied, now)));
        remember(older && !settled && known > 0);
        return pending
                ? Optional.of((other
                                ? "This is another directory than before"
                                : "The directory is older than the settings in use")
                        + ": it shows revision " + shown
                        + ", and this engine last applied revision " + known
                        + ". The engine keeps its settings until an administrator restores the directory or accepts it"
                        + " as it is.")
                : Optional.empty();
    }

    // Each setup makes a system secret of its own.
    private static boolean isOther(Collection<Entry> applied, Collection<Entry> now) {
        Optional<String> known = secret(applied);
        Optional<String> shown = secret(now);
        return known.isPresent() && shown.isPresent() && !known.equals(shown);
    }

    private static Optional<String> secret(Collection<Entry> all) {
        return all.stream()
                .filter(entry -> entry.kind() == Kind.INTERNET_SERVICES)
                .flatMap(entry -> entry.value("posthouseSystemSecret").stream())
                .findFirst();
    }

    // An older directory has Internet Services, or it is from before the setup and has nothing.
    private static boolean isDeleted(Collection<Entry> now) {
        return !now.isEmpty() && now.stream().noneMatch(entry -> entry.kind() == Kind.INTERNET_SERVICES);
    }

    // While a decision is pending, a high number alone proves nothing: a restore, or another engine, raises it.
    private static boolean isBack(Collection<Entry> applied, Collection<Entry> now) {
        var revisions = new HashMap<Place, Long>();
        now.forEach(entry -> revisions.put(entry.place(), entry.revision()));
        return applied.stream()
                .filter(entry -> entry.kind() != Kind.INTERNET_SERVICES && entry.kind() != Kind.HOST_SERVER)
                .allMatch(entry -> Long.valueOf(entry.revision()).equals(revisions.get(entry.place())));
    }

    private void remember(boolean now) {
        if (now == pending) {
            return;
        }
        try {
            if (now) {
                Files.createDirectories(file.toAbsolutePath().getParent());
                AtomicFile.replace(file, "");
            } else {
                AtomicFile.delete(file);
            }
        } catch (IOException unwritable) {
            LOG.warn("{} cannot be written: {}", file, unwritable.toString());
        }
        // After the file, so that whoever sees a pending decision finds it again after a restart.
        pending = now;
    }
}
