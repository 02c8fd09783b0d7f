package org.posthouse.mailcore.acme;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.posthouse.schema.certificate.AcmeNotes;
import org.posthouse.schema.panel.ServerSecurity;
import org.posthouse.schema.value.CertificateChain;
import org.posthouse.schema.value.DomainName;

/** When a certificate is to be asked for. */
final class Due {

    private static final int PART_LEFT = 3;

    private Due() {}

    /**
     * At once when an administrator asks; and for a certificate that came by ACME, while it is renewed by itself, when a
     * third of its life is left or it lacks a name. Never for one that came another way.
     */
    static Optional<Instant> of(ServerSecurity page, AcmeNotes notes, List<DomainName> names) {
        if (notes.asked().isPresent()) {
            return notes.asked();
        }
        return page.certificate()
                .filter(chain -> page.acmeRenewal() && notes.issued(chain))
                .map(chain -> covers(chain, names) ? renewal(chain) : Instant.EPOCH);
    }

    /** Whether a certificate is good for all of these names. */
    static boolean covers(CertificateChain chain, List<DomainName> names) {
        var has = chain.names().stream()
                .map(name -> name.toLowerCase(Locale.ROOT))
                .toList();
        return names.stream().map(DomainName::ascii).allMatch(has::contains);
    }

    private static Instant renewal(CertificateChain chain) {
        Instant from = chain.own().getNotBefore().toInstant();
        Instant until = chain.own().getNotAfter().toInstant();
        return until.minus(Duration.between(from, until).dividedBy(PART_LEFT));
    }
}
