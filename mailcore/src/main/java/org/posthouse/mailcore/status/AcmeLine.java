package org.posthouse.mailcore.status;

import java.time.Instant;
import java.util.Optional;

/**
 * How a messaging server's certificate from an ACME authority stands.
 *
 * @param state "waiting" for its time, "ordering", or "failed"
 * @param reason what is done at this moment, or why it failed
 * @param since since when
 * @param next when it is asked for; empty while it is
 */
public record AcmeLine(String state, String reason, Instant since, Optional<Instant> next) {

    /** A certificate that is renewed in time. */
    public static AcmeLine waiting(Instant since, Instant next) {
        return new AcmeLine("waiting", "", since, Optional.of(next));
    }

    /** An order under way. */
    public static AcmeLine ordering(String step, Instant since) {
        return new AcmeLine("ordering", step, since, Optional.empty());
    }

    /** An attempt that failed; the next is made by itself. */
    public static AcmeLine failed(String reason, Instant since, Instant next) {
        return new AcmeLine("failed", reason, since, Optional.of(next));
    }

    /** Whether somebody should look at it. */
    public boolean isTrouble() {
        return state.equals("failed");
    }
}
