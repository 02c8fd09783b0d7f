package org.posthouse.schema.value;

import java.util.UUID;

/**
 * Which mailbox is a user's. A new user gets a random identifier, and the store remembers it with the mailbox, so that a
 * new user of a deleted user's name does not see the other's mail. A user whom another tool created is identified by the
 * entryUUID of the directory (RFC 4530) instead.
 */
public final class MailboxId {

    /** Where it is in the directory. */
    public static final String ATTRIBUTE = "posthouseMailboxId";

    /** In place of an identifier: the user takes over whatever mailbox has the user's name. */
    public static final String HAND_OVER = "handOver";

    private MailboxId() {}

    /** A new one, unlike all others. */
    public static String random() {
        return UUID.randomUUID().toString();
    }
}
