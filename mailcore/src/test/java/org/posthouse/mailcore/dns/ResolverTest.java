package org.posthouse.mailcore.dns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.posthouse.schema.value.DomainName;
import org.posthouse.schema.value.IpAddress;

class ResolverTest {

    private final NameServer dns = new NameServer();
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-23T12:00:00Z"));
    private final Clock clock = InstantSource.system().withZone(ZoneOffset.UTC);
    private final AtomicReference<List<IpAddress>> servers = new AtomicReference<>(List.of(new IpAddress("127.0.0.1")));
    private final Resolver resolver = new Resolver(servers::get, dns.port(), movable());

    private Clock movable() {
        return new Clock() {
            @Override
            public java.time.ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(java.time.ZoneId zone) {
                return clock.withZone(zone);
            }

            @Override
            public Instant instant() {
                return now.get();
            }
        };
    }

    @AfterEach
    void stop() {
        dns.close();
    }

    private List<String> hosts(String domain) {
        return resolver.mailHosts(new DomainName(domain)).stream()
                .map(MailHost::name)
                .toList();
    }

    @Test
    void mailHostsComeByPreference() {
        dns.mx("far.example", 20, "second.far.example").mx("far.example", 10, "first.far.example");
        assertEquals(List.of("first.far.example", "second.far.example"), hosts("far.example"));
    }

    @Test
    void aDomainWithoutMailHostsTakesItsMailItself() {
        dns.a("far.example", "192.0.2.1");
        assertEquals(List.of("far.example"), hosts("far.example"));
    }

    @Test
    void anAliasLeadsToTheMailHostsOfItsTarget() {
        dns.cname("alias.example", "far.example").mx("far.example", 10, "mx.far.example");
        assertEquals(List.of("mx.far.example"), hosts("alias.example"));
    }

    @Test
    void aNullMxSaysThatNoMailIsTaken() {
        dns.mx("silent.example", 0, ".").a("silent.example", "192.0.2.1");
        var notFound = assertThrows(NotFound.class, () -> hosts("silent.example"));
        assertTrue(notFound.takesNoMail());
    }

    @Test
    void aNameThatDoesNotExistIsNotFound() {
        assertFalse(assertThrows(NotFound.class, () -> hosts("nowhere.example")).takesNoMail());
    }

    @Test
    void aServerThatFailsSaysNothingAboutTheName() {
        dns.fails("far.example");
        assertThrows(TryAgain.class, () -> hosts("far.example"));
    }

    @Test
    void theNextServerIsAskedWhenTheFirstIsSilent() {
        dns.a("far.example", "192.0.2.1");
        servers.set(List.of(new IpAddress("127.0.0.9"), new IpAddress("127.0.0.1")));
        assertEquals(List.of("far.example"), hosts("far.example"));
    }

    @Test
    void anAnswerIsRememberedAsLongAsItSays() {
        dns.mx("far.example", 10, "mx.far.example");
        hosts("far.example");
        int asked = dns.asked.get();
        hosts("far.example");
        assertEquals(asked, dns.asked.get());
        now.set(now.get().plus(Duration.ofSeconds(301)));
        hosts("far.example");
        assertTrue(dns.asked.get() > asked);
    }

    @Test
    void aLiteralIsItsOwnAddress() {
        assertEquals(List.of(InetAddress.ofLiteral("192.0.2.7")), resolver.addresses("192.0.2.7"));
        assertEquals(0, dns.asked.get());
    }

    @Test
    void onlyAServerOnThisHostIsBelievedThatItHasValidated() {
        dns.signed("far.example").mx("far.example", 10, "mx.far.example");
        dns.a("mx.far.example", "192.0.2.1").tlsa("mx.far.example", 3, 1, 1, new byte[32]);
        assertTrue(resolver.mailHosts(new DomainName("far.example")).getFirst().secure());
        assertTrue(resolver.associations("mx.far.example", 25).isPresent());
        var elsewhere = new Resolver(servers::get, dns.port(), server -> false, movable());
        assertFalse(
                elsewhere.mailHosts(new DomainName("far.example")).getFirst().secure());
        assertTrue(elsewhere.associations("mx.far.example", 25).isEmpty());
    }

    @Test
    void aHostThatIsGoneMeanwhileHasNoRecords() {
        dns.signed("far.example");
        assertTrue(resolver.associations("mx.far.example", 25).isEmpty());
    }

    @Test
    void whatIsNotSignedIsNotVouchedFor() {
        dns.mx("far.example", 10, "mx.far.example").a("mx.far.example", "192.0.2.1");
        dns.tlsa("mx.far.example", 3, 1, 1, new byte[32]);
        assertFalse(resolver.mailHosts(new DomainName("far.example")).getFirst().secure());
        assertTrue(resolver.associations("mx.far.example", 25).isEmpty());
    }

    @Test
    void anAliasThatIsNotSignedMakesAllBehindItInsecure() {
        dns.cname("alias.test", "far.example").signed("far.example").mx("far.example", 10, "mx.far.example");
        assertFalse(resolver.mailHosts(new DomainName("alias.test")).getFirst().secure());
        assertTrue(resolver.mailHosts(new DomainName("far.example")).getFirst().secure());
    }

    @Test
    void aServerThatValidatesHasTheLastWord() {
        try (var validating = new NameServer("127.0.0.5", dns.port())) {
            validating.signed("near.example").a("near.example", "192.0.2.1").fails("far.example");
            dns.a("far.example", "192.0.2.66");
            servers.set(List.of(new IpAddress("127.0.0.5"), new IpAddress("127.0.0.1")));
            var own = new Resolver(
                    servers::get, dns.port(), server -> server.getHostString().equals("127.0.0.5"), movable());
            assertEquals(1, own.addresses("far.example").size(), "it has not validated anything yet");
            own.addresses("near.example");
            validating.fails("bogus.example");
            dns.a("bogus.example", "192.0.2.66");
            assertThrows(TryAgain.class, () -> own.addresses("bogus.example"));
        }
    }
}
