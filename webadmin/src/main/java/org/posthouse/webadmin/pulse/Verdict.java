package org.posthouse.webadmin.pulse;

import java.util.Locale;
import org.posthouse.webadmin.pulse.Board.Obedience;

/** Whether a server or an agent does what is wanted of it; those that need care come first. */
public enum Verdict {
    /** It may not or cannot do what its settings say; an older revision may be in force. */
    REFUSES,
    /** It is told, but the revision wanted is not in force yet. */
    LAGS,
    /** No engine speaks for it: nothing can be known, least of all that it obeys. */
    UNREACHABLE,
    /** It does not run and is not to: disabled, or stopped by a command. */
    RESTS,
    /** The revision wanted is in force. */
    OBEYS;

    /** What an engine's word means where this revision is wanted. */
    static Verdict of(long wanted, Obedience seen) {
        return switch (seen.state()) {
            case "refused", "failed", "broken" -> REFUSES;
            // Who does not run obeys no revision; he lags only while he does not know of the newest.
            case "disabled", "stopped" -> seen.wanted() < wanted ? LAGS : RESTS;
            default -> seen.obeyed() < wanted ? LAGS : OBEYS;
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
