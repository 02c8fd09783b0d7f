package org.posthouse.webadmin.history;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.posthouse.schema.directory.Act;
import org.posthouse.schema.directory.DirectoryException.Unwilling;
import org.posthouse.schema.directory.Scribe;
import org.posthouse.schema.value.Place;
import org.posthouse.webadmin.history.Change.State;

/** Writes one operation down: its acts before it is tried, its end after it. */
final class Recorder implements Scribe.Note {

    private static final String COMPLETED = "It was interrupted and completed afterward.";
    private static final Place NOWHERE = Place.of("cn=nowhere");

    private final History history;
    private final Author author;
    private final boolean resumed;
    private final Set<String> told = new HashSet<>();
    private final List<Deed> deeds = new ArrayList<>();
    private final Map<Place, Long> revisions = new HashMap<>();
    private int parts;
    private long operation;
    private Place removed = NOWHERE;

    Recorder(History history, Author author) {
        this.history = history;
        this.author = author;
        this.resumed = false;
    }

    /** Goes on with a change that was cut off. */
    Recorder(History history, Change change) {
        this.history = history;
        this.author = change.author();
        this.resumed = true;
        this.operation = change.number();
        change.deeds().forEach(deed -> {
            deeds.add(deed);
            told.add(Names.key(deed.object()));
        });
        this.parts = deeds.size();
    }

    @Override
    public void about(Act act) {
        history.rollbacks().guard();
        if (resumed && told.contains(Names.key(act.place().toString()))) {
            return;
        }
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
                "Nothing was changed, because the change cannot be written to the history: " + full.getMessage(), full);
    }

    @Override
    public void part(long revision) {
        deeds.subList(parts, deeds.size()).forEach(deed -> revisions.put(Place.of(deed.object()), revision));
        parts = deeds.size();
    }

    @Override
    public void done(long revision) {
        history.end(operation, State.DONE, revision, resumed ? COMPLETED : "", deeds, revisions);
    }

    @Override
    public void refused(String why) {
        if (operation > 0) {
            history.end(operation, State.REFUSED, 0, why, deeds, Map.of());
        }
    }

    @Override
    public void unclear(String why) {
        if (resumed) {
            history.end(operation, State.UNCLEAR, 0, why, deeds, Map.of());
        } else {
            history.leave(operation, why);
        }
    }
}
