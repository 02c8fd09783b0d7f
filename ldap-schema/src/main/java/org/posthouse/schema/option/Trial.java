package org.posthouse.schema.option;

/** What an engine can try of a new value, without consequence, before it is saved. */
public enum Trial {
    /** Nothing. */
    NONE,
    /** Whether one may listen at this TCP port. */
    PORT,
    /** Whether the host has this address. */
    ADDRESS,
    /** Whether this resolver answers. */
    RESOLVER,
    /** Whether the domain has an MX record. */
    DOMAIN,
    /** Where the mail of a domain goes by its MX records; no option is tried so. */
    ROUTE
}
