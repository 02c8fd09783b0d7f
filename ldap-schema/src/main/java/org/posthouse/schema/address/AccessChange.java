package org.posthouse.schema.address;

import java.util.List;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.value.Place;

/**
 * What a change does to some people: all to whom it does the same.
 *
 * @param effect what it does
 * @param kind whether they are users, groups, roles or aliases
 * @param where the domain, messaging server, protocol, or group it is about; "" where it is about everything
 * @param number how many they are
 * @param some the first few by name
 */
public record AccessChange(Effect effect, Kind kind, String where, int number, List<Place> some) {

    /** How many names {@link #some} has at most. */
    public static final int NAMED = 5;

    /** What becomes of somebody's mail or login. Those that hurt most come first. */
    public enum Effect {
        /** Mail for them arrives nowhere anymore. */
        LOSES_MAIL,
        /** No login to read or send mail works anymore. */
        LOSES_LOGIN,
        /** The administrator can no longer sign in to the console. */
        LOSES_CONSOLE,
        /** They start with an empty mailbox; the old one stays where the messaging server kept it. */
        LEAVES_MAILBOX,
        /** Their addresses in a domain stop working; others still work. */
        LOSES_MAIL_IN_DOMAIN,
        /** A messaging server no longer accepts their mail; others still do. */
        LOSES_MAIL_AT_SERVER,
        /** The login stops working over one protocol. */
        LOSES_PROTOCOL,
        /** The login name with a domain stops working; others still work. */
        LOSES_LOGIN_IN_DOMAIN,
        /** The login stops working at one messaging server; it still works at others. */
        LOSES_LOGIN_AT_SERVER,
        /** They no longer get the mail that is sent to a group, a role, or an alias. */
        LOSES_GROUP_MAIL,
        /** They are changed or created and still have no mail. */
        HAS_NO_MAIL,
        /** They are deleted; the mailbox stays on disk at the messaging server. */
        KEEPS_MAILBOX_ON_DISK,
        /** Mail for them arrives from now on. */
        GAINS_MAIL,
        /** A login to read or send mail works from now on. */
        GAINS_LOGIN,
        /** The user becomes an administrator who can sign in to the console. */
        GAINS_CONSOLE,
        /** Addresses in a domain start working. */
        GAINS_MAIL_IN_DOMAIN,
        /** The login starts working over one more protocol. */
        GAINS_PROTOCOL,
        /** They also get the mail that is sent to a group, a role, or an alias. */
        GAINS_GROUP_MAIL;

        /** Whether somebody loses something by it. */
        public boolean isLoss() {
            return compareTo(HAS_NO_MAIL) < 0;
        }

        /** Whether somebody gains something by it. */
        public boolean isGain() {
            return compareTo(GAINS_MAIL) >= 0;
        }
    }

    /** Takes a copy of the places. */
    public AccessChange {
        some = List.copyOf(some);
    }
}
