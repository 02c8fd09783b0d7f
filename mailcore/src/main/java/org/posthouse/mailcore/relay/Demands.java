package org.posthouse.mailcore.relay;

import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.posthouse.mailcore.dns.Resolver;
import org.posthouse.mailcore.relay.dane.Dane;
import org.posthouse.mailcore.relay.sts.Policies;
import org.posthouse.mailcore.relay.sts.Policy;
import org.posthouse.mailcore.status.Count;
import org.posthouse.mailcore.wire.Authorities;

/** Finds out how a host must be spoken to: as the DNS says where it is to be trusted, else as the domain says. */
final class Demands {

    private final Resolver dns;
    private final Policies policies;
    private final Authorities trusted;

    Demands(Resolver dns, Policies policies, Authorities trusted) {
        this.dns = dns;
        this.policies = policies;
        this.trusted = trusted;
    }

    /**
     * The demand on a host, while SSL and TLS of the server is on.
     *
     * <p>Whoever could forge which hosts a domain has could lead mail to a host with TLSA records of his own: they count
     * only where the DNS vouches for the way to the host (RFC 7672 2.2.1).
     *
     * @throws org.posthouse.mailcore.dns.TryAgain when nobody knows whether there are TLSA records: then the host must not
     *     be tried (RFC 7672 2.1.2)
     */
    Demand on(Target target) {
        Optional<Demand> dane = dane(target).map(Demand.ByDane::new);
        if (dane.filter(demand -> demand.count() == Count.OUTGOING_DANE).isPresent()) {
            return dane.get();
        }
        // RFC 8461 2: a policy does not excuse what DANE refuses; where DANE has nothing to compare, it may demand
        // more.
        Optional<Demand> policy = policy(target);
        return policy.filter(Demand::insists).or(() -> dane).or(() -> policy).orElseGet(Demand.Opportunistic::new);
    }

    private Optional<Demand> policy(Target target) {
        return target.domain().isEmpty()
                ? Optional.empty()
                : policies.of(target.domain())
                        .filter(policy -> policy.mode() != Policy.Mode.NONE)
                        .map(policy -> new Demand.BySts(
                                target.domain(),
                                target.host(),
                                policy.names(target.host()),
                                policy.mode() == Policy.Mode.ENFORCE,
                                trusted));
    }

    private Optional<Dane> dane(Target target) {
        return target.vouched()
                ? dns.associations(target.host(), target.service())
                        .map(found -> Dane.of(found, names(target, found.base())))
                : Optional.empty();
    }

    private static Set<String> names(Target target, String base) {
        return Stream.of(base, target.host(), target.domain())
                .filter(name -> !name.isEmpty())
                .collect(Collectors.toSet());
    }
}
