package org.posthouse.mailcore.compute;

/** There was no memory for a large message within the time allowed, because others use it. Nothing has been done. */
public final class MemoryShort extends RuntimeException {

    private static final long serialVersionUID = 1;

    MemoryShort(long octets) {
        super("No memory is free for a message of " + octets + " octets", null, false, false);
    }
}
