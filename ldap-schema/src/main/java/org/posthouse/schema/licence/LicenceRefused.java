package org.posthouse.schema.licence;

/** A text that is no licence, or one that may not be used, with the reason as a sentence for an administrator. */
public final class LicenceRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    LicenceRefused(String reason) {
        super(reason);
    }

    /** Why, as a sentence. */
    public String reason() {
        return String.valueOf(getMessage());
    }
}
