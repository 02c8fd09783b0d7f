package org.posthouse.schema.address;

import org.posthouse.schema.tree.Kind;

/** A way in which a person uses a mail system. */
public enum Channel {
    /** Mail for the person is accepted over SMTP and reaches the mailbox. */
    MAIL(Kind.SMTP_AGENT),
    /** The person can sign in over SMTP, to send. */
    SMTP(Kind.SMTP_AGENT),
    /** The person can sign in over POP. */
    POP(Kind.POP_AGENT),
    /** The person can sign in over IMAP. */
    IMAP(Kind.IMAP_AGENT);

    private final Kind agent;

    Channel(Kind agent) {
        this.agent = agent;
    }

    /** The agent that serves it. */
    public Kind agent() {
        return agent;
    }

    /** Whether it takes a password. */
    public boolean isLogin() {
        return this != MAIL;
    }
}
