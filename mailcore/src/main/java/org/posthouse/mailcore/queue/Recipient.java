package org.posthouse.mailcore.queue;

import java.util.List;
import java.util.regex.Pattern;

/**
 * One to whom a mail is still owed.
 *
 * @param kind whether the mailbox is here, and in which folder
 * @param address the name of a local mailbox, or the address at another system
 * @param original ORCPT as given, such as {@code rfc822;bob@example.com}; empty when not given (RFC 3461 4.2)
 * @param dsn NOTIFY as given, upper case, such as {@code FAILURE,DELAY}; empty when not given (RFC 3461 4.1)
 * @param folder the folder of a MAILBOX recipient; else empty
 * @param given the address as the sender wrote it, for reports; empty when it is not known
 */
public record Recipient(Kind kind, String address, String original, String dsn, String folder, String given) {

    private static final String DELAY = "DELAY";
    private static final String DELAYED = "DELAYED";
    private static final Pattern DOT_STRING = Pattern.compile("[^\\s\\p{Cntrl}()<>\\[\\]:;,\\\\\"@]+");

    /** One of whom only the name or address here is known. */
    public Recipient(Kind kind, String address, String original, String dsn, String folder) {
        this(kind, address, original, dsn, folder, "");
    }

    /** Where the recipient is. */
    public enum Kind {
        /** A user of this messaging system: the inbox. */
        LOCAL,
        /** At another system. */
        REMOTE,
        /** A user of this messaging system: a certain folder. */
        MAILBOX
    }

    /** The whole address as it was outside, as reports name it (RFC 3464 2.3.2): never a bare mailbox name. */
    String outer(String host) {
        String text = given.isEmpty() ? address : given;
        int at = text.lastIndexOf('@');
        boolean quoted = text.startsWith("\"") && text.endsWith("\"");
        String local = at < 0 || quoted ? text : text.substring(0, at);
        String domain = at < 0 || quoted ? host : text.substring(at + 1);
        boolean plain = local.startsWith("\"") || DOT_STRING.matcher(local).matches();
        return (plain ? local : '"' + local.replaceAll("[\\\\\"]", "\\\\$0") + '"') + "@" + domain;
    }

    /** Whether the sender wants to hear of a failure: the usual case. */
    boolean wantsFailure() {
        return dsn.isEmpty() || dsn.contains("FAILURE");
    }

    /** Whether the sender asked to hear of a delay and has not heard of one yet. */
    boolean wantsDelay() {
        return List.of(dsn.split(",")).contains(DELAY);
    }

    /** The same after the sender has been told of a delay: that is told once. */
    Recipient warned() {
        return new Recipient(kind, address, original, dsn.replace(DELAY, DELAYED), folder, given);
    }

    /** NOTIFY for the next host; empty when the sender gave none. */
    public String notifyParameter() {
        return dsn.replace(DELAYED, DELAY);
    }

    /** Whether the sender asked to hear of the delivery. */
    boolean wantsSuccess() {
        return dsn.contains("SUCCESS");
    }
}
