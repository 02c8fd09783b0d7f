package org.posthouse.mailcore.acme;

import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.posthouse.mailcore.agent.Listening;
import org.posthouse.mailcore.settings.Snapshot;
import org.posthouse.schema.panel.ServerSecurity;
import org.posthouse.schema.value.DomainName;
import org.posthouse.schema.value.TrustedAuthorities;

/**
 * What is wanted of which authority.
 *
 * @param directory where the authority's service begins
 * @param authorities who vouches for the service; empty: whom Java trusts
 * @param contact the e-mail address for the authority; may be empty
 * @param agreed whether its terms are agreed to
 * @param names what the certificate is for, the most important first
 * @param door where challenges are answered
 */
record Wish(
        URI directory,
        Optional<TrustedAuthorities> authorities,
        String contact,
        boolean agreed,
        List<DomainName> names,
        InetSocketAddress door) {

    /** As the Security page of a server says. */
    static Wish of(Snapshot now, Listening listening) {
        ServerSecurity page = now.server().security();
        List<DomainName> names = page.acmeNames().isEmpty()
                ? List.of(now.server().identification().officialDomain())
                : page.acmeNames();
        return new Wish(
                page.acmeDirectory().uri(),
                page.acmeAuthorities(),
                page.acmeContact().strip(),
                page.acmeTermsAgreed(),
                names,
                listening.at(now, page.acmeChallengePort()));
    }
}
