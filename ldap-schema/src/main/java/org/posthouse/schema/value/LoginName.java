package org.posthouse.schema.value;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import rocks.xmpp.precis.PrecisProfiles;

/**
 * A user's login name, which is also the name of the user's mailbox, in the one form in which names are compared.
 *
 * <p>The part before the last @ follows the profile UsernameCaseMapped (RFC 8265 3.3): full-width letters become ordinary
 * ones, capitals become small letters, and the result is in NFC. Spaces may separate its words (RFC 8265 3.1). The part
 * after the @ is a {@link DomainName}. Nothing is trimmed or dropped: a name with a control character, a soft hyphen, or
 * a space around it is another name. Immutable, and safe for use by several threads.
 *
 * @param text the normalized name
 */
public record LoginName(String text) {

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9._-]+");

    /** Normalizes a name. Throws IllegalArgumentException, with a phrase that follows the name, when it is none. */
    public LoginName {
        text = normal(text);
    }

    private static String normal(String name) {
        // Nearly all names, of 100,000 users perhaps: nothing of the profile applies to them but case.
        if (PLAIN.matcher(name).matches()) {
            return name.toLowerCase(Locale.ROOT);
        }
        int at = name.lastIndexOf('@');
        if (at < 0) {
            return person(name);
        }
        String domain = name.substring(at + 1);
        if (!domain.equals(domain.strip())) {
            throw new IllegalArgumentException("must not contain spaces after the @");
        }
        return person(name.substring(0, at)) + "@" + new DomainName(domain).ascii();
    }

    private static String person(String name) {
        if (name.isEmpty()) {
            throw new IllegalArgumentException("is empty before the @");
        }
        if (name.startsWith(" ") || name.endsWith(" ") || name.contains("  ")) {
            throw new IllegalArgumentException("must not begin or end with a space or contain two in a row");
        }
        var parts = new StringBuilder();
        for (String part : name.split(" ", -1)) {
            parts.append(parts.isEmpty() ? "" : " ").append(enforced(part));
        }
        return parts.toString();
    }

    private static String enforced(String part) {
        try {
            return PrecisProfiles.USERNAME_CASE_MAPPED.enforce(part);
        } catch (RuntimeException refused) {
            throw new IllegalArgumentException(
                    "contains a character that login names do not allow (RFC 8265)", refused);
        }
    }

    /**
     * The form in which this name is compared: normalized, or exactly as given when it is not a login name. Objects that
     * other LDAP tools named in ways that are refused today are found by their exact name.
     */
    public static String key(String name) {
        try {
            return new LoginName(name).text();
        } catch (IllegalArgumentException odd) {
            return name.toLowerCase(Locale.ROOT);
        }
    }

    /** Whether two names mean the same mailbox and the same login. */
    public static boolean same(String one, String other) {
        return key(one).equals(key(other));
    }

    /**
     * How an object for a name may be spelled in the directory, the normalized spelling first: directories compare
     * letters without case, but bücher.test and xn--bcher-kva.test differ for them.
     */
    public static List<String> spellings(String name) {
        String key = key(name);
        int at = key.lastIndexOf('@');
        var spellings = new LinkedHashSet<String>(List.of(key));
        domain(key).ifPresent(domain -> spellings.add(key.substring(0, at) + "@" + domain.unicode()));
        return List.copyOf(spellings);
    }

    /** The domain of a name that is a whole address; empty for a bare name and for what follows an @ but is no domain. */
    public static Optional<DomainName> domain(String name) {
        int at = name.lastIndexOf('@');
        try {
            return at < 0 ? Optional.empty() : Optional.of(new DomainName(name.substring(at + 1)));
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return text;
    }
}
