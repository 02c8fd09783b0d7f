package org.posthouse.schema.status;

import java.util.Arrays;
import java.util.Locale;

/**
 * The state of a messaging server or an agent, in the words of an engine's status board. The engine writes these words and
 * the console reads them; both use this enum, so that neither guesses what the other means.
 */
public enum State {
    /** It binds its ports and opens what it needs. */
    STARTING,
    /** It works. A server is in this state only while at least one of its agents runs. */
    RUNNING,
    /** A server that is up although none of its agents runs. */
    IDLE,
    /** It takes no new sessions and lets the open ones end. */
    STOPPING,
    /** It is enabled but cannot run yet: it waits for another agent, or for the next start of its server. */
    WAITING,
    /** A command stopped it, or it is between a stop and the start that follows. */
    STOPPED,
    /** It does not run because it is disabled. */
    DISABLED,
    /** It crashed, or what it needs cannot be opened. */
    FAILED,
    /** It cannot do what its settings say, such as listen on a port that is taken. */
    REFUSED,
    /** Its settings cannot be understood, and no earlier ones are known. */
    BROKEN,
    /** A word that this version does not know, from an engine of another version. */
    UNKNOWN;

    /** The state that a word on the board names; {@link #UNKNOWN} for any other word. */
    public static State of(String word) {
        return Arrays.stream(values())
                .filter(state -> state.word().equals(word))
                .findFirst()
                .orElse(UNKNOWN);
    }

    /** The word on the board: "running". */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether it cannot do what its settings ask. */
    public boolean isTrouble() {
        return this == FAILED || this == REFUSED || this == BROKEN;
    }

    /** Whether it does not run because somebody wanted it so: it is disabled, or a command stopped it. */
    public boolean isOff() {
        return this == DISABLED || this == STOPPED;
    }

    /** Whether it was started and has not ended yet. */
    public boolean isUp() {
        return this == STARTING || this == RUNNING || this == IDLE || this == STOPPING;
    }
}
