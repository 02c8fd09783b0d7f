package org.posthouse.mailcore.queue;

/** The spool has no room, or less than Minimum Space: nothing was taken. */
public final class DiskFull extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** Says where and how much. */
    public DiskFull(String message) {
        super(message);
    }
}
