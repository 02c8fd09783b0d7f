package org.posthouse.mailcore.relay;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.posthouse.mailcore.relay.dane.Dane;
import org.posthouse.mailcore.status.Count;
import org.posthouse.mailcore.wire.Authorities;

/** How a host must be spoken to before mail is entrusted to it. */
sealed interface Demand {

    /** In plain text. */
    record Plain() implements Demand {}

    /** Encrypted where the host offers it, whoever answers (RFC 7435). */
    record Opportunistic() implements Demand {}

    /** As its owner says in the DNS (RFC 7672). */
    record ByDane(Dane dane) implements Demand {}

    /**
     * As the domain's policy says (RFC 8461 4).
     *
     * @param domain whose policy it is
     * @param host the host, of which the certificate must be
     * @param listed whether the policy names the host
     * @param enforced whether mail waits rather than going out without; else what is wrong is only logged
     * @param trusted the authorities
     */
    record BySts(String domain, String host, boolean listed, boolean enforced, Authorities trusted) implements Demand {}

    /** Whether TLS is tried. */
    default boolean tries() {
        return !(this instanceof Plain);
    }

    /** Whether mail waits when TLS cannot be had. */
    default boolean insists() {
        return this instanceof ByDane || (this instanceof BySts sts && sts.enforced());
    }

    /** Why the host must not be called at all, or would not be if the policy were enforced; empty when it may. */
    default Optional<String> bar() {
        return this instanceof BySts sts && !sts.listed()
                ? Optional.of(sts.host() + " is not a mail host by the policy of " + sts.domain())
                : Optional.empty();
    }

    /** Why what a host shows is not good enough, or would not be if the policy were enforced; empty when it is. */
    default Optional<String> objection(List<X509Certificate> chain) {
        return switch (this) {
            case ByDane(Dane dane) when dane.isUsable() -> dane.objection(chain);
            case BySts sts ->
                sts.trusted().objection(chain).or(() -> Authorities.strangerTo(chain.getFirst(), Set.of(sts.host())));
            default -> Optional.empty();
        };
    }

    /** The name to ask a host for, whose own is given. */
    default String indication(String host) {
        return this instanceof ByDane(Dane dane) ? dane.base() : host;
    }

    /** Who demands it, in words for an administrator; "" for nobody. */
    default String by() {
        return switch (this) {
            case ByDane dane -> "DANE";
            case BySts sts -> "MTA-STS";
            default -> "";
        };
    }

    /** What a call is counted as that meets it. */
    default Count count() {
        return switch (this) {
            case ByDane(Dane dane) when dane.isUsable() -> Count.OUTGOING_DANE;
            case BySts sts when sts.enforced() -> Count.OUTGOING_MTA_STS;
            default -> Count.OUTGOING_TLS;
        };
    }
}
