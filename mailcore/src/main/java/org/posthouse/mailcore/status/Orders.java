package org.posthouse.mailcore.status;

import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * What the board can be asked to do.
 *
 * @param command carries out an order; answers why not, or nothing when done
 * @param prove the line a server's agent shows of itself in a real session; throws NotPossible when it cannot
 */
public record Orders(Function<Order, Optional<String>> command, BiFunction<String, String, String> prove) {

    /**
     * One order.
     *
     * @param server the messaging server's place as text
     * @param agent the agent's kind, or "" for the whole server
     * @param verb "start", "stop" or "restart"
     */
    public record Order(String server, String agent, String verb) {}

    /** Why something cannot be shown or done, in words. */
    public static final class NotPossible extends RuntimeException {

        private static final long serialVersionUID = 1L;

        /** Says why. */
        public NotPossible(String reason) {
            super(reason);
        }
    }
}
