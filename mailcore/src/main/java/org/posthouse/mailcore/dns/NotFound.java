package org.posthouse.mailcore.dns;

/** The name does not exist, or has nothing of the kind asked for: asking again will not help. */
public final class NotFound extends DnsException {

    private static final long serialVersionUID = 1;

    NotFound(String message) {
        super(message);
    }
}
