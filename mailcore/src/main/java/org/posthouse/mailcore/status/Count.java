package org.posthouse.mailcore.status;

/**
 * NetMail's statistics of a messaging server, by its names (MailCon, {@code MAIL STAT}, {@code MAIL SPAM}). Local and
 * remote: mail received from its own users, who signed in, or from others; mail for mailboxes of this messaging system, or
 * for other systems. Octets are shown as KB.
 */
public enum Count {
    /** Connections to the POP and IMAP Agents. */
    INCOMING_CLIENTS(Group.CONNECTIONS),
    /** Those of them that have ended. */
    SERVICED_CLIENTS(Group.CONNECTIONS),
    /** Connections to the SMTP Agent. */
    INCOMING_SERVERS(Group.CONNECTIONS),
    /** Those of them that have ended. */
    SERVICED_SERVERS(Group.CONNECTIONS),
    /** Connections to other mail hosts. */
    OUTGOING_SERVERS(Group.CONNECTIONS),
    /** Those of them that have ended. */
    CLOSED_OUT_SERVERS(Group.CONNECTIONS),
    /** Those of {@link #OUTGOING_SERVERS} that were spoken to in plain text. Not of NetMail, like the next three. */
    OUTGOING_PLAIN(Group.CONNECTIONS),
    /** Those that were spoken to over TLS, whoever they were. */
    OUTGOING_TLS(Group.CONNECTIONS),
    /** Those that proved by DANE who they are. */
    OUTGOING_DANE(Group.CONNECTIONS),
    /** Those that proved it as the policy of the domain demands (MTA-STS). */
    OUTGOING_MTA_STS(Group.CONNECTIONS),
    /** Connections to the NMAP Agent. */
    STORE_AGENTS(Group.CONNECTIONS),
    /** Those of them that have ended. */
    STORE_AGENTS_SERVED(Group.CONNECTIONS),
    /** Mails handed to another server of this messaging system. */
    NMAP_TO_NMAP(Group.CONNECTIONS),

    /** Mails the SMTP Agent took from users who signed in. */
    MESSAGES_RECEIVED_LOCAL(Group.MAIL),
    /** Mails the SMTP Agent took from anybody else. */
    MESSAGES_RECEIVED_REMOTE(Group.MAIL),
    /** Mails put into a mailbox here, each counted once. */
    MESSAGES_STORED_LOCAL(Group.MAIL),
    /** Mails taken into the queue for somebody of this messaging system. */
    MESSAGES_QUEUED_LOCAL(Group.MAIL),
    /** Mails taken into the queue for somebody elsewhere. */
    MESSAGES_QUEUED_REMOTE(Group.MAIL),
    /** Mails another system took. */
    MESSAGES_SENT_REMOTE(Group.MAIL),
    /** Octets of {@link #MESSAGES_RECEIVED_LOCAL}. */
    OCTETS_RECEIVED_LOCAL(Group.MAIL),
    /** Octets of {@link #MESSAGES_RECEIVED_REMOTE}. */
    OCTETS_RECEIVED_REMOTE(Group.MAIL),
    /** Octets of {@link #MESSAGES_STORED_LOCAL}. */
    OCTETS_STORED_LOCAL(Group.MAIL),
    /** Octets of {@link #MESSAGES_QUEUED_LOCAL}. */
    OCTETS_QUEUED_LOCAL(Group.MAIL),
    /** Octets of {@link #MESSAGES_QUEUED_REMOTE}. */
    OCTETS_QUEUED_REMOTE(Group.MAIL),
    /** Octets of {@link #MESSAGES_SENT_REMOTE}. */
    OCTETS_SENT_REMOTE(Group.MAIL),
    /** Recipients of {@link #MESSAGES_RECEIVED_LOCAL}. */
    RECIPIENTS_RECEIVED_LOCAL(Group.MAIL),
    /** Recipients of {@link #MESSAGES_RECEIVED_REMOTE}. */
    RECIPIENTS_RECEIVED_REMOTE(Group.MAIL),
    /** Mailboxes that got one of {@link #MESSAGES_STORED_LOCAL}. */
    RECIPIENTS_STORED_LOCAL(Group.MAIL),
    /** Recipients of {@link #MESSAGES_QUEUED_LOCAL}, a group counted once. */
    RECIPIENTS_QUEUED_LOCAL(Group.MAIL),
    /** Recipients of {@link #MESSAGES_QUEUED_REMOTE}. */
    RECIPIENTS_QUEUED_REMOTE(Group.MAIL),
    /** Recipients of {@link #MESSAGES_SENT_REMOTE}. */
    RECIPIENTS_SENT_REMOTE(Group.MAIL),

    /** Passwords nobody looked at after too many wrong ones, and NMAP peers without the system secret. */
    UNAUTHORIZED(Group.TROUBLE),
    /** Wrong names or passwords. */
    WRONG_PASSWORDS(Group.TROUBLE),
    /** Recipients of this messaging system who could not be served for good. */
    FAILED_LOCAL(Group.TROUBLE),
    /** Recipients elsewhere who could not be served for good. */
    FAILED_REMOTE(Group.TROUBLE),
    /** Calls at other mail hosts that were given no mail, because they did not prove who they are. Not of NetMail. */
    OUTGOING_INSECURE(Group.TROUBLE),
    /** Faults of Posthouse itself; the log has each. */
    ERRORS(Group.TROUBLE),

    /** Returned mails deleted because there were too many. */
    QUEUE_SPAM(Group.SPAM),
    /** Hosts of the blocked list that tried. */
    ADDRESS_BLOCKED(Group.SPAM),
    /** Hosts on a realtime list (RBL) that tried. */
    RBL_BLOCKED(Group.SPAM),
    /** Attempts to send to other systems by hosts that may not. */
    ROUTING_DENIED(Group.SPAM),
    /** Hosts without a DNS entry that tried. */
    NO_DNS_ENTRY(Group.SPAM),

    /** Mails looked at. */
    MESSAGES_SCANNED(Group.VIRUS),
    /** Attachments looked at. */
    ATTACHMENTS_SCANNED(Group.VIRUS),
    /** Attachments taken out. */
    ATTACHMENTS_BLOCKED(Group.VIRUS),
    /** Viruses found. */
    VIRUSES_FOUND(Group.VIRUS),
    /** Viruses taken out. */
    VIRUSES_BLOCKED(Group.VIRUS),
    /** Viruses removed from what they were in. */
    VIRUSES_CURED(Group.VIRUS);

    /** What belongs together on the page. */
    public enum Group {
        /** Who talks to whom. */
        CONNECTIONS,
        /** Messages, octets and recipients. */
        MAIL,
        /** What went wrong. */
        TROUBLE,
        /** What was kept out. */
        SPAM,
        /** What was found in mail. */
        VIRUS
    }

    private final Group group;

    Count(Group group) {
        this.group = group;
    }

    /** Where it is shown. */
    public Group group() {
        return group;
    }
}
