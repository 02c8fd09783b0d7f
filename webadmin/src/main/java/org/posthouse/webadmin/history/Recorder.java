package org.posthouse.webadmin.history;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.posthouse.schema.directory.Act;
import org.posthouse.schema.directory.DirectoryException.Unwilling;
import org.posthouse.schema.directory.Scribe;
import org.posthouse.schema.value.Place;
import org.posthouse.webadmin.history.Change.State;

/** Writes one operation down: its acts before it is tried, its end after it. */
final class Recorder implements Scribe.Note {

    private static final Place NOWHERE = Place.of("cn=nowhere");

    private final History history;
    private final Author author;
    private final List<Deed> deeds = new ArrayList<>();
    private final Map<Place, Long> revisions = new HashMap<>();
    private int parts;
    private long operation;
    private Place removed = NOWHERE;

    Recorder(History history, Author author) {
        this.history = history;
        this.author = author;
    }

    @Override
    public void about(Act act) {
        history.rollbacks().guard();
        try {
            Deed deed = Alterations.deed(act, history.secrets());
            long number = history.write(operation, author, deed);
            operation = operation == 0 ? number : operation;
            // Whatever stands in a removed object goes with it, however much that is.
            if (!(act instanceof Act.Removed) || !act.place().isWithin(removed)) {
                deeds.add(deed);
                removed = act.place();
            }
        } catch (IOException full) {
            throw notMade(full);
        }
    }

    @Override
    public void ready() {
        try {
            history.begin(operation, deeds);
        } catch (IOException full) {
            throw notMade(full);
        }
    }

    private static Unwilling notMade(IOException full) {
        return new Unwilling(
                "Nothing was changed, because the change cannot be written into the history: " + full.getMessage(),
                full);
    }

    @Override
    public void part(long revision) {
        deeds.subList(parts, deeds.size()).forEach(deed -> revisions.put(Place.of(deed.object()), revision));
        parts = deeds.size();
    }

    @Override
    public void done(long revision) {
        history.end(operation, State.DONE, revision, "", deeds, revisions);
    }

    @Override
    public void refused(String why) {
        if (operation > 0) {
            history.end(operation, State.REFUSED, 0, why, deeds, Map.of());
        }
    }

    @Override
    public void unclear(String why) {
        history.leave(operation, why);
    }
}
