package org.posthouse.mailcore.status;

import java.util.Locale;

/** How a messaging server or an agent is, in the words of the board. */
public enum State {
    /** It binds and opens what it needs. */
    STARTING,
    /** It works. */
    RUNNING,
    /** It drains its sessions. */
    STOPPING,
    /** A command stopped it, or it waits for something it needs. */
    STOPPED,
    /** It is not started because it is disabled. */
    DISABLED,
    /** It crashed. */
    FAILED,
    /** It may not do what its settings say, such as listening on a port that is taken. */
    REFUSED,
    /** Its settings cannot be understood and never could. */
    BROKEN;

    /** The word on the board: "running". */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
