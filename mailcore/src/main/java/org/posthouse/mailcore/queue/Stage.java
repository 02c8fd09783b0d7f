package org.posthouse.mailcore.queue;

/** The stages of the queue, in NetMail's numbers. Agents register at a stage; a stage without agents is passed over. */
public enum Stage {
    /** 0: just taken; groups become their members. */
    INCOMING,
    /** 1: free of spam and viruses, as far as anybody looked. */
    CLEAN,
    /** 2: forwarding and automatic replies. */
    FORWARD,
    /** 3: the users' rules. */
    RULE,
    /** 4: lists. */
    LIST,
    /** 5: calendars, and agents of third parties. */
    CALENDAR,
    /** 6: into local mailboxes, and the first attempt at other hosts. */
    DELIVER,
    /** 7: waits for the next attempt. */
    OUTGOING,
    /** 8: waited too long; goes back to its sender. */
    RETURN,
    /** 9: digests of lists, waiting for their hour. */
    DIGEST
}
