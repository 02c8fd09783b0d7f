package org.posthouse.webadmin.history;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * One change as it is written down: one operation on the directory, of one object or of several at once.
 *
 * @param number its number: that of its first line
 * @param at when, by the clock of then
 * @param back by how much the clock had gone back since the entry before; zero nearly always
 * @param author in whose name
 * @param state how it ended
 * @param revision the revision it got; 0 where there is none
 * @param remark why it was refused, or how it is known; empty: nothing to say
 * @param effect what came of it: "84 ms" until the engines obeyed, or why they do not; empty: not known yet
 * @param deeds what was done, object by object; only the first hundred in a list
 * @param objects how many objects it concerns
 */
public record Change(
        long number,
        Instant at,
        Duration back,
        Author author,
        State state,
        long revision,
        String remark,
        Effect effect,
        List<Deed> deeds,
        int objects) {

    /** How a change ended. */
    public enum State {
        /** It was begun, and its end is not known yet. */
        OPEN,
        /** It was carried out. */
        DONE,
        /** The directory refused it; nothing was changed. */
        REFUSED,
        /** What stands in the directory fits neither. */
        UNCLEAR
    }

    /**
     * What the engines made of a change.
     *
     * @param millis after how many milliseconds all concerned obeyed; negative: they do not, or it is not known
     * @param reason why they do not; empty: not known
     */
    public record Effect(long millis, String reason) {
        /** Nothing is known. */
        public static final Effect UNKNOWN = new Effect(-1, "");
    }
}
