package org.posthouse.mailcore.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.posthouse.mailcore.engine.Tree;
import org.posthouse.mailcore.people.CardIndex;
import org.posthouse.mailcore.people.People;
import org.posthouse.mailcore.queue.Envelope;
import org.posthouse.mailcore.queue.Item;
import org.posthouse.mailcore.queue.Outcome;
import org.posthouse.mailcore.queue.Recipient;
import org.posthouse.mailcore.queue.Stage;
import org.posthouse.mailcore.settings.Snapshot;
import org.posthouse.schema.directory.DirectoryException.DirectoryDown;
import org.posthouse.schema.directory.NewObject;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.tree.MessagingServer;
import org.posthouse.schema.value.Place;

/** Mail for a group while the directory is away: it is put off where groups are expanded. */
class GroupInAnOutageTest {

    private static final Recipient TEAM = new Recipient(Recipient.Kind.LOCAL, "team", "", "", "");
    private static final Recipient BOB = new Recipient(Recipient.Kind.LOCAL, "bob", "", "", "");

    private final Tree tree = Tree.planted();
    private final Clock clock = Clock.systemUTC();
    private volatile Duration later = Duration.ZERO;
    private final CardIndex cards = new CardIndex(tree::directory, () -> "", new Clock() {
        @Override
        public ZoneId getZone() {
            return clock.getZone();
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return clock.instant().plus(later);
        }
    });

    @BeforeEach
    void plant() {
        tree.server(
                "mail1",
                "127.0.0.1",
                Map.of("posthouseContext", List.of(tree.people().toString())),
                Kind.NMAP_AGENT);
        tree.directory()
                .create(new NewObject(
                        tree.people().child("cn", "team"),
                        Kind.GROUP,
                        Map.of("member", List.of(tree.person("anna").toString()))));
    }

    @AfterEach
    void close() {
        tree.close();
    }

    private Snapshot snapshot() {
        MessagingServer server = org.posthouse.schema.tree.Tree.of(
                        List.of(entry(tree.server("mail1")), entry(tree.agent("mail1", Kind.NMAP_AGENT))))
                .servers()
                .getFirst();
        return new Snapshot(server, List.of(server), 1, Clock.systemUTC().instant());
    }

    private org.posthouse.schema.tree.Entry entry(Place place) {
        return tree.directory().read(place).orElseThrow();
    }

    private static Item item() {
        var envelope = new Envelope(
                Clock.systemUTC().instant(), "a@there.example", "", "", "192.0.2.1", 0, List.of(TEAM, BOB));
        return new Item("1", Stage.INCOMING, envelope, () -> "\r\n".getBytes(UTF_8));
    }

    @Test
    void aGroupIsPutOffAndExpandedOnceTheDirectoryIsBack() {
        Snapshot snapshot = snapshot();
        var expansion = new Expansion(new People(() -> snapshot, cards::read, cards::bind, cards::vouch));
        tree.goDown();
        Item during = item();
        expansion.handle(during);
        assertInstanceOf(Outcome.Later.class, during.outcomes().get(TEAM));
        assertInstanceOf(Outcome.Later.class, during.outcomes().get(BOB));
        tree.comeUp();
        Item after = item();
        expansion.handle(after);
        assertEquals(
                List.of("bob", "anna"),
                after.pending().stream().map(Recipient::address).toList());
    }

    @Test
    void aUserWhoIsKnownGetsMailInAnOutage() {
        Snapshot snapshot = snapshot();
        var people = new People(() -> snapshot, cards::read, cards::bind, cards::vouch);
        assertTrue(people.find("bob").isPresent());
        var expansion = new Expansion(people);
        tree.goDown();
        Item during = item();
        expansion.handle(during);
        assertEquals(List.of(BOB), during.pending());
    }

    @Test
    void aUserOfTheSecondContextWhoIsKnownIsFoundInAnOutageAndNobodyIsCalledUnknown() {
        tree.save(
                tree.server("mail1"),
                Map.of(
                        "posthouseContext",
                        List.of(tree.acme().toString(), tree.people().toString())));
        Snapshot snapshot = snapshot();
        var people = new People(() -> snapshot, cards::read, cards::bind, cards::vouch);
        assertTrue(people.find("bob").isPresent());
        assertEquals(Optional.empty(), people.find("nobody"));
        later = Duration.ofMinutes(5);
        tree.goDown();
        assertEquals("bob", people.find("bob").orElseThrow().account());
        assertThrows(DirectoryDown.class, () -> people.find("nobody"));
        assertThrows(DirectoryDown.class, () -> people.find("somebody else"));
    }
}
