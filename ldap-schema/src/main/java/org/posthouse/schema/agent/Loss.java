package org.posthouse.schema.agent;

/** What people lose while an agent that should run does not. */
public enum Loss {
    /** Mail is no longer accepted or delivered. */
    MAIL,
    /** People can no longer sign in to their mailboxes. */
    SIGN_IN,
    /** Only what this agent does. */
    SERVICE
}
