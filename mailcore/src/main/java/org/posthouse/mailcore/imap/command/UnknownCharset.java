package org.posthouse.mailcore.imap.command;

import java.io.Serial;

/** A SEARCH in a character set that we do not read: NO [BADCHARSET], RFC 3501 6.4.4. */
public final class UnknownCharset extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1;

    UnknownCharset() {
        super("charset", null, false, false);
    }
}
