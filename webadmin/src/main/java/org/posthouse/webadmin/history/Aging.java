package org.posthouse.webadmin.history;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.posthouse.schema.directory.Directory;
import org.posthouse.schema.tree.Entry;
import org.posthouse.schema.value.Place;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out that a directory went back to an older state than the history knows (damage, a restored backup, the wrong
 * disk), and that it came back from there. What differs then is recorded as one change that nobody made.
 */
final class Aging {

    private static final Logger LOG = LoggerFactory.getLogger(Aging.class);
    private static final int COMPARED = 50;

    private final History history;
    private final Directory directory;
    private final Shadow shadow;
    private final Clock clock;
    private long known;
    private long shown;
    private boolean other;

    Aging(History history, Directory directory, Shadow shadow, Clock clock) {
        this.history = history;
        this.directory = directory;
        this.shadow = shadow;
        this.clock = clock;
    }

    // A change raises the directory's number first. So what is known is asked before the directory, or a change made
    // between the two questions would look as if the directory had lost it.
    private long known() {
        return Math.max(history.revision(), shadow.highest());
    }

    /** Whether Internet Services gives reason to {@link #look}. Two requests. */
    boolean isDue() {
        long before = known();
        return history.rollback().isPresent()
                || directory.configVersion() < before
                || history.rollbacks().identity().isOther(directory);
    }

    /** Whether the directory turned to an older state, or from there to a newer one, since the last look. */
    boolean look() {
        known = known();
        shown = directory.configVersion();
        Optional<Rollback> pending = history.rollback();
        // Without Internet Services there is no number: it was deleted, which is recorded as that, and nimsext makes it
        // again.
        if (shown == 0 || history.rollbacks().isDeciding()) {
            return false;
        }
        other = history.rollbacks().identity().isOther(directory);
        if (pending.isPresent()) {
            return !other && isBack(pending.get());
        }
        history.rollbacks().identity().keep(directory);
        if (other) {
            return true;
        }
        return shown < known && directory.acceptedRevision() < known;
    }

    // A high number alone proves nothing: others may have raised it.
    private boolean isBack(Rollback pending) {
        return shown >= pending.known()
                && history.change(pending.entry())
                        .map(change -> change.deeds().stream().limit(COMPARED).allMatch(this::isBack))
                        .orElse(false);
    }

    private boolean isBack(Deed deed) {
        Optional<Entry> now = directory.read(Place.of(deed.object()));
        return switch (deed.what()) {
            case MADE -> now.isEmpty();
            case REMOVED -> now.isPresent();
            case PASSWORD -> true;
            case CHANGED ->
                now.isPresent()
                        && deed.alterations().stream()
                                .allMatch(each -> Alteration.equalSets(
                                        each.before(),
                                        history.kept(each.attribute(), now.get().values(each.attribute()))));
        };
    }

    /** Records what differs after a turn. */
    void turned(List<Deed> deeds) throws IOException {
        Optional<Rollback> pending = history.rollback();
        Instant now = clock.instant();
        var nobody = new Author("", "", Author.By.DIRECTORY);
        if (pending.isPresent()) {
            LOG.warn("The directory is back at revision {}", shown);
            history.rollbacks().close();
            if (!deeds.isEmpty()) {
                history.noticed(nobody, deeds, now, "The directory is back at revision " + shown + ".");
            }
            return;
        }
        LOG.error(
                "{}: it shows revision {}, and the history knows revision {}. "
                        + "Restore the directory or accept it as it is.",
                other
                        ? "This is not the directory that the history is about"
                        : "The directory is older than its history",
                shown,
                known);
        String remark = other
                ? "Another directory, at revision " + shown + ", took the place of the one at revision " + known
                        + ", for example because of the wrong disk or address."
                : "The directory went back from revision " + known + " to revision " + shown
                        + ", for example because of damage, a restored backup, or the wrong disk.";
        long entry = deeds.isEmpty() ? 0 : history.noticed(nobody, deeds, now, remark);
        history.rollbacks().open(new Rollback(entry, shown, known, now));
    }
}
