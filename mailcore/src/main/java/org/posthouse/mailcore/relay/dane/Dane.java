package org.posthouse.mailcore.relay.dane;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.posthouse.mailcore.dns.Associations;
import org.posthouse.mailcore.wire.Authorities;

/**
 * The demand of a mail host's owner, in TLSA records that the DNS vouches for, on what the host shows (RFC 7672 3).
 *
 * @param base the name the records stand at, and the one to ask the host for
 * @param pins the records that can be used; empty when there is none among them, and then any certificate will do
 * @param names the names of which a certificate may be that an authority among the records has given
 */
public record Dane(String base, List<Pin> pins, Set<String> names) {

    /** Takes copies. */
    public Dane {
        pins = List.copyOf(pins);
        names = Set.copyOf(names);
    }

    /** With the names of mail's way to the host, of each of which its certificate may be (RFC 7672 3.2.2). */
    public static Dane of(Associations found, Set<String> names) {
        return new Dane(found.base(), Pin.usable(found.records()), names);
    }

    /** Whether a record can be used. Where none can, mail is encrypted for whoever answers (RFC 7672 2.2). */
    public boolean isUsable() {
        return !pins.isEmpty();
    }

    /** Why a chain, the host's own certificate first, is not what any of the records says; empty when it is. */
    public Optional<String> objection(List<X509Certificate> chain) {
        if (chain.isEmpty()) {
            return Optional.of("it presents no certificate");
        }
        // RFC 7672 3.1.1: what is said of the host itself holds whatever name and dates its certificate has.
        if (pins.stream().anyMatch(pin -> pin.isOfHost() && pin.matches(chain.getFirst()))) {
            return Optional.empty();
        }
        List<X509Certificate> anchors = anchors(chain);
        if (anchors.isEmpty()) {
            return Optional.of("its certificate is not the one that its TLSA records announce");
        }
        return Authorities.of(anchors)
                .objection(chain)
                .or(() -> Authorities.strangerToEvenByCommonName(chain.getFirst(), names));
    }

    // RFC 7672 3.1.2: the authority must be shown by the host, but for one that stands in the DNS as a whole.
    private List<X509Certificate> anchors(List<X509Certificate> chain) {
        List<Pin> ofAuthorities = pins.stream().filter(pin -> !pin.isOfHost()).toList();
        Stream<X509Certificate> shown =
                chain.stream().skip(1).filter(each -> ofAuthorities.stream().anyMatch(pin -> pin.matches(each)));
        return Stream.concat(shown, ofAuthorities.stream().flatMap(pin -> pin.certificate().stream()))
                .filter(each -> !each.equals(chain.getFirst()))
                .distinct()
                .toList();
    }
}
