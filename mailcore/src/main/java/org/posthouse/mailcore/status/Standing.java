package org.posthouse.mailcore.status;

import java.time.Instant;
import java.util.Optional;

/**
 * How a server or an agent stands.
 *
 * @param state what it does
 * @param reason why, when it is not simply running; else empty
 * @param wanted the revision the directory has
 * @param obeyed the revision that is in force; 0 when none is
 * @param obeyedAt since when that one is in force
 * @param leavesAt when sessions that still run are ended, while it lets them finish
 */
public record Standing(
        State state, String reason, long wanted, long obeyed, Instant obeyedAt, Optional<Instant> leavesAt) {}
