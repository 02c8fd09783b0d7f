package org.posthouse.mailcore.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.posthouse.mailcore.agent.Outside;
import org.posthouse.mailcore.agent.TestKeys;
import org.posthouse.mailcore.dns.NameServer;
import org.posthouse.mailcore.queue.Envelope;
import org.posthouse.mailcore.queue.Item;
import org.posthouse.mailcore.queue.MailFlags;
import org.posthouse.mailcore.queue.Outcome;
import org.posthouse.mailcore.queue.Recipient;
import org.posthouse.mailcore.queue.Stage;
import org.posthouse.mailcore.smtp.Rig;
import org.posthouse.mailcore.store.MemoryVault;

class RelayTest {

    private static final String TEXT = "Subject: x\r\n\r\nhello\r\n";

    private static final Path TLS = Path.of("src/test/resources/tls/ec");

    private final NameServer dns = new NameServer();
    private final Rig rig = new Rig(dns.resolver());
    private final Sink sink = new Sink("127.0.0.3", 0);

    @AfterEach
    void stop() {
        sink.close();
        rig.close();
        dns.close();
    }

    private Map<Recipient, Outcome> relay(String text, int flags, Recipient... recipients) {
        var envelope = new Envelope(
                Rig.CLOCK.instant(), "anna@example.com", "anna", "id+1", "127.0.0.1", flags, List.of(recipients));
        var item = new Item("1", Stage.DELIVER, envelope, () -> text.getBytes(StandardCharsets.ISO_8859_1));
        new Relay(rig.surroundings(), new Outside(sink.port(), dns.port()), new MemoryVault()).handle(item);
        return item.outcomes();
    }

    private static Recipient to(String address) {
        return new Recipient(Recipient.Kind.REMOTE, address, "", "", "");
    }

    private Outcome relay(String address) {
        return Objects.requireNonNull(relay(TEXT, 0, to(address)).get(to(address)));
    }

    private void sinkIsTheHostOf(String domain) {
        dns.mx(domain, 10, "mx." + domain).a("mx." + domain, "127.0.0.3");
    }

    @Test
    void theNextMailHostIsTriedWhenTheFirstDoesNotAnswer() {
        dns.mx("far.example", 10, "dead.far.example").a("dead.far.example", "127.0.0.4");
        dns.mx("far.example", 20, "mx.far.example").a("mx.far.example", "127.0.0.3");
        assertEquals(new Outcome.Relayed("mx.far.example"), relay("bob@far.example"));
        assertEquals(List.of(TEXT + ".\r\n"), sink.messages);
        assertTrue(sink.heard.contains("EHLO mail.example.com"));
    }

    @Test
    void eachRecipientHasItsOwnFate() {
        sinkIsTheHostOf("far.example");
        sink.answers("RCPT TO:<gone@", "550 5.1.1 no such user").answers("RCPT TO:<full@", "452 4.2.2 mailbox full");
        var outcomes = relay(TEXT, 0, to("bob@far.example"), to("gone@far.example"), to("full@far.example"));
        assertEquals(new Outcome.Relayed("mx.far.example"), outcomes.get(to("bob@far.example")));
        assertEquals(
                new Outcome.Never("550 5.1.1 no such user", "host mx.far.example [127.0.0.3]"),
                outcomes.get(to("gone@far.example")));
        assertEquals(
                new Outcome.Later("452 4.2.2 mailbox full", "host mx.far.example [127.0.0.3]"),
                outcomes.get(to("full@far.example")));
        assertEquals(1, sink.messages.size());
    }

    @Test
    void recipientsOfSeveralDomainsAreReachedSideBySide() {
        Stream.of("one.example", "two.example", "three.example").forEach(this::sinkIsTheHostOf);
        var outcomes = relay(TEXT, 0, to("a@one.example"), to("b@two.example"), to("c@three.example"));
        assertEquals(3, sink.messages.size());
        assertTrue(outcomes.values().stream().allMatch(outcome -> outcome instanceof Outcome.Relayed));
    }

    private List<Item> many(int number) {
        return IntStream.range(0, number)
                .mapToObj(each -> {
                    var recipient = to("bob" + each + "@far.example");
                    var envelope = new Envelope(
                            Rig.CLOCK.instant(), "anna@example.com", "anna", "", "127.0.0.1", 0, List.of(recipient));
                    return new Item("" + each, Stage.DELIVER, envelope, () -> TEXT.getBytes(StandardCharsets.UTF_8));
                })
                .toList();
    }

    private void relayAll(List<Item> items) throws InterruptedException {
        var relay = new Relay(rig.surroundings(), new Outside(sink.port(), dns.port()), new MemoryVault());
        var calls = items.stream()
                .map(item -> Thread.ofVirtual().start(() -> relay.handle(item)))
                .toList();
        for (Thread call : calls) {
            call.join();
        }
    }

    @Test
    void severalMessagesGoOverOneConnection() throws InterruptedException {
        sinkIsTheHostOf("far.example");
        List<Item> items = many(40);
        relayAll(items);
        assertEquals(40, sink.messages.size());
        assertTrue(items.stream()
                .allMatch(item -> item.outcomes().values().stream().allMatch(Outcome.Relayed.class::isInstance)));
        long calls = sink.heard.stream().filter(line -> line.startsWith("EHLO")).count();
        assertTrue(calls <= Destination.MOST + 2, calls + " connections");
        // The sink reads the last QUIT a moment after the message was taken.
        long end = System.nanoTime() + Duration.ofMinutes(2).toNanos();
        while (quits() < calls && System.nanoTime() < end) {
            Thread.onSpinWait();
        }
        assertEquals(calls, quits(), "none is left open");
    }

    private long quits() {
        return sink.heard.stream().filter("QUIT"::equals).count();
    }

    @Test
    void aHostThatTakesOneMessageAConnectionGetsThemAll() throws InterruptedException {
        sinkIsTheHostOf("far.example");
        sink.answers("RSET", "421 4.7.0 one message is enough");
        List<Item> items = many(12);
        relayAll(items);
        assertEquals(12, sink.messages.size());
        sink.answers("RSET", "");
        relayAll(many(12));
        assertEquals(24, sink.messages.size());
    }

    @Test
    void whatTheDnsSaysDecidesWhatIsWorthAnotherTry() {
        dns.mx("silent.example", 0, ".").fails("broken.example");
        assertTrue(assertInstanceOf(Outcome.Never.class, relay("a@silent.example"))
                .reply()
                .startsWith("556 5.1.10"));
        assertTrue(assertInstanceOf(Outcome.Never.class, relay("a@nowhere.example"))
                .reply()
                .startsWith("550 5.1.2"));
        assertTrue(assertInstanceOf(Outcome.Later.class, relay("a@broken.example"))
                .reply()
                .startsWith("451 4.4.3"));
    }

    @Test
    void noHostThatAnswersMeansLater() {
        dns.mx("far.example", 10, "dead.far.example").a("dead.far.example", "127.0.0.4");
        assertTrue(assertInstanceOf(Outcome.Later.class, relay("a@far.example"))
                .reply()
                .startsWith("451 4.4.1"));
    }

    @Test
    void theMailRelayHostTakesEverything() {
        rig.with("posthouseRelayHost", "[127.0.0.3]:" + sink.port());
        assertEquals(new Outcome.Relayed("127.0.0.3"), relay("a@nowhere.example"));
    }

    @Test
    void tlsIsUsedWhereItIsOffered() {
        sinkIsTheHostOf("far.example");
        sink.offers("STARTTLS");
        rig.withTls(TestKeys.page(TLS));
        assertInstanceOf(Outcome.Relayed.class, relay("a@far.example"));
        assertTrue(sink.heard.contains("TLS MAIL FROM:<anna@example.com>"), sink.heard.toString());
    }

    @Test
    void tlsIsNotUsedWhileItIsOffHere() {
        sinkIsTheHostOf("far.example");
        sink.offers("STARTTLS");
        assertInstanceOf(Outcome.Relayed.class, relay("a@far.example"));
        assertTrue(sink.heard.contains("MAIL FROM:<anna@example.com>"), sink.heard.toString());
    }

    @Test
    void tlsThatDoesNotWorkIsLeftOut() {
        sinkIsTheHostOf("far.example");
        sink.withBrokenTls();
        rig.withTls(TestKeys.page(TLS));
        assertInstanceOf(Outcome.Relayed.class, relay("a@far.example"));
        assertTrue(sink.heard.contains("MAIL FROM:<anna@example.com>"), sink.heard.toString());
    }

    @Test
    void nothingButCrlfEverEndsALine() {
        sinkIsTheHostOf("far.example");
        relay("a\n.\r\n.b\rc\r\n\r\n.\n..d", 0, to("a@far.example"));
        assertEquals(List.of("a\r\n..\r\n..b\r\nc\r\n\r\n..\r\n...d\r\n.\r\n"), sink.messages);
    }

    @Test
    void whatTheSenderWantsToHearIsPassedOn() {
        sinkIsTheHostOf("far.example");
        relay(
                "\u00e4\r\n",
                MailFlags.RETURN_HEADER,
                new Recipient(Recipient.Kind.REMOTE, "a@far.example", "rfc822;A@far.example", "SUCCESS,DELAY", ""));
        assertTrue(
                sink.heard.contains("MAIL FROM:<anna@example.com> SIZE=3 BODY=8BITMIME RET=HDRS ENVID=id+2B1"),
                sink.heard.toString());
        assertTrue(
                sink.heard.contains("RCPT TO:<a@far.example> NOTIFY=SUCCESS,DELAY ORCPT=rfc822;A@far.example"),
                sink.heard.toString());
    }

    @Test
    void whatIsTooLargeForAHostIsNotSentToIt() {
        sinkIsTheHostOf("far.example");
        sink.offers("SIZE 10");
        assertTrue(assertInstanceOf(Outcome.Never.class, relay("a@far.example"))
                .reply()
                .startsWith("552 5.3.4"));
        assertEquals(List.of(), sink.messages);
    }

    @Test
    void anAnswerAfterTheDataDecides() {
        sinkIsTheHostOf("far.example");
        sink.answers("end", "451 4.3.0 wait");
        assertEquals(new Outcome.Later("451 4.3.0 wait", "host mx.far.example [127.0.0.3]"), relay("a@far.example"));
        sink.answers("end", "554 5.7.1 spam");
        assertEquals(new Outcome.Never("554 5.7.1 spam", "host mx.far.example [127.0.0.3]"), relay("a@far.example"));
    }

    @Test
    void aHostThatHangsUpOrTalksNonsenseIsTriedLater() {
        sinkIsTheHostOf("far.example");
        sink.answers("DATA", "");
        assertInstanceOf(Outcome.Later.class, relay("a@far.example"));
        sink.answers("greeting", "SSH-2.0-OpenSSH");
        assertInstanceOf(Outcome.Later.class, relay("a@far.example"));
        sink.answers("greeting", "554 no");
        assertInstanceOf(Outcome.Later.class, relay("a@far.example"));
    }

    @Test
    void aHostThatKnowsOnlyHeloIsSpokenToInItsTongue() {
        sinkIsTheHostOf("old.example");
        sink.answers("EHLO", "502 what");
        assertInstanceOf(Outcome.Relayed.class, relay("a@old.example"));
        assertTrue(sink.heard.contains("HELO mail.example.com"));
    }

    @Test
    void mailThatLeadsBackHereIsReturned() {
        sinkIsTheHostOf("far.example");
        sink.answers("greeting", "220 mail.example.com ESMTP");
        assertTrue(assertInstanceOf(Outcome.Never.class, relay("a@far.example"))
                .reply()
                .startsWith("554 5.4.6"));
        dns.mx("here.example", 10, "mx.here.example").a("mx.here.example", "127.0.0.1");
        rig.with("posthouseSmtpPort", String.valueOf(sink.port()));
        assertTrue(assertInstanceOf(Outcome.Never.class, relay("a@here.example"))
                .reply()
                .startsWith("554 5.4.6"));
    }

    @Test
    void heldMailIsAskedForWhereThatIsWanted() {
        sinkIsTheHostOf("far.example");
        sink.offers("ETRN");
        rig.with("posthouseSendEtrn", "TRUE");
        relay("a@far.example");
        assertTrue(
                sink.heard.containsAll(List.of("ETRN mail.example.com", "ETRN hosted.example")), sink.heard.toString());
    }

    @Test
    void aHostWithout8BitMimeGetsSevenBits() {
        sinkIsTheHostOf("far.example");
        sink.offers("PIPELINING");
        String text = "Content-Transfer-Encoding: 8bit\r\n\r\nGr\u00fc\u00dfe\r\n";
        var outcomes = relay(text, MailFlags.EIGHT_BIT, to("a@far.example"));
        assertEquals(new Outcome.Relayed("mx.far.example", false), outcomes.get(to("a@far.example")));
        assertTrue(sink.heard.contains("MAIL FROM:<anna@example.com>"), sink.heard.toString());
        assertTrue(sink.messages.getFirst().contains("Gr=FC=DFe"), sink.messages.getFirst());
    }

    @Test
    void whatCannotBeConvertedComesBack() {
        sinkIsTheHostOf("far.example");
        sink.offers("PIPELINING");
        String text = "Content-Type: multipart/signed; boundary=b\r\n\r\n--b\r\n\r\n\u00fc\r\n--b--\r\n";
        Outcome outcome = relay(text, 0, to("a@far.example")).get(to("a@far.example"));
        assertTrue(assertInstanceOf(Outcome.Never.class, outcome).reply().startsWith("554 5.6.2"));
        assertEquals(List.of(), sink.messages);
    }

    @Test
    void utf8HeadersGoOnlyToHostsThatTakeThem() {
        sinkIsTheHostOf("far.example");
        String text = "Subject: \u00fc\r\n\r\nx\r\n";
        int flags = MailFlags.INTERNATIONAL | MailFlags.EIGHT_BIT;
        Outcome outcome = relay(text, flags, to("a@far.example")).get(to("a@far.example"));
        assertTrue(assertInstanceOf(Outcome.Never.class, outcome).reply().startsWith("550 5.6.7"));
        sink.offers("8BITMIME,SMTPUTF8");
        relay(text, flags, to("a@far.example"));
        assertTrue(sink.heard.contains("MAIL FROM:<anna@example.com> BODY=8BITMIME SMTPUTF8"), sink.heard.toString());
    }
}
