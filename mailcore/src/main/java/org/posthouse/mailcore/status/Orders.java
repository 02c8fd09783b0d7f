package org.posthouse.mailcore.status;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * What the board can be asked to do.
 *
 * @param command carries out an order; answers why not, or nothing when done
 * @param prove the line a server's agent shows of an option in a real session, "" when none depends on it; throws
 *     NotPossible when it cannot
 * @param history how busy a server was
 * @param rmbox looks at a mailbox or removes it, and tells what is or was in it; throws NotPossible
 * @param trial tries a value that is wanted; throws NotPossible
 */
public record Orders(
        Function<Order, Optional<String>> command,
        Function<Proof, String> prove,
        Function<String, History> history,
        Function<Removal, Map<String, Object>> rmbox,
        Function<Trial, Verdict> trial) {

    /**
     * A line that is to be shown.
     *
     * @param server the messaging server's place as text
     * @param agent the agent's kind
     * @param option the option that the line is to depend on; "" for the greeting
     */
    public record Proof(String server, String agent, String option) {}

    /**
     * Something that is wanted and not yet saved, to be tried without consequence.
     *
     * @param server the messaging server's place as text
     * @param about "port", "resolver", "domain", "message_store", "temp_directory", "dbf_directory", or "mailbox"
     * @param value the port without offset, the resolver's address, the domain, the folder, or the name
     */
    public record Trial(String server, String about, String value) {}

    /**
     * What came of a trial.
     *
     * @param word "good", or what was found: "taken", "forbidden", "silent", "none"; of a folder "system", "link", "file",
     *     "denied", "full", "open", "used", "empty", "store"
     * @param value the value as it was tried, such as the port with the offset
     * @param detail what goes with it, such as who uses a folder or how many mailboxes stay behind; may be ""
     */
    public record Verdict(String word, String value, String detail) {

        /** Without details. */
        public Verdict(String word, String value) {
            this(word, value, "");
        }
    }

    /**
     * One order.
     *
     * @param server the messaging server's place as text
     * @param agent the agent's kind, or "" for the whole server
     * @param verb "start", "stop", "restart", "drain" or "reset"
     * @param grace how long sessions may go on that are to be drained
     */
    public record Order(String server, String agent, String verb, Duration grace) {}

    /**
     * A mailbox to be removed or handed over.
     *
     * @param server the messaging server's place as text
     * @param manager the place of the user who asks for it
     * @param mailbox the account's name
     * @param verb "remove", "look", "hand-over", or "list" for the mailboxes of former users
     * @param to the name of the user who gets the mail that is handed over; else ""
     */
    public record Removal(String server, String manager, String mailbox, String verb, String to) {

        /** Whether it is removed; otherwise it is only looked at. */
        public boolean forReal() {
            return verb.equals("remove");
        }
    }

    /** Why something cannot be shown or done, in words. */
    public static final class NotPossible extends RuntimeException {

        private static final long serialVersionUID = 1L;

        /** Says why. */
        public NotPossible(String reason) {
            super(reason);
        }
    }
}
