package org.posthouse.schema.certificate;

import org.jspecify.annotations.Nullable;

/** A certificate or key that cannot be used; its message is a sentence for an administrator. */
public final class NotUsable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Says why. */
    public NotUsable(String reason) {
        super(reason);
    }

    /** Says why, and what was behind it. */
    public NotUsable(String reason, @Nullable Throwable cause) {
        super(reason, cause);
    }
}
