package org.posthouse.mailcore.queue;

/** There is less free space than the Minimum Space of the NMAP Agent: nothing is taken or delivered. */
public final class DiskFull extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Says how much is free. */
    public DiskFull(long free, long minimum) {
        super("only " + (free >> 10) + " KB are free, less than the Minimum Space of " + (minimum >> 10) + " KB");
    }
}
