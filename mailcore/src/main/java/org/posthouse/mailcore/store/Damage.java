package org.posthouse.mailcore.store;

/** The octets of one message cannot be read: what is on the disk is not what was written. Everything else can be read. */
final class Damage extends StoreFailure {

    private static final long serialVersionUID = 1;

    /** With a sentence for the log. */
    Damage(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
