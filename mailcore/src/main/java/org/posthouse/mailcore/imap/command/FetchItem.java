package org.posthouse.mailcore.imap.command;

import java.util.List;

/** One thing that FETCH tells of a message, RFC 3501 6.4.5. */
public sealed interface FetchItem {

    /** Those without arguments. */
    enum Attribute implements FetchItem {
        FLAGS,
        INTERNALDATE,
        RFC822_SIZE,
        ENVELOPE,
        BODY,
        BODYSTRUCTURE,
        UID,
        MODSEQ
    }

    /** Which octets of a part a section names. */
    enum Text {
        ALL,
        HEADER,
        HEADER_FIELDS,
        HEADER_FIELDS_NOT,
        TEXT,
        MIME
    }

    /**
     * Octets of the message: BODY[...], BODY.PEEK[...], RFC822, RFC822.HEADER, RFC822.TEXT.
     *
     * @param label how the answer names it
     * @param path numbers of the part, empty for the message itself
     * @param text what of that part
     * @param fields the header fields named
     * @param peek whether it leaves \Seen alone
     * @param from first octet, from 0
     * @param count how many octets at most; -1 without limit
     */
    record Section(
            String label, List<Integer> path, Text text, List<String> fields, boolean peek, long from, long count)
            implements FetchItem {}
}
