package org.posthouse.webadmin.join;

/** Why a host may not join, in words for whoever typed the command there. */
public final class NotAdmitted extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** What stands in the way. */
    public enum Cause {
        /** The token never was one. */
        UNKNOWN,
        /** The token was used. */
        USED,
        /** The token's time is over. */
        EXPIRED,
        /** It is not for this host, or not for this directory. */
        IMPOSSIBLE
    }

    private final Cause reason;

    /** Says why. */
    public NotAdmitted(Cause reason, String message) {
        super(message);
        this.reason = reason;
    }

    /** What stands in the way. */
    public Cause reason() {
        return reason;
    }
}
