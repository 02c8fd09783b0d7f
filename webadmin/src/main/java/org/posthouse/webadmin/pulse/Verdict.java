package org.posthouse.webadmin.pulse;

import java.util.Locale;
import org.posthouse.webadmin.pulse.Board.Obedience;

/** Whether a server or an agent does what is wanted of it; those that need attention come first. */
public enum Verdict {
    /** It cannot do what its settings say; an older revision may be in force. */
    REFUSES,
    /** The revision wanted is not in force yet. */
    LAGS,
    /** No engine reports on it, so nothing is known, least of all that it is in sync. */
    UNREACHABLE,
    /** It is enabled and cannot run: it waits for another agent, or for the next start of its server. */
    WAITS,
    /** It does not run because somebody wanted it so: it is disabled, or a command stopped it. */
    RESTS,
    /** The revision wanted is in force. */
    OBEYS;

    /** What an engine's report means where this revision is wanted. */
    static Verdict of(long wanted, Obedience seen) {
        if (seen.isRefused(wanted)) {
            return REFUSES;
        }
        return switch (seen.state()) {
            // What does not run applies no revision; it is behind only while it does not know of the newest.
            case DISABLED, STOPPED -> seen.wanted() < wanted ? LAGS : RESTS;
            case WAITING -> seen.wanted() < wanted ? LAGS : WAITS;
            case STARTING, RUNNING, IDLE, STOPPING -> seen.obeyed() < wanted ? LAGS : OBEYS;
            // A crash before the engine came to this revision, or a word of another version: wait for the next report.
            case FAILED, REFUSED, BROKEN, UNKNOWN -> LAGS;
        };
    }

    /** Whether somebody should look at it. */
    public boolean needsCare() {
        return compareTo(RESTS) < 0;
    }

    /** The word in addresses, in the API and in bundles: "refuses". */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
