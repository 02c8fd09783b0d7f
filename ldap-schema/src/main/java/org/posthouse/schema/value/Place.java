package org.posthouse.schema.value;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;

/**
 * Where an object stands in the tree: its distinguished name (RFC 4514). Two spellings of one name are equal.
 *
 * <p>Always compared as parsed names, never as text: rights are decided on places.
 */
public final class Place implements Comparable<Place> {

    private static final Pattern ESCAPED = Pattern.compile("\\\\(20|.)", Pattern.DOTALL);

    private final LdapName name;
    // LdapName normalizes all its parts for each hash and each comparison; 0: not asked for yet.
    private int hash;

    private Place(LdapName name) {
        this.name = name;
    }

    /** Reads a distinguished name. Throws IllegalArgumentException when it is none. */
    public static Place of(String dn) {
        try {
            return new Place(new LdapName(spaced(dn.strip())));
        } catch (InvalidNameException malformed) {
            throw new IllegalArgumentException("is not a distinguished name, such as cn=Anna,o=Example", malformed);
        }
    }

    // RFC 4514 2.4 allows both forms of a space at the end of a value; the JDK loses the one that 389 Directory Server
    // uses.
    private static String spaced(String dn) {
        return dn.contains("\\20")
                ? ESCAPED.matcher(dn)
                        .replaceAll(
                                found -> Matcher.quoteReplacement(found.group(1).equals("20") ? "\\ " : found.group()))
                : dn;
    }

    /** The place of a child with this naming attribute and value; any character is allowed in the value. */
    public Place child(String attribute, String value) {
        try {
            var child = new LdapName(name.getRdns());
            child.add(new Rdn(attribute, value));
            return new Place(child);
        } catch (InvalidNameException malformed) {
            throw new IllegalArgumentException("cannot name an object: " + value, malformed);
        }
    }

    /** The place above; empty for the empty name. */
    public Optional<Place> parent() {
        return name.isEmpty() ? Optional.empty() : Optional.of(new Place((LdapName) name.getPrefix(name.size() - 1)));
    }

    /** The value of the last naming attribute: "SMTP Agent" of {@code cn=SMTP Agent,ou=mail1,...}. */
    public String leaf() {
        return name.isEmpty() ? "" : String.valueOf(name.getRdn(name.size() - 1).getValue());
    }

    /** The last naming attribute itself, lower case: "cn". */
    public String leafAttribute() {
        return name.isEmpty() ? "" : name.getRdn(name.size() - 1).getType().toLowerCase(Locale.ROOT);
    }

    /** Whether this place is the other one or lies below it. */
    public boolean isWithin(Place other) {
        return name.startsWith(other.name);
    }

    /** How many names deep: 0 for the root of all. */
    public int depth() {
        return name.size();
    }

    /** The names from below {@code root} down to this place, as people read them: "Internet Services / mail1". */
    public String path(Place root) {
        return name.getRdns().stream()
                .skip(isWithin(root) ? root.depth() : 0)
                .map(rdn -> String.valueOf(rdn.getValue()))
                .collect(Collectors.joining(" / "));
    }

    @Override
    public int compareTo(Place other) {
        return name.compareTo(other.name);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Place place && hashCode() == place.hashCode() && name.equals(place.name);
    }

    @Override
    public int hashCode() {
        if (hash == 0) {
            hash = name.hashCode();
        }
        return hash;
    }

    @Override
    public String toString() {
        return name.toString();
    }
}
