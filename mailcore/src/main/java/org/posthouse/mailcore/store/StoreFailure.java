package org.posthouse.mailcore.store;

/** The store cannot read or write, for instance because its disk is full. Nothing of what was asked has been done. */
public class StoreFailure extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** With a sentence for the log. */
    public StoreFailure(String sentence, Throwable cause) {
        super(sentence, cause);
    }

    /** Whether it is for want of space on the disk. */
    public boolean isDiskFull() {
        return String.valueOf(getMessage()).contains("No space left on device");
    }
}
