package org.posthouse.mailcore.status;

import java.time.Instant;
import java.util.Optional;
import org.posthouse.schema.status.State;

/**
 * The desired and the actual state of a server or an agent.
 *
 * @param state what it does
 * @param reason why, when it is not simply running; else empty
 * @param wanted the revision the directory has
 * @param tried the revision that state and reason are about: lower than {@code wanted} until the engine has acted on it
 * @param triedAt when the engine last acted on settings; a change by a tool that names no revision is told by it
 * @param obeyed the revision that is in force; 0 when none is
 * @param obeyedAt since when that one is in force
 * @param leavesAt when sessions that still run are ended, while it lets them finish
 */
public record Standing(
        State state,
        String reason,
        long wanted,
        long tried,
        Instant triedAt,
        long obeyed,
        Instant obeyedAt,
        Optional<Instant> leavesAt) {

    /** The same with a fault that keeps it from its work. */
    public Standing failed(String why) {
        return new Standing(State.FAILED, why, wanted, tried, triedAt, obeyed, obeyedAt, leavesAt);
    }
}
