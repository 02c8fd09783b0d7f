package org.posthouse.schema.status;

/**
 * Which line on the wire depends on an option. An engine shows that line over a real session to the agent; a line that does
 * not depend on the option proves nothing, so most options have none.
 */
public enum Evidence {
    /** No line of a session depends on it. */
    NONE,
    /** The first line of a session. */
    GREETING,
    /** Where the agent answers, with its first line. */
    PLAIN_PORT,
    /** The same at the port with TLS from the first octet. */
    SSL_PORT,
    /** The same at the submission port. */
    SUBMISSION_PORT,
    /** What the TLS handshake shows: version, names and end of the certificate. */
    TLS,
    /** What the agent offers to a program on its host that has not signed in: how to sign in. */
    SIGN_IN,
    /** The largest message that EHLO announces. */
    SIZE,
    /** Whether EHLO offers ETRN. */
    ETRN,
    /** What VRFY answers about the postmaster. */
    VRFY,
    /** What EXPN answers about the postmaster. */
    EXPN,
    /** What VRFY and RCPT answer about the postmaster. */
    POSTMASTER,
    /** What RCPT answers about a user who does not exist. */
    UNKNOWN_USER,
    /** What RCPT answers about the postmaster of the newest domain. */
    DOMAIN,
    /** What the agent answers a peer that asks about its settings. */
    SETTINGS;

    /**
     * The evidence that SMTP, POP, and IMAP have in common, of an option of the agent or of its server: greeting, port, TLS,
     * and how to sign in.
     */
    public static Evidence ofMailProtocol(String option) {
        return switch (option) {
            case "officialDomain", "enabled" -> GREETING;
            case "ipAddress", "forceBind" -> PLAIN_PORT;
            case "sslAndTls", "certificate", "privateKey" -> TLS;
            case "plainLoginLocal" -> SIGN_IN;
            default -> NONE;
        };
    }
}
