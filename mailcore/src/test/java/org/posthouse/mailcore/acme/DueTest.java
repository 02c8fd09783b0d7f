package org.posthouse.mailcore.acme;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.posthouse.schema.certificate.AcmeNotes;
import org.posthouse.schema.certificate.Certified;
import org.posthouse.schema.certificate.Issue;
import org.posthouse.schema.certificate.KeyKind;
import org.posthouse.schema.certificate.Seal;
import org.posthouse.schema.panel.ServerSecurity;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.value.DomainName;

class DueTest {

    private static final Instant NOW = Instant.parse("2026-03-01T00:00:00Z");
    private static final List<DomainName> NAMES = List.of(new DomainName("mail.example.com"));
    private static final Certified CAME = new Issue(NAMES)
            .selfSigned(KeyKind.EC.make(), NOW, Duration.ofDays(90).minusHours(1));

    private static final AcmeNotes ITS_NOTES = new AcmeNotes(
            Optional.empty(),
            AcmeNotes.answered(CAME.chain())
                    .getOrDefault("posthouseAcmeIssued", List.of())
                    .getFirst(),
            Optional.empty());

    private static ServerSecurity page(String renewal) {
        var key = new Seal("secret")
                .close(CAME.key(), CAME.chain().own().getPublicKey())
                .toString();
        return Kind.catalogue()
                .panel(ServerSecurity.class)
                .read(Map.of(
                        "certificate", List.of(CAME.chain().toString()),
                        "privateKey", List.of(key),
                        "acmeRenewal", List.of(renewal)));
    }

    @Test
    void isWhenAThirdOfItsLifeIsLeft() {
        assertEquals(
                Optional.of(NOW.minus(Duration.ofHours(1)).plus(Duration.ofDays(60))),
                Due.of(page("TRUE"), ITS_NOTES, NAMES));
    }

    @Test
    void isAtOnceWhenANameIsMissing() {
        var more = List.of(NAMES.getFirst(), new DomainName("imap.example.com"));
        assertEquals(Optional.of(Instant.EPOCH), Due.of(page("TRUE"), ITS_NOTES, more));
    }

    @Test
    void isNeverWithoutRenewalOrForACertificateThatCameAnotherWay() {
        assertEquals(Optional.empty(), Due.of(page("FALSE"), ITS_NOTES, NAMES));
        assertEquals(Optional.empty(), Due.of(page("TRUE"), AcmeNotes.NONE, NAMES));
    }

    @Test
    void isWheneverSomebodyAsks() {
        var asked = new AcmeNotes(Optional.of(NOW), "", Optional.empty());
        assertEquals(Optional.of(NOW), Due.of(page("FALSE"), asked, NAMES));
    }

    @Test
    void comesLaterAndLaterAfterFailures() {
        assertEquals(Duration.ofMinutes(5), Pace.USUAL.after(1));
        assertEquals(Duration.ofMinutes(20), Pace.USUAL.after(3));
        assertEquals(Duration.ofHours(12), Pace.USUAL.after(1000));
    }
}
