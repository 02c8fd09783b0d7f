package org.posthouse.mailcore.acme;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Why an order brought no certificate, as a sentence for an administrator, in the authority's own words where it has any. */
final class OrderFailed extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient @Nullable Instant notBefore;

    OrderFailed(String reason) {
        this(reason, null, null);
    }

    OrderFailed(String reason, @Nullable Throwable cause) {
        this(reason, null, cause);
    }

    OrderFailed(String reason, @Nullable Instant notBefore, @Nullable Throwable cause) {
        super(reason, cause);
        this.notBefore = notBefore;
    }

    String reason() {
        return String.valueOf(getMessage());
    }

    /** When the authority wants to be asked again at the earliest, if it said so. */
    Optional<Instant> notBefore() {
        return Optional.ofNullable(notBefore);
    }
}
