package org.posthouse.mailcore.people;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.posthouse.mailcore.engine.Tree;
import org.posthouse.mailcore.settings.Snapshot;
import org.posthouse.schema.directory.Directory;
import org.posthouse.schema.directory.DirectoryException.DirectoryDown;
import org.posthouse.schema.directory.NewObject;
import org.posthouse.schema.tree.Entry;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.tree.MessagingServer;
import org.posthouse.schema.value.Place;

/** Whom a messaging server knows, in a directory in memory. */
class PeopleTest {

    @TempDir
    Path home;

    private final Tree tree = Tree.planted();
    private volatile String doubt = "";
    private final CardIndex cards = new CardIndex(tree::directory, () -> doubt, Clock.systemUTC());
    private final People people = new People(this::snapshot, cards::read, cards::bind, cards::vouch);

    @BeforeEach
    void plant() {
        tree.server(
                "mail1",
                "127.0.0.1",
                Map.of("posthouseContext", List.of(tree.people().toString())),
                Kind.NMAP_AGENT,
                Kind.SMTP_AGENT);
        tree.save(tree.agent("mail1", Kind.SMTP_AGENT), Map.of("posthouseUserDomain", List.of("hosted.example")));
    }

    @AfterEach
    void close() {
        tree.close();
    }

    private Snapshot snapshot() {
        Directory directory = tree.directory();
        MessagingServer server = org.posthouse.schema.tree.Tree.of(List.of(
                        entry(directory, tree.server("mail1")),
                        entry(directory, tree.agent("mail1", Kind.NMAP_AGENT)),
                        entry(directory, tree.agent("mail1", Kind.SMTP_AGENT))))
                .servers()
                .getFirst();
        return new Snapshot(server, List.of(server), 1, Clock.systemUTC().instant());
    }

    private static Optional<Person> signIn(People people, String login, String password) {
        return people.authenticate(InetAddress.getLoopbackAddress(), new Credentials(login, password));
    }

    private static Entry entry(Directory directory, Place place) {
        return directory.read(place).orElseThrow();
    }

    @ParameterizedTest
    @CsvSource({
        "bob, bob",
        "Bob@Example.COM, bob",
        "bob@hosted.example, bob@hosted.example",
        "'\"bob\"@example.com', bob",
        "bob@[127.0.0.1], bob",
        "bob%other.example@example.com, bob%other.example@example.com",
        "other!bob@example.com, other!bob@example.com",
        "postmaster, anna",
        "Postmaster@hosted.example, anna"
    })
    void anAddressOfOursNamesAMailbox(String address, String mailbox) {
        assertEquals(Optional.of(mailbox), people.local(address));
    }

    @ParameterizedTest
    @CsvSource({"bob@elsewhere.example", "bob@[192.0.2.1]", "bob@sub.example.com", "bob@not a domain"})
    void anyOtherAddressIsRemote(String address) {
        assertEquals(Optional.empty(), people.local(address));
    }

    @Test
    void usersAreFoundInTheContextsAloneAndOneLevelDeep() {
        tree.directory().create(new NewObject(tree.people().child("ou", "deeper"), Kind.ORGANIZATIONAL_UNIT, Map.of()));
        tree.directory()
                .create(new NewObject(
                        tree.people().child("ou", "deeper").child("cn", "carl"),
                        Kind.USER,
                        Map.of("sn", List.of("C"))));
        assertEquals("bob", people.find("BOB").orElseThrow().account());
        assertTrue(people.find("carl").isEmpty());
        assertTrue(people.find("people").isEmpty());
        assertTrue(people.find("bob,ou=people").isEmpty());
    }

    private void eva(String name) {
        tree.save(tree.agent("mail1", Kind.SMTP_AGENT), Map.of("posthouseUserDomain", List.of("bücher.example")));
        Place place = tree.person(name);
        tree.directory().create(new NewObject(place, Kind.USER, Map.of("sn", List.of("E"))));
        tree.directory().setPassword(place, "eva's password");
    }

    @ParameterizedTest
    @ValueSource(strings = {"eva@bücher.example", "eva@xn--bcher-kva.example", "Eva@BÜCHER.example"})
    void eitherSpellingOfADomainMeansTheOneMailboxAndTheOneLogin(String name) {
        eva(name);
        for (String known : List.of("eva@bücher.example", "EVA@xn--bcher-kva.example", "ｅva@Bücher.example")) {
            String mailbox = people.local(known).orElseThrow();
            assertEquals(
                    "eva@xn--bcher-kva.example",
                    people.find(mailbox).orElseThrow().account(),
                    known);
            assertTrue(signIn(people, known, "eva's password").isPresent(), known);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bob\u0000",
                " bob",
                "bob ",
                "b\u00ADob",
                "\"bob\"",
                "bob\t",
                "bob\u200B",
                "bob@example.com ",
                "\"bob\"@example.com",
                "bob\u202E"
            })
    void aLoginNameIsNeitherTrimmedNorUnquoted(String login) {
        assertTrue(signIn(people, "bob", "bob").isPresent());
        assertTrue(signIn(people, "ＢＯＢ", "bob").isPresent());
        assertTrue(signIn(people, login, "bob").isEmpty(), login);
    }

    @Test
    void theAddressesShownAreThoseAtWhichMailArrives() {
        var resolver = snapshot().addresses();
        assertEquals(List.of("bob@example.com"), resolver.addresses("Bob"));
        assertEquals(List.of("\"john smith\"@example.com"), resolver.addresses("john smith"));
        assertEquals(
                List.of("eva@hosted.example"),
                resolver.addresses("eva@hosted.example").subList(0, 1));
        assertEquals(
                List.of(),
                resolver.addresses("eva@elsewhere.example").stream()
                        .filter(address -> !address.startsWith("\""))
                        .toList());
        resolver.addresses("anna").forEach(address -> assertEquals(Optional.of("anna"), people.local(address)));
    }

    @Test
    void aUserHasTheMailboxIdThatTheDirectoryKeeps() {
        Person bob = people.find("bob").orElseThrow();
        assertFalse(bob.mailboxId().isEmpty());
        assertEquals(Optional.of(bob.mailboxId()), people.owner("BOB"));
        assertEquals(Optional.empty(), people.owner("nobody"));
    }

    @Test
    void aUserWithMessagingDisabledIsUnknown() {
        tree.save(tree.person("bob"), Map.of("posthouseMessagingEnabled", List.of("FALSE")));
        assertTrue(people.find("bob").isEmpty());
        assertTrue(signIn(people, "bob", "bob").isEmpty());
    }

    @Test
    void aliasesLeadToTheirUserAndEndlessOnesNowhere() {
        alias("robert", "bob");
        alias("ping", "pong");
        alias("pong", "ping");
        assertEquals("bob", people.find("robert").orElseThrow().account());
        assertTrue(people.find("ping").isEmpty());
        assertEquals(Optional.of("leads back to itself"), people.astray("ping"));
        assertEquals(Optional.empty(), people.astray("robert"));
        assertEquals(Optional.empty(), people.astray("nobody"));
    }

    @Test
    void anAliasOfNothingOrOfAUserNotServedSaysSo() {
        alias("lost", "gone");
        tree.directory()
                .create(new NewObject(
                        tree.person("far"), Kind.ALIAS, Map.of("aliasedObjectName", List.of("cn=bob," + tree.acme()))));
        assertEquals(Optional.of("points to an object that does not exist"), people.astray("lost"));
        assertEquals(Optional.of("points outside the containers served here"), people.astray("far"));
    }

    private void alias(String name, String target) {
        tree.directory()
                .create(new NewObject(
                        tree.person(name),
                        Kind.ALIAS,
                        Map.of("aliasedObjectName", List.of(tree.person(target).toString()))));
    }

    @Test
    void aGroupHasItsMembersOnceAlsoThoseOfGroupsInIt() {
        group("inner", "bob", "outer");
        group("outer", "anna", "bob", "inner", "nobody");
        assertEquals(
                List.of("anna", "bob"),
                people.members("outer").stream().map(Person::account).toList());
        assertTrue(people.find("outer").isEmpty());
    }

    private void group(String name, String... members) {
        var places = java.util.Arrays.stream(members)
                .map(member -> tree.person(member).toString())
                .toList();
        tree.directory().create(new NewObject(tree.person(name), Kind.GROUP, Map.of("member", places)));
    }

    @Test
    void aPasswordIsCheckedByTheDirectoryAndAnEmptyOneNever() {
        assertEquals(
                "bob", signIn(people, "bob@example.com", "bob").orElseThrow().account());
        assertTrue(signIn(people, "bob", "wrong").isEmpty());
        assertTrue(signIn(people, "bob", "").isEmpty());
        assertTrue(signIn(people, "nobody", "nobody").isEmpty());
    }

    @Test
    void nobodyIsUnknownWhileTheDirectoryIsOlderThanTheSettingsInUse() {
        doubt = "The directory is older than the settings in use";
        assertTrue(people.find("bob").isPresent());
        assertThrows(DirectoryDown.class, () -> people.find("created today"));
        doubt = "";
        assertTrue(people.find("created today").isEmpty());
    }

    @Test
    void whoeverWasFoundBeforeIsStillFoundWhileTheDirectoryIsDown() {
        Snapshot last = snapshot();
        var offline = new People(() -> last, cards::read, cards::bind, cards::vouch);
        assertTrue(signIn(offline, "bob", "bob").isPresent());
        cards.doubtAll();
        tree.goDown();
        assertTrue(offline.find("bob").isPresent());
        assertTrue(signIn(offline, "bob", "bob").isPresent());
        assertThrows(DirectoryDown.class, () -> signIn(offline, "bob", "wrong"));
        assertThrows(DirectoryDown.class, () -> offline.find("anna"));
    }

    @Test
    void whatTheFeedSaysIsChangedIsReadAgain() {
        assertFalse(people.find("bob").isEmpty());
        assertTrue(people.find("carl").isEmpty());
        tree.user("carl");
        tree.save(tree.person("bob"), Map.of("displayName", List.of("Robert")));
        assertEquals("Test", people.find("bob").orElseThrow().displayName());
        assertTrue(people.find("carl").isEmpty());
        cards.forget(tree.person("carl"));
        cards.forget(tree.person("bob"));
        assertEquals("Robert", people.find("bob").orElseThrow().displayName());
        assertTrue(people.find("carl").isPresent());
    }
}
