package org.posthouse.schema.address;

import java.util.List;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.value.Place;

/**
 * Why some people receive no mail, or some addresses lead nowhere: all of one container that share the reason.
 *
 * @param reason why
 * @param kind whether they are users, groups, roles or aliases
 * @param container the container they are in
 * @param number how many they are
 * @param some the first few by name
 */
public record AccessProblem(Reason reason, Kind kind, Place container, int number, List<Place> some) {

    /** Why mail does not arrive. */
    public enum Reason {
        /** No NMAP Agent manages the container, so its users cannot have a mailbox. */
        NOT_MANAGED,
        /** An NMAP Agent manages the container, but it or its server is disabled. */
        AGENT_DISABLED,
        /** The name ends in a domain that is no Hosting Domain of any SMTP Agent. */
        DOMAIN_NOT_HOSTED,
        /** An object of the same name comes first in the context list of every server. */
        NAME_TAKEN,
        /** No enabled SMTP Agent accepts mail for them. */
        NO_SMTP_AGENT,
        /** An alias leads to nobody who receives mail. */
        LEADS_NOWHERE,
        /** A group or role has no member who receives mail. */
        NO_MEMBERS,
        /** A group or role names members that do not exist; the others get the mail. */
        MISSING_MEMBERS,
        /** Mail arrives, but nobody should have such a name; see {@link org.posthouse.schema.value.NameProblem}. */
        DANGEROUS_NAME,
        /** Mail arrives, but RFC 2142 reserves the name for a role and no administrator gave it on purpose. */
        RESERVED_NAME
    }

    /** Takes a copy of the places. */
    public AccessProblem {
        some = List.copyOf(some);
    }
}
