package org.posthouse.mailcore.wire;

/** What a peer or the line to it did, and why a session cannot go on as it was. An expected event: no stack trace. */
public abstract sealed class WireException extends RuntimeException
        permits LineTooLong, PeerGone, DeadlinePassed, Draining {

    private static final long serialVersionUID = 1;

    WireException(String message) {
        super(message, null, false, false);
    }
}
