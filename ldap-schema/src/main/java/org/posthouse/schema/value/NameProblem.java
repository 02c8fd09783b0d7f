package org.posthouse.schema.value;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What speaks against the name of a user: names that are not login names (RFC 8265), that addresses or folders cannot
 * hold, that look like another name, or that RFC 2142 reserves.
 *
 * <p>The same rule holds for every way in. Existing users with such a name keep it and everything in it; they need
 * attention. Pure and cheap: no directory is asked.
 *
 * @param reserved whether an administrator may use the name nevertheless, by saying so
 * @param reason why, as a phrase that follows the name
 */
public record NameProblem(boolean reserved, String reason) {

    private static final Set<String> RESERVED = Set.of(
            // RFC 2142 2 to 5; mailer-daemon is the sender of reports by custom.
            "info",
            "marketing",
            "sales",
            "support",
            "abuse",
            "noc",
            "security",
            "postmaster",
            "hostmaster",
            "usenet",
            "news",
            "webmaster",
            "www",
            "uucp",
            "ftp",
            "mailer-daemon");

    // Windows devices: mailboxes are copied to other systems by backup and archive tools.
    private static final Set<String> DEVICES = Set.of("con", "prn", "aux", "nul", "clock$");
    private static final String SPECIAL = "/\\\"<>()[]:;,%!*?|";

    /** What speaks against a name, the gravest first; empty when nothing does. The domains are the Hosting Domains. */
    public static Optional<NameProblem> of(String name, Collection<DomainName> hostingDomains) {
        return never(name, hostingDomains)
                .map(reason -> new NameProblem(false, reason))
                .or(() -> reservation(name).map(reason -> new NameProblem(true, reason)));
    }

    private static Optional<String> never(String name, Collection<DomainName> hostingDomains) {
        if (name.codePoints().anyMatch(NameProblem::isDirectional)) {
            return Optional.of("contains an invisible character that changes the writing direction");
        }
        String key;
        try {
            key = new LoginName(name).text();
        } catch (IllegalArgumentException odd) {
            return Optional.of(String.valueOf(odd.getMessage()));
        }
        int at = key.lastIndexOf('@');
        String person = at < 0 ? key : key.substring(0, at);
        return syntax(person).or(() -> path(person)).or(() -> hosted(key, hostingDomains));
    }

    // RFC 5892 2.6 and the bidirectional controls of Unicode UAX #9.
    private static boolean isDirectional(int c) {
        return c == 0x061C
                || c == 0x200E
                || c == 0x200F
                || (c >= 0x202A && c <= 0x202E)
                || (c >= 0x2066 && c <= 0x2069);
    }

    private static Optional<String> syntax(String person) {
        for (int i = 0; i < SPECIAL.length(); i++) {
            if (person.indexOf(SPECIAL.charAt(i)) >= 0) {
                return Optional.of("contains " + SPECIAL.charAt(i) + ", which has a meaning of its own in addresses or "
                        + "paths");
            }
        }
        return person.indexOf('@') >= 0 ? Optional.of("contains @ twice") : Optional.empty();
    }

    private static Optional<String> path(String person) {
        if (person.startsWith(".") || person.endsWith(".") || person.contains("..")) {
            return Optional.of(
                    "has a period at the beginning, at the end, or twice in a row, which addresses do not " + "allow");
        }
        String stem = person.contains(".") ? person.substring(0, person.indexOf('.')) : person;
        if (DEVICES.contains(stem) || stem.matches("(com|lpt)[0-9]")) {
            return Optional.of("is the name of a device on other systems");
        }
        return person.equals("inbox") ? Optional.of("is the name of every user's first folder") : Optional.empty();
    }

    private static Optional<String> hosted(String key, Collection<DomainName> hostingDomains) {
        Optional<DomainName> domain = LoginName.domain(key);
        return domain.isEmpty() || hostingDomains.contains(domain.get())
                ? Optional.empty()
                : Optional.of("ends with the domain " + domain.get().unicode()
                        + ", which is not a Hosting Domain; use a bare name, or add the Hosting Domain first");
    }

    private static Optional<String> reservation(String name) {
        String key = LoginName.key(name);
        int at = key.lastIndexOf('@');
        String person = (at < 0 ? key : key.substring(0, at)).toLowerCase(Locale.ROOT);
        return RESERVED.contains(person)
                ? Optional.of("is reserved for a role by RFC 2142; turn on Reserved Name if this user holds that role")
                : Optional.empty();
    }
}
