package org.posthouse.mailcore.store;

import java.util.List;

/**
 * A folder of a mailbox, as it was at one moment.
 *
 * @param id its number within the mailbox, never used again
 * @param name levels separated by "/"; the inbox is INBOX
 * @param uidValidity RFC 3501 2.3.1.1
 * @param uidNext the UID of the next message
 * @param modSeq the highest modification sequence, RFC 7162
 * @param recentFrom messages from this UID on have been seen by no session yet
 * @param use special use with its backslash, such as \Sent (RFC 6154), or ""
 * @param subscribed whether the user wants to see it
 */
public record Folder(
        int id,
        String name,
        long uidValidity,
        long uidNext,
        long modSeq,
        long recentFrom,
        String use,
        boolean subscribed) {

    /** The name of the folder that every mailbox has. */
    public static final String INBOX = "INBOX";

    /** The folders that a new mailbox has after it, whose names are those of their special uses (RFC 6154). */
    static final List<String> SPECIAL = List.of("Drafts", "Sent", "Trash", "Junk");

    /** The name as folders have it: the first level is INBOX in whatever case it is written (RFC 3501 5.1). */
    public static String canonical(String name) {
        return isInbox(name) ? INBOX + name.substring(INBOX.length()) : name;
    }

    /** Whether the first level of a name is the inbox. */
    public static boolean isInbox(String name) {
        return name.regionMatches(true, 0, INBOX, 0, INBOX.length())
                && (name.length() == INBOX.length() || name.charAt(INBOX.length()) == '/');
    }

    /** How many messages there are at most. */
    public int most() {
        return (int) Math.min(uidNext - 1, Integer.MAX_VALUE);
    }

    Folder grown(int messages, long sequence) {
        return new Folder(id, name, uidValidity, uidNext + messages, sequence, recentFrom, use, subscribed);
    }

    Folder named(String other) {
        return new Folder(id, other, uidValidity, uidNext, modSeq, recentFrom, use, subscribed);
    }

    Folder subscribed(boolean wanted) {
        return new Folder(id, name, uidValidity, uidNext, modSeq, recentFrom, use, wanted);
    }

    Folder claimed() {
        return new Folder(id, name, uidValidity, uidNext, modSeq, uidNext, use, subscribed);
    }
}
