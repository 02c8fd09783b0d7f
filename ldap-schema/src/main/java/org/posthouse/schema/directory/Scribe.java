package org.posthouse.schema.directory;

import java.time.Instant;
import java.util.Optional;
import java.util.function.Predicate;
import org.posthouse.schema.value.Place;

/**
 * Writes down what is done to the tree through a {@link Directory#observed(Scribe)}: before it is tried, and how it
 * ended. Bound to an author: whoever hands one out knows in whose name it will write.
 */
public interface Scribe {

    /** One operation on the directory, all or nothing, of one act or of many. */
    interface Note {

        /** Tells one act of the operation. */
        void about(Act act);

        /**
         * All acts were told and the operation begins when this returns. Throws a DirectoryException when they could not
         * be written down; then nothing is done.
         */
        void ready();

        /** The acts told since the last part were done, under this revision, and more acts of the same operation follow. */
        default void part(long revision) {}

        /** It was done, under this revision; 0 where there is none. */
        void done(long revision);

        /** None of it was done. */
        void refused(String why);

        /** The directory went away meanwhile: nobody knows yet whether it was done. */
        void unclear(String why);
    }

    /**
     * Several operations that a crash, or a directory that went away, cut off.
     *
     * @param began when they began
     * @param concerns whether they were about an object
     */
    record CutOff(Instant began, Predicate<Place> concerns) {}

    /** Begins a note. */
    Note open();

    /**
     * Takes up the note of operations that were cut off, so that it tells how they ended after all. What was told before is
     * not told twice. A scribe that does not know of them writes nothing down.
     */
    default Note resume(CutOff cutOff) {
        return NONE.open();
    }

    /** The same with what was said beforehand of what is to be done; whoever keeps no such words is the same. */
    default Scribe saying(String plan) {
        return this;
    }

    /** In whose name it writes, for the objects that are changed; empty: nobody that an object would name. */
    default Optional<Signature> signature() {
        return Optional.empty();
    }

    /** Writes nothing down: for what is no change an administrator makes, such as an engine's own marks. */
    Scribe NONE = () -> new Note() {
        @Override
        public void about(Act act) {}

        @Override
        public void ready() {}

        @Override
        public void done(long revision) {}

        @Override
        public void refused(String why) {}

        @Override
        public void unclear(String why) {}
    };
}
