package org.posthouse.mailcore.wire;

/** The peer did not finish its command, take our answer, or end its session in time. */
public final class DeadlinePassed extends WireException {

    private static final long serialVersionUID = 1;

    DeadlinePassed(String what) {
        super(what);
    }
}
