package org.posthouse.mailcore.people;

import java.util.Locale;
import java.util.Optional;
import org.posthouse.mailcore.settings.Snapshot;
import org.posthouse.schema.value.DomainName;

/**
 * Tells whether mail for an address stays here, and the name of its mailbox. NetMail "Global and Hosting Domains": in a
 * Global Domain the part before the @ names the mailbox, in a Hosting Domain the whole address does.
 */
record Locality(Snapshot snapshot) {

    /** The mailbox name for an address of RFC 5321 4.1.2, without angle brackets; empty when it is remote. */
    Optional<String> mailbox(String address) {
        int at = address.lastIndexOf('@');
        if (at < 0) {
            return Optional.of(global(address, address));
        }
        String user = address.substring(0, at);
        String domain = address.substring(at + 1);
        if (isOwnAddress(domain)) {
            return Optional.of(global(user, address));
        }
        try {
            return in(new DomainName(domain), user, address);
        } catch (IllegalArgumentException noDomain) {
            return Optional.empty();
        }
    }

    private Optional<String> in(DomainName domain, String user, String address) {
        if (snapshot.hostingDomains().contains(domain)) {
            // Postmaster must be reachable in every domain served: RFC 5321 4.5.1.
            return Optional.of(
                    user.equalsIgnoreCase("postmaster") ? postmaster() : lower(unquoted(user) + "@" + domain.ascii()));
        }
        return snapshot.globalDomains().contains(domain) ? Optional.of(global(user, address)) : Optional.empty();
    }

    // A route such as user%other.com@ours.com would make us a relay; the whole address then names no mailbox.
    private String global(String user, String address) {
        if (user.equalsIgnoreCase("postmaster")) {
            return postmaster();
        }
        String name = unquoted(user);
        return lower(name.indexOf('%') >= 0 || name.indexOf('!') >= 0 ? address : name);
    }

    private String postmaster() {
        return lower(snapshot.server().identification().postmaster().leaf());
    }

    // RFC 5321 4.1.3: an address literal of this server's own address.
    private boolean isOwnAddress(String domain) {
        return snapshot.server()
                .status()
                .ipAddress()
                .filter(own ->
                        domain.equalsIgnoreCase("[" + own + "]") || domain.equalsIgnoreCase("[IPv6:" + own + "]"))
                .isPresent();
    }

    // RFC 5321 4.1.2 Quoted-string: "john smith" is the user john smith.
    private static String unquoted(String user) {
        if (user.length() < 2 || !user.startsWith("\"") || !user.endsWith("\"")) {
            return user;
        }
        return user.substring(1, user.length() - 1).replaceAll("\\\\(.)", "$1");
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
