package org.posthouse.webadmin.pulse;

/** An engine does not do what it was asked; its message is the reason, a sentence. */
public final class Declined extends RuntimeException {

    private static final long serialVersionUID = 1L;

    Declined(String reason) {
        super(reason);
    }
}
