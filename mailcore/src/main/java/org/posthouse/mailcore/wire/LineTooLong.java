package org.posthouse.mailcore.wire;

/** A line was longer than allowed. It has been read to its end and thrown away: the session may go on. */
public final class LineTooLong extends WireException {

    private static final long serialVersionUID = 1;

    LineTooLong(int limit) {
        super("a line of more than " + limit + " octets");
    }
}
