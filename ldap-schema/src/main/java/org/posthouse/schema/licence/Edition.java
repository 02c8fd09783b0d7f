package org.posthouse.schema.licence;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.posthouse.schema.tree.Kind;

/**
 * NetMail's two editions. Which agents belong to which is not known any more; the split here is ours (decision 0022). It
 * sorts the License page, and Foundation is what is left when a licence has expired. What a valid licence allows stands
 * in the licence alone.
 */
public enum Edition {
    /** What a mail server needs to take, keep and hand out mail. */
    FOUNDATION("Foundation"),
    /** What grows with the number of users. */
    ADVANCED("Advanced");

    private static final Set<Kind> BASE = EnumSet.of(
            Kind.NMAP_AGENT,
            Kind.SMTP_AGENT,
            Kind.POP_AGENT,
            Kind.IMAP_AGENT,
            Kind.ALIAS_AGENT,
            Kind.ADDRESS_BOOK_AGENT,
            Kind.MODULAR_WEB_AGENT,
            Kind.RULE_AGENT,
            Kind.AUTOREPLY_AGENT,
            Kind.FINGER_AGENT);

    private final String label;

    Edition(String label) {
        this.label = label;
    }

    /** Its name, as a licence and the page show it. */
    public String label() {
        return label;
    }

    /** The edition a feature belongs to. */
    public static Edition of(Kind feature) {
        return BASE.contains(feature) ? FOUNDATION : ADVANCED;
    }

    /** Everything that can be licensed: the agents of a messaging server, in the order of the editions. */
    public static List<Kind> features() {
        return Arrays.stream(Kind.values())
                .filter(Kind::isAgent)
                .sorted((one, two) -> of(one).compareTo(of(two)))
                .toList();
    }
}
