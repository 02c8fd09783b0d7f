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
    /** Whether the message store can be in this folder, and how much mail stays behind. */
    MESSAGE_STORE,
    /** Whether temporary files can be in this folder. */
    TEMP_DIRECTORY,
    /** Whether the files of the DBF Directory can be in this folder. */
    DBF_DIRECTORY,
    /** How many mailboxes stay behind when this becomes the Host Server. */
    HOST_SERVER,
    /** Whether the server's host finds the host of this destination. */
    HOST,
    /** Whether the domain has an MX record. */
    DOMAIN,
    /** Where the mail of a domain goes by its MX records; no option is tried so. */
    ROUTE,
    /** Whether there is a mailbox of this name, and whose it is; no option is tried so. */
    MAILBOX
}
