package org.posthouse.mailcore.imap.command;

import java.time.LocalDate;
import java.util.List;

/** What a message must be like to be found, RFC 3501 6.4.4. */
public sealed interface SearchKey {

    /** All of these. */
    record And(List<SearchKey> keys) implements SearchKey {}

    /** One of the two. */
    record Or(SearchKey one, SearchKey other) implements SearchKey {}

    /** Not this. */
    record Not(SearchKey key) implements SearchKey {}

    /** A flag is set. */
    record Flag(String flag) implements SearchKey {}

    /** Its sequence number is one of these. */
    record Numbers(SequenceSet set) implements SearchKey {}

    /** Its UID is one of these. */
    record Uids(SequenceSet set) implements SearchKey {}

    /** How a date compares. */
    enum When {
        BEFORE,
        ON,
        SINCE
    }

    /** The day it arrived here, or with sent the day of its Date field; both without time and zone. */
    record Day(boolean sent, When when, LocalDate day) implements SearchKey {}

    /** It arrived within so many seconds (RFC 5032), or longer ago. */
    record Within(long seconds, boolean younger) implements SearchKey {}

    /** A header field of this name is there and holds the text; an empty text asks for the field alone. */
    record Header(String field, String text) implements SearchKey {}

    /** The body holds the text; with header, the header may as well. */
    record Body(String text, boolean header) implements SearchKey {}

    /** Its size in octets is above the number, or below it. */
    record Size(boolean larger, long octets) implements SearchKey {}

    /** Its modification sequence is at least this (RFC 7162 3.1.5). */
    record ModSeq(long least) implements SearchKey {}
}
