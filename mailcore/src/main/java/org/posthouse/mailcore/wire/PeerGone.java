package org.posthouse.mailcore.wire;

/** The connection is closed, broken, or was never made. */
public final class PeerGone extends WireException {

    private static final long serialVersionUID = 1;

    PeerGone(String reason) {
        super(reason);
    }
}
