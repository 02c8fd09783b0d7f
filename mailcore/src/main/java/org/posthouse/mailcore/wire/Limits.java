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
 * @param strangers what peers may take that are not known yet
 */
public record Limits(
        int sessions, int sessionsPerAddress, Duration command, Duration session, String refusal, Strangers strangers) {

    /**
     * What peers may take until {@link Connection#known()} says that they are known: signed in, or at least speaking the
     * protocol. They take no place from peers that are known. When one too many comes, the one that is waiting longest
     * at the address with the most of them is cut off, so that those who only wait cannot keep others out.
     *
     * @param all how many at a time in all; 0: this listener knows no strangers, everyone counts as known
     * @param perAddress how many at a time from one address
     * @param patience how long one may take to become known
     */
    public record Strangers(int all, int perAddress, Duration patience) {

        /** Everyone counts as known. */
        public static final Strangers NONE = new Strangers(0, 0, Duration.ZERO);
    }

    /** Limits of a protocol that knows no strangers. */
    public Limits(int sessions, int sessionsPerAddress, Duration command, Duration session, String refusal) {
        this(sessions, sessionsPerAddress, command, session, refusal, Strangers.NONE);
    }

    /** Limits of a protocol that has no words for a peer too many. */
    public Limits(int sessions, int sessionsPerAddress, Duration command, Duration session) {
        this(sessions, sessionsPerAddress, command, session, "");
    }

    /** The same with limits for strangers. */
    public Limits with(Strangers other) {
        return new Limits(sessions, sessionsPerAddress, command, session, refusal, other);
    }
}
