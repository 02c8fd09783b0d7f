package org.posthouse.webadmin.history;

import java.time.Instant;

/**
 * A directory that went back to an older state than the history knows, or is another one, until an administrator decides
 * what counts.
 *
 * @param entry the number of the change in the history that says what differs
 * @param shown the revision that the directory showed
 * @param known the highest revision that the history knew
 * @param since when it was found out
 */
public record Rollback(long entry, long shown, long known, Instant since) {

    /** Whether it is another directory: not older than what the history knows, but about something else. */
    public boolean isOther() {
        return shown >= known;
    }
}
