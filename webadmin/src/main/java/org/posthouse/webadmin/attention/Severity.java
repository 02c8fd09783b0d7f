package org.posthouse.webadmin.attention;

import java.util.Locale;

/** How much a concern hurts; what hurts first comes first. */
public enum Severity {
    /** Mail is refused or not moved on. */
    NO_MAIL,
    /** People cannot sign in to their mailboxes. */
    NO_LOGIN,
    /** A server or an agent does not run as it should. */
    NOT_RUNNING,
    /** Something saved is not in force, or nothing can be saved. */
    REJECTED,
    /** Some people have no mailbox, or addresses lead nowhere. */
    PEOPLE,
    /** Somebody tries passwords. */
    GUESSING,
    /** A certificate or a license has expired, or expires within 30 days. */
    EXPIRING,
    /** A volume fills up. */
    FILLING,
    /** A change is not in force yet, or clocks differ. */
    LAGGING;

    /** The word in the API and in bundles: "no_mail". */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The tone in which pages show it: "bad" or "warn". */
    public String tone() {
        return compareTo(REJECTED) <= 0 ? "bad" : "warn";
    }
}
