package org.posthouse.mailcore.dns;

/** A name could not be looked up; the message is fit for a delivery report. */
public abstract sealed class DnsException extends RuntimeException permits NotFound, TryAgain {

    private static final long serialVersionUID = 1;

    DnsException(String message) {
        super(message, null, false, false);
    }
}
