package org.posthouse.mailcore.wire;

/** The listener is closing and the session was between two commands: say good-bye and end. */
public final class Draining extends WireException {

    private static final long serialVersionUID = 1;

    Draining() {
        super("this service is closing");
    }
}
