package org.posthouse.mailcore.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.posthouse.mailcore.agent.TestKeys;
import org.posthouse.mailcore.dns.NameServer;
import org.posthouse.mailcore.queue.Envelope;
import org.posthouse.mailcore.queue.Item;
import org.posthouse.mailcore.queue.Outcome;
import org.posthouse.mailcore.queue.Recipient;
import org.posthouse.mailcore.queue.Stage;
import org.posthouse.mailcore.relay.sts.Policies;
import org.posthouse.mailcore.relay.sts.Policy;
import org.posthouse.mailcore.relay.sts.PolicyHost;
import org.posthouse.mailcore.smtp.Rig;
import org.posthouse.mailcore.status.Count;
import org.posthouse.mailcore.store.MemoryVault;
import org.posthouse.mailcore.wire.Authorities;

/** Mail to domains with an MTA-STS policy (RFC 8461). */
class StsTest {

    private static final String MX = "mx.far.example";
    private static final String ENFORCE = "version: STSv1\nmode: enforce\nmx: *.far.example\nmax_age: 604800\n";
    private static final String TESTING = ENFORCE.replace("enforce", "testing");
    private static final String ANNOUNCED = "v=STSv1; id=20261128;";

    private final TestAuthority authority = new TestAuthority();
    private final Authorities trusted = Authorities.of(List.of(authority.root()));
    private final NameServer dns = new NameServer();
    private final Rig rig = new Rig(dns.resolver()).withTls(TestKeys.page(Path.of("src/test/resources/tls/ec")));
    private final Sink sink = new Sink("127.0.0.3", 0);
    private final PolicyServer web =
            new PolicyServer(authority.host("mta-sts.far.example").tls());
    private final MemoryVault vault = new MemoryVault();
    private final AtomicReference<Instant> now = new AtomicReference<>(Rig.CLOCK.instant());
    private final Clock clock = new Clock() {
        @Override
        public java.time.ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(java.time.ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now.get();
        }
    };

    @BeforeEach
    void farAnnouncesAPolicy() {
        dns.mx("far.example", 10, MX).a(MX, "127.0.0.3").a("mta-sts.far.example", "127.0.0.6");
        dns.txt("_mta-sts.far.example", ANNOUNCED);
        web.policy(ENFORCE);
        sink.with(authority.host(MX).tls());
    }

    @AfterEach
    void stop() {
        web.close();
        sink.close();
        rig.close();
        dns.close();
    }

    /** As an engine that has just started: only the vault remembers. */
    private Policies policies() {
        return policies(Duration.ofSeconds(10));
    }

    private Policies policies(Duration patience) {
        var resolver = dns.resolver();
        return new Policies(resolver, new PolicyHost(resolver, web.port(), trusted, patience), vault, clock);
    }

    private Outcome relay() {
        return relay(policies());
    }

    private Outcome relay(Policies policies) {
        var bob = new Recipient(Recipient.Kind.REMOTE, "bob@far.example", "", "", "");
        var envelope = new Envelope(Rig.CLOCK.instant(), "anna@example.com", "anna", "", "127.0.0.1", 0, List.of(bob));
        var item = new Item(
                "1", Stage.DELIVER, envelope, () -> "Subject: x\r\n\r\nx\r\n".getBytes(StandardCharsets.US_ASCII));
        new Relay(rig.surroundings(), sink.port(), policies, trusted).handle(item);
        return Objects.requireNonNull(item.outcomes().get(bob));
    }

    private void isDeliveredAs(Count how) {
        assertEquals(new Outcome.Relayed(MX, false), relay());
        assertEquals(1, rig.surroundings().tally().of(how).orElse(-1));
    }

    private void waits(String reply, String why) {
        String said = assertInstanceOf(Outcome.Later.class, relay()).reply();
        assertTrue(said.startsWith(reply) && said.contains(why), said);
        assertEquals(List.of(), sink.messages);
        assertTrue(sink.heard.stream().noneMatch(line -> line.contains("MAIL FROM")), sink.heard.toString());
    }

    private void hasNone() {
        assertTrue(policies().of("far.example").isEmpty());
    }

    @Test
    void aHostThatMeetsThePolicyGetsTheMail() {
        isDeliveredAs(Count.OUTGOING_MTA_STS);
        assertEquals(
                List.of("GET /.well-known/mta-sts.txt HTTP/1.1", "Host: mta-sts.far.example"), List.copyOf(web.asked));
    }

    @Test
    void aHostThatThePolicyDoesNotNameIsNotCalled() {
        web.policy(ENFORCE.replace("*.far.example", "*.else.example\nmx: far.example"));
        waits("451 4.7.5 MTA-STS", "mx.far.example is not a mail host by the policy of far.example");
        assertEquals(List.of(), sink.heard);
    }

    @Test
    void aCertificateOfAnotherNameKeepsMailBack() {
        sink.with(authority.host("far.example", "*.mx.far.example").tls());
        waits("451 4.7.5 MTA-STS", "not of mx.far.example");
    }

    @Test
    void aCertificateThatHasExpiredKeepsMailBack() {
        sink.with(authority.host(Duration.ofDays(-1), MX).tls());
        waits("451 4.7.5 MTA-STS", "NotAfter");
    }

    @Test
    void aCertificateNobodyVouchesForKeepsMailBack() {
        sink.with(TestAuthority.selfSigned(TestAuthority.AHEAD, MX).tls());
        waits("451 4.7.5 MTA-STS", "not trusted");
    }

    @Test
    void startTlsThatSomebodyHasStrippedKeepsMailBack() {
        sink.offers("SIZE 1000");
        waits("451 4.7.4 MTA-STS demands TLS", "does not offer STARTTLS");
    }

    @Test
    void theNextHostIsTriedWhenTheFirstIsNotNamed() {
        dns.mx("far.example", 5, "mx.else.example").a("mx.else.example", "127.0.0.3");
        assertEquals(new Outcome.Relayed(MX, false), relay());
    }

    @Test
    void testingDeliversWhateverIsWrong() {
        web.policy(TESTING);
        sink.with(TestAuthority.selfSigned(Duration.ofDays(-1), "else.example").tls());
        isDeliveredAs(Count.OUTGOING_TLS);
        assertTrue(policies().of("far.example").orElseThrow().mode() == Policy.Mode.TESTING);
    }

    @Test
    void testingDeliversInPlainTextWhereNothingElseIsToBeHad() {
        web.policy(TESTING.replace("*.far", "*.else"));
        sink.withBrokenTls();
        isDeliveredAs(Count.OUTGOING_PLAIN);
    }

    @Test
    void noneIsAsIfThereWereNoPolicy() {
        web.policy("version: STSv1\nmode: none\nmax_age: 86400\n");
        sink.with(TestAuthority.selfSigned(TestAuthority.AHEAD, "else.example").tls());
        isDeliveredAs(Count.OUTGOING_TLS);
    }

    @Test
    void daneGoesBeforeThePolicy() {
        var host = TestAuthority.selfSigned(TestAuthority.AHEAD, "else.example");
        sink.with(host.tls());
        dns.signed("far.example").tlsa(MX, 3, 0, 0, TestAuthority.octets(host.own()));
        isDeliveredAs(Count.OUTGOING_DANE);
        assertEquals(List.of(), web.asked);
    }

    @Test
    void aPolicyCannotMendWhatDaneRefuses() {
        dns.signed("far.example").tlsa(MX, 3, 1, 1, new byte[32]);
        waits("451 4.7.5 DANE", "TLSA");
    }

    @Test
    void aPolicyStillHoldsWhereNoTlsaRecordCanBeUsed() {
        dns.signed("far.example").tlsa(MX, 0, 1, 1, new byte[32]);
        sink.with(TestAuthority.selfSigned(TestAuthority.AHEAD, MX).tls());
        waits("451 4.7.5 MTA-STS", "not trusted");
    }

    @Test
    void theMailRelayHostIsNotAskedForAPolicy() {
        rig.with("posthouseRelayHost", "[127.0.0.3]:" + sink.port());
        assertInstanceOf(Outcome.Relayed.class, relay());
        assertEquals(List.of(), web.asked);
    }

    @Test
    void noPolicyIsAskedForWhileTlsIsOff() {
        rig.withoutTls();
        isDeliveredAs(Count.OUTGOING_PLAIN);
        assertEquals(List.of(), web.asked);
    }

    @Test
    void aPolicyIsKeptOverARestartWhenItsAnnouncementIsHidden() {
        assertInstanceOf(Outcome.Relayed.class, relay());
        dns.forgets("_mta-sts.far.example");
        sink.messages.clear();
        sink.heard.clear();
        sink.offers("SIZE 1000");
        waits("451 4.7.4 MTA-STS", "STARTTLS");
        dns.fails("_mta-sts.far.example");
        waits("451 4.7.4 MTA-STS", "STARTTLS");
    }

    @Test
    void aPolicyIsKeptWhenItsSuccessorCannotBeHad() {
        assertTrue(policies().of("far.example").isPresent());
        dns.forgets("_mta-sts.far.example").txt("_mta-sts.far.example", "v=STSv1; id=2;");
        web.raw("HTTP/1.1 500 no\r\nContent-Length: 0\r\n\r\n");
        assertEquals(
                Policy.Mode.ENFORCE, policies().of("far.example").orElseThrow().mode());
        web.policy(TESTING);
        assertEquals(
                Policy.Mode.TESTING, policies().of("far.example").orElseThrow().mode());
    }

    @Test
    void aPolicyThatIsKnownIsNotAskedForAgainUntilADayLater() {
        var policies = policies();
        policies.of("far.example");
        policies.of("far.example");
        assertEquals(2, web.asked.size());
        now.set(now.get().plus(Duration.ofHours(25)));
        policies.of("far.example");
        assertEquals(4, web.asked.size());
    }

    @Test
    void aPolicyEndsWhenItsTimeIsUpAndItCannotBeHad() {
        policies().of("far.example");
        dns.forgets("_mta-sts.far.example");
        now.set(now.get().plus(Duration.ofDays(7)));
        hasNone();
    }

    @Test
    void whatHasFailedIsNotAskedForAgainForFiveMinutes() {
        web.raw("HTTP/1.1 404 none\r\nContent-Length: 0\r\n\r\n");
        var policies = policies();
        assertTrue(policies.of("far.example").isEmpty());
        web.policy(ENFORCE);
        assertTrue(policies.of("far.example").isEmpty());
        now.set(now.get().plus(Duration.ofMinutes(6)));
        assertTrue(policies.of("far.example").isPresent());
    }

    @Test
    void severalAnnouncementsAreNone() {
        dns.txt("_mta-sts.far.example", "v=STSv1; id=2;");
        hasNone();
        assertEquals(List.of(), web.asked);
    }

    @ParameterizedTest
    @ValueSource(strings = {"v=STSv1", "v=STSv2; id=1;", "v=STSv1; id=;", "v=STSv1; id=a-b;", "id=1; v=STSv1;", "x"})
    void anAnnouncementThatIsNotRightIsNone(String text) {
        dns.forgets("_mta-sts.far.example").txt("_mta-sts.far.example", text);
        hasNone();
        assertEquals(List.of(), web.asked);
    }

    @Test
    void otherTextsOfTheNameDoNotMatter() {
        dns.txt("_mta-sts.far.example", "something else").forgets("nobody.example");
        assertTrue(policies().of("far.example").isPresent());
    }

    @Test
    void aPolicyComesInPiecesToo() {
        web.raw("HTTP/1.1 200 OK\r\ncontent-type: text/plain\r\nTransfer-Encoding: chunked\r\n\r\n"
                + "A;x=y\r\nversion: S\r\n" + Integer.toHexString(ENFORCE.length() - 10) + "\r\n"
                + ENFORCE.substring(10) + "\r\n0\r\n\r\n");
        assertEquals(
                List.of("*.far.example"),
                policies().of("far.example").orElseThrow().hosts());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 301 there\r\nLocation: https://mta-sts.far.example/x\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 1\r\n\r\nx",
                "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 65537\r\n\r\nversion: STSv1\r\n",
                "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: -1\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\nversion: STSv1\r\n",
                "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nTransfer-Encoding: chunked\r\n\r\n1FFFF\r\nx\r\n",
                "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 500\r\n\r\nversion: STSv1\r\n",
                "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Encoding: gzip\r\nContent-Length: 1\r\n\r\nx",
                "220 smtp.example ESMTP\r\n",
                ""
            })
    void anAnswerThatIsNotPlainIsNoPolicy(String answer) {
        web.raw(answer);
        hasNone();
    }

    @Test
    void anAnswerThatDoesNotComeIsNotWaitedForLong() {
        web.silent();
        assertTrue(policies(Duration.ofMillis(200)).of("far.example").isEmpty());
    }

    @Test
    void aPolicyHostOfAnotherNameIsNotBelieved() {
        web.as(authority.host("far.example").tls());
        hasNone();
        assertEquals(List.of(), web.asked);
    }

    @Test
    void aPolicyHostNobodyVouchesForIsNotBelieved() {
        web.as(TestAuthority.selfSigned(TestAuthority.AHEAD, "mta-sts.far.example")
                .tls());
        hasNone();
        assertEquals(List.of(), web.asked);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "mode: enforce\nmx: a.example\nmax_age: 1",
                "version: STSv2\nmode: enforce\nmx: a.example\nmax_age: 1",
                "version: STSv1\nmode: strict\nmx: a.example\nmax_age: 1",
                "version: STSv1\nmode: enforce\nmax_age: 1",
                "version: STSv1\nmode: enforce\nmx: a.example",
                "version: STSv1\nmode: enforce\nmx: a.example\nmax_age: soon",
                "version: STSv1\nmode: enforce\nmx: a.example\nmax_age: 12345678901",
                "version: STSv1\nmode: enforce\nmx: *\nmax_age: 1",
                "version: STSv1\nmode: enforce\nmx: a.*.example\nmax_age: 1",
                "version: STSv1\nmode: enforce\nmx: a.example\nmax_age: 1\n<html>"
            })
    void aTextThatIsNoPolicyIsRefused(String text) {
        assertThrows(Policy.Malformed.class, () -> Policy.of(text));
    }

    @Test
    void whatAPolicySaysIsTaken() {
        var policy = Policy.of("""
                version:STSv1\r
                x-new: y\r
                mode: testing \r
                mode: enforce\r
                mx: A.Example\r
                mx: *.b.example\r
                max_age: 9999999999\r
                """);
        assertEquals(Policy.Mode.TESTING, policy.mode());
        assertEquals(Duration.ofHours(8766), policy.life());
        assertTrue(policy.names("a.example") && policy.names("MX.b.example"));
        assertTrue(!policy.names("b.example") && !policy.names("a.b.b.example") && !policy.names("x.a.example"));
    }

    @Test
    void textsOfAnyKindAreAPolicyOrMalformed() {
        var random = new Random(8461);
        String letters = "version: STSv1\nmode: enforce\nmx: *.far.example\nmax_age: 604800\n\r\0\u00e4*:.";
        for (int round = 0; round < 20_000; round++) {
            var text = new StringBuilder(ENFORCE);
            for (int change = random.nextInt(8); change >= 0; change--) {
                int at = random.nextInt(text.length());
                char letter = letters.charAt(random.nextInt(letters.length()));
                switch (random.nextInt(3)) {
                    case 0 -> text.setCharAt(at, letter);
                    case 1 -> text.insert(at, letter);
                    default -> text.deleteCharAt(at);
                }
            }
            try {
                Policy policy = Policy.of(text.toString());
                assertTrue(policy.mode() == Policy.Mode.NONE || !policy.hosts().isEmpty(), text.toString());
            } catch (Policy.Malformed malformed) {
                assertTrue(Objects.requireNonNull(malformed.getMessage()).length() < 100);
            }
        }
    }

    @Test
    void answersOfAnyKindAreAPolicyOrNone() {
        var random = new Random(9112);
        byte[] good = ("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: " + ENFORCE.length() + "\r\n\r\n"
                        + ENFORCE)
                .getBytes(StandardCharsets.UTF_8);
        for (int round = 0; round < 100; round++) {
            byte[] answer = good.clone();
            for (int change = random.nextInt(4); change >= 0; change--) {
                answer[random.nextInt(answer.length)] = (byte) random.nextInt(256);
            }
            web.raw(answer);
            now.set(now.get().plus(Duration.ofDays(400)));
            policies()
                    .of("far.example")
                    .ifPresent(policy -> assertTrue(policy.hosts().size() < 2));
        }
    }
}
