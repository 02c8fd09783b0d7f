package org.posthouse.webadmin.history;

/**
 * Where the history is not as it was written.
 *
 * @param what what is wrong
 * @param file the file it is found in
 * @param line the line of that file, from 1; 0 where it is about no line
 * @param from the first entry number concerned
 * @param to the last entry number concerned
 */
public record Fault(What what, String file, int line, long from, long to) {

    /** What can be wrong. */
    public enum What {
        /** The line does not bear its own hash any more. */
        ALTERED,
        /** The line bears a hash of its own, but not the one that the next line or an anchor remembers. */
        REPLACED,
        /** Lines are not there. */
        MISSING,
        /** The newest lines are not there. */
        CUT,
        /** The line is none of a history. */
        UNREADABLE,
        /** The line stands in the wrong place or twice. */
        MISPLACED,
        /** The second file that remembers the newest lines is not there, so a cut could not be seen. */
        NO_ANCHORS
    }

    @Override
    public String toString() {
        String lines = from == to ? "entry " + from : "entries " + from + " to " + to;
        String where = "line " + line + " of " + file;
        return switch (what) {
            case ALTERED -> where + " (" + lines + ") was altered";
            case REPLACED -> where + " (" + lines + ") was replaced by another";
            case MISSING -> lines + " are missing before " + where;
            case CUT -> lines + " are cut off at the end of " + file;
            case UNREADABLE -> where + " is not readable";
            case MISPLACED -> where + " (" + lines + ") is in the wrong place or appears twice";
            case NO_ANCHORS -> file + " is missing: it cannot be verified that nothing was cut off at the end";
        };
    }
}
