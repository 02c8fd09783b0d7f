package org.posthouse.mailcore.imap.command;

import java.io.Serial;

/**
 * A command that does not follow the grammar; its message is the text of the tagged BAD.
 *
 * <p>The one exception that stands for a peer's fault: a recursive parser has to leave from any depth. The session
 * catches it in one place. It has no stack trace, since a stranger can cause it as often as he likes.
 */
public final class Malformed extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1;

    /** With the sentence for the client; it must not quote octets that the client sent. */
    public Malformed(String sentence) {
        super(sentence, null, false, false);
    }

    /** The sentence for the client. */
    public String sentence() {
        return String.valueOf(getMessage());
    }
}
