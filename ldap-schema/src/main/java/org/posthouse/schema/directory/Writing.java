package org.posthouse.schema.directory;

import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.posthouse.schema.directory.DirectoryException.DirectoryDown;
import org.posthouse.schema.option.Refused;

/** The one way to the directory for every change: between the two notes of its scribe. */
final class Writing {

    private final Scribe scribe;

    Writing(Scribe scribe) {
        this.scribe = scribe;
    }

    /** Has the acts written down, then does them; the operation returns its revision. */
    long of(Consumer<Consumer<Act>> acts, LongSupplier operation) {
        Scribe.Note note = scribe.open();
        begin(note, acts);
        long revision;
        try {
            revision = operation.getAsLong();
        } catch (DirectoryDown lost) {
            note.unclear(String.valueOf(lost.getMessage()));
            throw lost;
        } catch (DirectoryException | Refused refused) {
            note.refused(String.valueOf(refused.getMessage()));
            throw refused;
        }
        note.done(revision);
        return revision;
    }

    private static void begin(Scribe.Note note, Consumer<Consumer<Act>> acts) {
        try {
            acts.accept(note::about);
            note.ready();
        } catch (DirectoryException notBegun) {
            note.refused(String.valueOf(notBegun.getMessage()));
            throw notBegun;
        }
    }
}
