package org.posthouse.mailcore.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.posthouse.mailcore.relay.TestAuthority.digest;
import static org.posthouse.mailcore.relay.TestAuthority.octets;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.posthouse.mailcore.agent.Outside;
import org.posthouse.mailcore.agent.TestKeys;
import org.posthouse.mailcore.dns.Associations;
import org.posthouse.mailcore.dns.NameServer;
import org.posthouse.mailcore.dns.Tlsa;
import org.posthouse.mailcore.queue.Envelope;
import org.posthouse.mailcore.queue.Item;
import org.posthouse.mailcore.queue.Outcome;
import org.posthouse.mailcore.queue.Recipient;
import org.posthouse.mailcore.queue.Stage;
import org.posthouse.mailcore.relay.dane.Dane;
import org.posthouse.mailcore.relay.sts.Policies;
import org.posthouse.mailcore.relay.sts.PolicyHost;
import org.posthouse.mailcore.smtp.Rig;
import org.posthouse.mailcore.status.Count;
import org.posthouse.mailcore.store.MemoryVault;
import org.posthouse.mailcore.wire.Authorities;

/** Mail to hosts whose owners say in the DNS what their certificates are (RFC 7672). */
class DaneTest {

    private static final String MX = "mx.far.example";
    private static final Duration EXPIRED = Duration.ofDays(-1);

    private final NameServer dns = new NameServer();
    private final Rig rig = new Rig(dns.resolver()).withTls(TestKeys.page(Path.of("src/test/resources/tls/ec")));
    private final Sink sink = new Sink("127.0.0.3", 0);
    private final TestAuthority authority = new TestAuthority();

    @BeforeEach
    void farHasOneMailHostInASignedZone() {
        dns.signed("example").mx("far.example", 10, MX).a(MX, "127.0.0.3");
    }

    @AfterEach
    void stop() {
        sink.close();
        rig.close();
        dns.close();
    }

    private Outcome relay() {
        var bob = new Recipient(Recipient.Kind.REMOTE, "bob@far.example", "", "", "");
        var envelope = new Envelope(Rig.CLOCK.instant(), "anna@example.com", "anna", "", "127.0.0.1", 0, List.of(bob));
        var item = new Item(
                "1", Stage.DELIVER, envelope, () -> "Subject: x\r\n\r\nx\r\n".getBytes(StandardCharsets.US_ASCII));
        new Relay(rig.surroundings(), new Outside(sink.port(), dns.port()), new MemoryVault()).handle(item);
        return Objects.requireNonNull(item.outcomes().get(bob));
    }

    private void isDeliveredAs(Count how) {
        assertEquals(new Outcome.Relayed(MX, false), relay());
        assertEquals(1, rig.surroundings().tally().of(how).orElse(-1));
        assertEquals(1, sink.messages.size());
    }

    private void waits(String reply, String why) {
        String said = assertInstanceOf(Outcome.Later.class, relay()).reply();
        assertTrue(said.startsWith(reply) && said.contains(why), said);
        assertEquals(List.of(), sink.messages);
        assertTrue(sink.heard.stream().noneMatch(line -> line.contains("MAIL FROM")), sink.heard.toString());
    }

    private static byte[] key(X509Certificate certificate) {
        return certificate.getPublicKey().getEncoded();
    }

    private static byte[] sha256(byte[] octets) {
        return digest("SHA-256", octets);
    }

    @Test
    void aSelfSignedHostOfAnotherNameWhoseTimeIsUpIsTrustedByItsKey() {
        var host = TestAuthority.selfSigned(EXPIRED, "else.example");
        sink.with(host.tls());
        dns.tlsa(MX, 3, 1, 1, sha256(key(host.own())));
        isDeliveredAs(Count.OUTGOING_DANE);
    }

    @Test
    void aHostIsKnownByTheWholeOfItsCertificate() {
        var host = TestAuthority.selfSigned(TestAuthority.AHEAD, MX);
        sink.with(host.tls());
        dns.tlsa(MX, 3, 0, 0, octets(host.own()));
        isDeliveredAs(Count.OUTGOING_DANE);
    }

    @Test
    void aHostIsKnownByTheWholeOfItsKey() {
        var host = TestAuthority.selfSigned(TestAuthority.AHEAD, MX);
        sink.with(host.tls());
        dns.tlsa(MX, 3, 1, 0, key(host.own()));
        isDeliveredAs(Count.OUTGOING_DANE);
    }

    @Test
    void aHostIsKnownByTheLongerDigestToo() {
        var host = TestAuthority.selfSigned(TestAuthority.AHEAD, MX);
        sink.with(host.tls());
        dns.tlsa(MX, 3, 0, 2, digest("SHA-512", octets(host.own())));
        isDeliveredAs(Count.OUTGOING_DANE);
    }

    @Test
    void oneRecordThatFitsIsEnough() {
        var host = TestAuthority.selfSigned(TestAuthority.AHEAD, MX);
        sink.with(host.tls());
        dns.tlsa(MX, 3, 1, 1, new byte[32]).tlsa(MX, 3, 1, 1, sha256(key(host.own())));
        isDeliveredAs(Count.OUTGOING_DANE);
    }

    @Test
    void anotherCertificateThanAnnouncedKeepsMailBack() {
        sink.with(TestAuthority.selfSigned(TestAuthority.AHEAD, MX).tls());
        dns.tlsa(MX, 3, 1, 1, new byte[32]);
        waits("451 4.7.5 DANE", "not the one that its TLSA records announce");
        assertEquals(1, rig.surroundings().tally().of(Count.OUTGOING_INSECURE).orElse(-1));
    }

    @Test
    void theWeakerDigestDoesNotCountBesideAStrongerOne() {
        var host = TestAuthority.selfSigned(TestAuthority.AHEAD, MX);
        sink.with(host.tls());
        dns.tlsa(MX, 3, 1, 1, sha256(key(host.own()))).tlsa(MX, 3, 1, 2, new byte[64]);
        waits("451 4.7.5", "TLSA");
    }

    @Test
    void anAuthorityOfTheDomainsOwnVouchesForAHostOfTheRightName() {
        sink.with(authority.host("else.example", MX).tls());
        dns.tlsa(MX, 2, 0, 1, sha256(octets(authority.root())));
        isDeliveredAs(Count.OUTGOING_DANE);
    }

    @Test
    void theNameOfTheDomainOrAWildcardWillDoUnderAnAuthority() {
        dns.tlsa(MX, 2, 1, 1, sha256(key(authority.root())));
        sink.with(authority.host("far.example").tls());
        isDeliveredAs(Count.OUTGOING_DANE);
        sink.with(authority.host("*.far.example").tls());
        assertInstanceOf(Outcome.Relayed.class, relay());
    }

    @Test
    void anAuthorityThatStandsWholeInTheDnsNeedNotBeShown() {
        var host = authority.host(MX);
        sink.with(new TestAuthority.Host(host.key(), List.of(host.own())).tls());
        dns.tlsa(MX, 2, 0, 0, octets(authority.root()));
        isDeliveredAs(Count.OUTGOING_DANE);
    }

    @Test
    void aWrongNameUnderTheRightAuthorityKeepsMailBack() {
        sink.with(authority.host("else.example").tls());
        dns.tlsa(MX, 2, 0, 1, sha256(octets(authority.root())));
        waits("451 4.7.5 DANE", "is of else.example, not of");
    }

    @Test
    void anExpiredCertificateUnderTheRightAuthorityKeepsMailBack() {
        sink.with(authority.host(EXPIRED, MX).tls());
        dns.tlsa(MX, 2, 0, 1, sha256(octets(authority.root())));
        waits("451 4.7.5 DANE", "not trusted (NotAfter");
    }

    @Test
    void anotherAuthorityKeepsMailBack() {
        sink.with(new TestAuthority().host(MX).tls());
        dns.tlsa(MX, 2, 0, 1, sha256(octets(authority.root())));
        waits("451 4.7.5 DANE", "TLSA");
    }

    @Test
    void aHostIsNoAuthorityOverItself() {
        var host = TestAuthority.selfSigned(TestAuthority.AHEAD, MX);
        sink.with(host.tls());
        dns.tlsa(MX, 2, 0, 1, sha256(octets(host.own())));
        waits("451 4.7.5", "TLSA");
    }

    @Test
    void startTlsThatSomebodyHasStrippedKeepsMailBack() {
        dns.tlsa(MX, 3, 1, 1, new byte[32]);
        waits("451 4.7.4 DANE demands TLS", "does not offer STARTTLS");
    }

    @Test
    void startTlsThatIsRefusedOrBrokenKeepsMailBack() {
        dns.tlsa(MX, 3, 1, 1, new byte[32]);
        sink.offers("STARTTLS").answers("STARTTLS", "454 4.7.0 not now");
        waits("451 4.7.4 DANE demands TLS", "454 4.7.0 not now");
        sink.answers("STARTTLS", "220 go").withBrokenTls();
        waits("451 4.7.4 DANE demands TLS", "hand-shake");
    }

    @Test
    void recordsThatCannotBeUsedDemandTlsWithAnyCertificate() {
        dns.tlsa(MX, 1, 0, 1, new byte[32]).tlsa(MX, 3, 1, 1, new byte[31]).tlsa(MX, 3, 7, 1, new byte[32]);
        waits("451 4.7.4 DANE demands TLS", "does not offer STARTTLS");
        sink.with(TestAuthority.selfSigned(EXPIRED, "else.example").tls());
        isDeliveredAs(Count.OUTGOING_TLS);
    }

    @Test
    void recordsNobodyVouchesForAreNotHeeded() {
        var insecure = "unsigned.test";
        dns.mx("open.test", 10, insecure).a(insecure, "127.0.0.3").tlsa(insecure, 3, 1, 1, new byte[32]);
        var names = dns.resolver();
        assertTrue(names.associations(insecure, 25).isEmpty());
    }

    @Test
    void recordsOfAHostThatAnUnsignedDomainLeadsToAreNotHeeded() {
        dns.mx("open.test", 10, MX).tlsa(MX, 3, 1, 1, new byte[32]);
        var host = new PolicyHost(dns.resolver(), 1, Authorities.of(List.of()), Duration.ofSeconds(1));
        var policies = new Policies(dns.resolver(), host, new MemoryVault(), Rig.CLOCK);
        var demands = new Demands(dns.resolver(), policies, Authorities.of(List.of()));
        var routes = new Routes(rig.surroundings(), sink.port());
        var snapshot = rig.surroundings().inForce().get();
        assertInstanceOf(
                Demand.Opportunistic.class,
                demands.on(routes.to("open.test", snapshot).getFirst()));
        assertInstanceOf(
                Demand.ByDane.class,
                demands.on(routes.to("far.example", snapshot).getFirst()));
    }

    @Test
    void nobodyKnowingWhetherThereAreRecordsKeepsMailBack() {
        sink.with(authority.host(MX).tls());
        dns.fails("_25._tcp." + MX);
        waits("451 4.4.3", "SERVFAIL");
        assertEquals(List.of(), sink.heard);
    }

    @Test
    void theNextHostIsTriedWhenTheFirstIsNotTheRightOne() {
        var host = TestAuthority.selfSigned(TestAuthority.AHEAD, "second.far.example");
        sink.with(host.tls());
        dns.tlsa(MX, 3, 1, 1, new byte[32]);
        dns.mx("far.example", 20, "second.far.example")
                .a("second.far.example", "127.0.0.3")
                .tlsa("second.far.example", 3, 1, 1, sha256(key(host.own())));
        assertEquals(new Outcome.Relayed("second.far.example", false), relay());
    }

    @Test
    void whatWasUnsafeIsToldRatherThanWhatDidNotAnswer() {
        dns.tlsa(MX, 3, 1, 1, new byte[32]);
        dns.mx("far.example", 20, "dead.far.example").a("dead.far.example", "127.0.0.4");
        waits("451 4.7.4", "STARTTLS");
    }

    @Test
    void anAliasIsKnownByTheRecordsOfItsTargetFirst() {
        var host = authority.host(MX);
        sink.with(host.tls());
        dns.forgets(MX).cname(MX, "real.host.example").a("real.host.example", "127.0.0.3");
        dns.tlsa("real.host.example", 3, 1, 1, sha256(key(host.own()))).tlsa(MX, 3, 1, 1, new byte[32]);
        isDeliveredAs(Count.OUTGOING_DANE);
        assertEquals(
                "real.host.example",
                dns.resolver().associations(MX, 25).orElseThrow().base());
    }

    @Test
    void anAliasThatLeadsOutOfSignedZonesIsKnownByItsOwnRecords() {
        dns.forgets(MX).cname(MX, "real.host.test").a("real.host.test", "127.0.0.3");
        dns.tlsa("real.host.test", 3, 1, 1, new byte[32]).tlsa(MX, 3, 1, 1, new byte[32]);
        assertEquals(MX, dns.resolver().associations(MX, 25).orElseThrow().base());
    }

    @Test
    void theMailRelayHostIsKnownByTheRecordsOfItsOwnPort() {
        rig.with("posthouseRelayHost", MX + ":" + sink.port());
        sink.with(authority.host(MX).tls());
        dns.tlsa(MX, 3, 1, 1, new byte[32]);
        assertInstanceOf(Outcome.Relayed.class, relay());
        rig.with("posthouseRelayHost", MX);
        waitsAfterOne("451 4.7.5 DANE");
    }

    private void waitsAfterOne(String reply) {
        String said = assertInstanceOf(Outcome.Later.class, relay()).reply();
        assertTrue(said.startsWith(reply), said);
        assertEquals(1, sink.messages.size());
    }

    @Test
    void octetsOfAnyKindMakeNoRecordThatHarms() {
        var random = new Random(6698);
        var chain = authority.host(MX).chain();
        for (int round = 0; round < 5_000; round++) {
            var octets = new byte[random.nextInt(random.nextBoolean() ? 4 : 200)];
            random.nextBytes(octets);
            var record = new Tlsa(
                    random.nextInt(6),
                    random.nextInt(4),
                    random.nextInt(5),
                    HexFormat.of().formatHex(octets));
            var dane = Dane.of(new Associations(MX, List.of(record)), Set.of(MX));
            assertTrue(dane.objection(chain).isPresent(), record.toString());
        }
    }

    @Test
    void aCertificateWithOneOctetChangedIsAnother() {
        var random = new Random(7672);
        var host = authority.host(MX);
        for (int round = 0; round < 500; round++) {
            byte[] octets = octets(host.own());
            octets[random.nextInt(octets.length)] ^= (byte) (1 + random.nextInt(255));
            var record = new Tlsa(3, 0, 0, HexFormat.of().formatHex(octets));
            var dane = Dane.of(new Associations(MX, List.of(record)), Set.of(MX));
            assertTrue(dane.objection(host.chain()).isPresent(), record.toString());
        }
    }
}
