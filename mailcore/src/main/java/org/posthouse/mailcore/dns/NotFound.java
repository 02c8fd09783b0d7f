package org.posthouse.mailcore.dns;

/** The name does not exist, or has nothing of the kind asked for: asking again will not help. */
public final class NotFound extends DnsException {

    private static final long serialVersionUID = 1;

    private final boolean takesNoMail;

    /** Says what is not there. */
    public NotFound(String message) {
        this(message, false);
    }

    /** Says what is not there, or that a domain says it takes no mail. */
    NotFound(String message, boolean takesNoMail) {
        super(message);
        this.takesNoMail = takesNoMail;
    }

    /** Whether the domain exists and says that it takes no mail: a null MX (RFC 7505). */
    public boolean takesNoMail() {
        return takesNoMail;
    }
}
