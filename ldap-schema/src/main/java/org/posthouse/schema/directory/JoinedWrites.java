package org.posthouse.schema.directory;

import java.util.Optional;

/**
 * Several operations that a scribe writes down as one: its note is opened with the first of them and ended when the last is
 * done. Each operation is told before it begins, as ever. Not thread-safe.
 */
public final class JoinedWrites {

    private final Directory directory;
    private final Scribe scribe;
    private final Scribe.Note note;
    private long last;
    private boolean begun;
    private boolean silent;

    JoinedWrites(Directory directory, Scribe scribe) {
        this(directory, scribe, scribe.open());
    }

    JoinedWrites(Directory directory, Scribe scribe, Scribe.CutOff cutOff) {
        this(directory, scribe, scribe.resume(cutOff));
        begun = true;
    }

    private JoinedWrites(Directory directory, Scribe scribe, Scribe.Note note) {
        this.scribe = scribe;
        this.note = note;
        this.directory = directory.observed(new Joined());
    }

    /** The directory through which the operations go. */
    public Directory directory() {
        return directory;
    }

    /** All of them are done. Where none was needed, nothing is written down. */
    public void done() {
        if (begun) {
            note.done(last);
        }
    }

    /**
     * The operations that follow put back what was done, and are not written down: in the end, nothing was changed.
     *
     * @return the directory through which they go
     */
    public Directory reverting() {
        silent = true;
        return directory;
    }

    /** What was done is put back. */
    public void refused(String why) {
        note.refused(why);
    }

    /** A part of it stays: neither are all of them done nor is everything as it was. */
    public void unclear(String why) {
        note.unclear(why);
    }

    private final class Joined implements Scribe {

        @Override
        public Note open() {
            return silent ? Scribe.NONE.open() : new Part();
        }

        @Override
        public Scribe saying(String plan) {
            return this;
        }

        @Override
        public Optional<Signature> signature() {
            return scribe.signature();
        }
    }

    private final class Part implements Scribe.Note {

        @Override
        public void about(Act act) {
            note.about(act);
        }

        @Override
        public void ready() {
            begun = true;
            note.ready();
        }

        @Override
        public void done(long revision) {
            last = Math.max(last, revision);
            note.part(revision);
        }

        @Override
        public void refused(String why) {}

        @Override
        public void unclear(String why) {}
    }
}
