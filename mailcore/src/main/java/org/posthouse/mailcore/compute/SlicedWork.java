package org.posthouse.mailcore.compute;

/** Work over many messages that can stop after any of them. It is called by one thread at a time, not always the same. */
@FunctionalInterface
public interface SlicedWork {

    /** Goes on until the slice is over or the work is done. True when there is more to do. */
    boolean advance(WorkSlice slice);
}
