package org.posthouse.mailcore.queue;

/**
 * Somebody a mail is for.
 *
 * @param kind how the address is to be read
 * @param address the mailbox name of a LOCAL or MAILBOX one, the mail address of a REMOTE one
 * @param original ORCPT as the sender gave it, {@code rfc822;bob@example.com}; empty when not given (RFC 3461 4.2)
 * @param dsn NOTIFY as the sender gave it, such as {@code SUCCESS,DELAY} or {@code NEVER}; empty when not given
 * @param folder the folder of a MAILBOX one; empty for the others
 */
public record Recipient(Kind kind, String address, String original, String dsn, String folder) {

    /** Of this system, of another one, or a folder of a mailbox of this system. */
    public enum Kind {
        LOCAL,
        REMOTE,
        MAILBOX
    }

    /** A mailbox of this system. */
    public static Recipient local(String mailbox) {
        return new Recipient(Kind.LOCAL, mailbox, "", "", "");
    }

    /** An address of another system. */
    public static Recipient remote(String address) {
        return new Recipient(Kind.REMOTE, address, "", "", "");
    }
}
