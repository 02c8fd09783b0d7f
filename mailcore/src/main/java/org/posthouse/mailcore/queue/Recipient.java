package org.posthouse.mailcore.queue;

/**
 * One to whom a mail is still owed.
 *
 * @param kind whether the mailbox is here, and in which folder
 * @param address the name of a local mailbox, or the address at another system
 * @param original ORCPT as given, such as {@code rfc822;bob@example.com}; empty when not given (RFC 3461 4.2)
 * @param dsn NOTIFY as given, upper case, such as {@code FAILURE,DELAY}; empty when not given (RFC 3461 4.1)
 * @param folder the folder of a MAILBOX recipient; else empty
 */
public record Recipient(Kind kind, String address, String original, String dsn, String folder) {

    /** Where the recipient is. */
    public enum Kind {
        /** A user of this messaging system: the inbox. */
        LOCAL,
        /** At another system. */
        REMOTE,
        /** A user of this messaging system: a certain folder. */
        MAILBOX
    }

    /** Whether the sender wants to hear of a failure: the usual case. */
    boolean wantsFailure() {
        return dsn.isEmpty() || dsn.contains("FAILURE");
    }

    /** Whether the sender asked to hear of the delivery. */
    boolean wantsSuccess() {
        return dsn.contains("SUCCESS");
    }
}
