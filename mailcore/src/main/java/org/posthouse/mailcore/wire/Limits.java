package org.posthouse.mailcore.wire;

import java.time.Duration;

/**
 * What one listener allows.
 *
 * @param sessions how many sessions at a time in all
 * @param sessionsPerAddress how many at a time from one address
 * @param command how long one whole command may take, from the end of our answer to its last octet
 * @param session how long a whole session may take; zero for no limit
 * @param refusal the line, without CRLF, that tells a peer it is one too many; empty to close without a word
 */
public record Limits(int sessions, int sessionsPerAddress, Duration command, Duration session, String refusal) {

    /** Limits of a protocol that has no words for a peer too many. */
    public Limits(int sessions, int sessionsPerAddress, Duration command, Duration session) {
        this(sessions, sessionsPerAddress, command, session, "");
    }
}
