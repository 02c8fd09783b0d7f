package org.posthouse.webadmin.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.posthouse.schema.directory.Directory;
import org.posthouse.schema.directory.NewObject;
import org.posthouse.schema.tree.Entry;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.value.Place;
import org.posthouse.webadmin.form.House;

/** What other LDAP tools and other consoles do to users, groups, and containers, also while this console is down. */
class ForeignToolsTest {

    private static final String PASSWORD = "never to be seen";
    private static final String LOCKOUT = "Since then, no user can sign in to the console.";

    @TempDir
    private Path home;

    private House house;
    private History history;
    private Others others;

    @BeforeEach
    void open() throws IOException {
        house = new House();
        house.directory.create(new NewObject(user("anna"), Kind.USER, Map.of("sn", List.of("Berg"))));
        house.directory.create(new NewObject(
                house.users.child("cn", "staff"),
                Kind.GROUP,
                Map.of("member", List.of(user("anna").toString()))));
        start();
    }

    @AfterEach
    void close() throws IOException {
        stop();
        house.close();
    }

    private void start() throws IOException {
        history = History.open(home, Clock.systemUTC(), () -> Optional.of("secret"), "console A");
        others = Others.follow(history, house.directory, "cn=nobody", Clock.systemUTC());
        await(() -> others.isSurveyed());
    }

    private void stop() throws IOException {
        others.close();
        history.close();
    }

    private static void await(BooleanSupplier something) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
        while (!something.getAsBoolean()) {
            assertTrue(System.nanoTime() < end, "nothing came of it");
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(120));
        }
    }

    private Place user(String name) {
        return house.users.child("cn", name);
    }

    private List<Change> whileDown(Runnable tool) throws IOException {
        stop();
        // A server counts in seconds.
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1_100));
        tool.run();
        start();
        List<Change> found = history.find(Filter.ALL, 0, 50).changes();
        stop();
        start();
        assertEquals(found.size(), history.find(Filter.ALL, 0, 50).changes().size(), "it was found twice");
        return found;
    }

    private Deed only(List<Change> changes) {
        assertEquals(1, changes.size(), changes.toString());
        assertEquals(Author.By.TOOL, changes.getFirst().author().by());
        return changes.getFirst().deeds().getFirst();
    }

    private void describe(Directory by, Place place, String text) {
        Entry now = house.read(place);
        by.save(
                place,
                Map.of("description", now.values("description")),
                Map.of("description", List.of(text)),
                now.revision());
    }

    @Test
    void aUserDeletedWhileTheConsoleWasDownIsFoundWithItsAttributes() throws IOException {
        Deed deed = only(whileDown(() -> house.server.delete(user("anna").toString())));
        assertEquals(Deed.What.REMOVED, deed.what());
        assertEquals(user("anna").toString(), deed.object());
        assertEquals(Kind.USER, deed.kind());
        assertEquals(
                List.of(Value.open("Berg")),
                deed.alterations().stream()
                        .filter(each -> each.attribute().equals("sn"))
                        .findFirst()
                        .orElseThrow()
                        .before());
    }

    @Test
    void aUserMadeWhileTheConsoleWasDownIsFound() throws IOException {
        Deed deed = only(whileDown(() ->
                house.directory.create(new NewObject(user("karl"), Kind.USER, Map.of("sn", List.of("Karlsen"))))));
        assertEquals(Deed.What.MADE, deed.what());
        assertEquals(user("karl").toString(), deed.object());
    }

    @Test
    void aUserChangedWhileTheConsoleWasDownIsFoundWithWhatWasBefore() throws IOException {
        Deed deed = only(whileDown(() -> house.directory.save(
                user("anna"),
                Map.of("sn", List.of("Berg")),
                Map.of("sn", List.of("Berger")),
                house.read(user("anna")).revision())));
        assertEquals(Deed.What.CHANGED, deed.what());
        assertEquals(
                List.of(new Alteration("sn", List.of(Value.open("Berg")), List.of(Value.open("Berger")), true)),
                deed.alterations());
    }

    @Test
    void aRenameIsOneChange() throws IOException {
        List<Change> changes = whileDown(() -> house.server.rename(user("anna").toString(), "cn=anna maria"));
        assertEquals(1, changes.size());
        assertEquals(
                List.of(Deed.What.REMOVED, Deed.What.MADE),
                changes.getFirst().deeds().stream().map(Deed::what).toList());
        assertTrue(
                changes.getFirst().remark().startsWith("Renamed from"),
                changes.getFirst().remark());
    }

    @Test
    void groupsAndContainersAreRecordedToo() throws IOException {
        List<Change> changes = whileDown(() -> {
            describe(house.directory, house.users.child("cn", "staff"), "a group");
            describe(house.directory, house.users, "a container");
            house.directory.create(
                    new NewObject(house.users.child("ou", "deeper"), Kind.ORGANIZATIONAL_UNIT, Map.of()));
        });
        assertEquals(3, changes.size());
    }

    @Test
    void aContainerDeletedWithAllInItIsOneChange() throws IOException {
        Place deeper = house.users.child("ou", "deeper");
        house.directory.create(new NewObject(deeper, Kind.ORGANIZATIONAL_UNIT, Map.of()));
        house.directory.create(new NewObject(deeper.child("cn", "eva"), Kind.USER, Map.of("sn", List.of("E"))));
        await(() -> history.size() == 2);
        List<Change> changes = whileDown(() -> house.server.deleteAll(deeper.toString()));
        assertEquals(3, changes.size());
        assertEquals(2, changes.getFirst().deeds().size());
    }

    @Test
    void aUserDeletedWhileTheConsoleRunsIsRecorded() throws IOException {
        house.directory.delete(user("anna"), house.read(user("anna")).revision());
        await(() -> history.size() == 1);
        Deed deed = only(history.find(Filter.ALL, 0, 50).changes());
        assertEquals(Deed.What.REMOVED, deed.what());
    }

    @Test
    void passwordsAreNeverWritten() throws IOException {
        whileDown(() -> house.directory.setPassword(user("anna"), PASSWORD));
        Change change = history.find(Filter.ALL, 0, 50).changes().getFirst();
        assertTrue(change.remark().contains("password"), change.remark());
        try (Stream<Path> files = Files.walk(home)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertTrue(!Files.readString(file).contains(PASSWORD), file.toString());
            }
        }
    }

    @Test
    void ownChangesToUsersAreNotTakenForOthers() throws IOException {
        Directory own = house.directory.observed(history.scribe(Records.ANNA));
        own.create(
                new NewObject(user("karl"), Kind.USER, Map.of("sn", List.of("K"), "mail", List.of("k@example.com"))));
        describe(own, user("karl"), "one");
        own.setPassword(user("karl"), PASSWORD);
        describe(own, user("anna"), "two");
        own.delete(user("anna"), house.read(user("anna")).revision());
        List<Change> changes = whileDown(() -> {});
        assertEquals(5, changes.size(), changes.toString());
        assertTrue(changes.stream().allMatch(each -> each.author().equals(Records.ANNA)));
    }

    @Test
    void theAuthorOfAnotherConsoleTravelsWithTheChange() throws IOException {
        Path elsewhere = Files.createDirectory(home.resolve("elsewhere"));
        try (History other = History.open(elsewhere, Clock.systemUTC(), () -> Optional.of("secret"), "console B")) {
            Directory second = house.directory.observed(other.scribe(Records.ANNA));
            describe(second, house.smtp, "by Anna");
            await(() -> history.size() == 1);
            describe(second, user("anna"), "by Anna");
            await(() -> history.size() == 2);
            second.delete(user("anna"), house.read(user("anna")).revision());
            await(() -> history.size() == 3);
            second.create(new NewObject(user("karl"), Kind.USER, Map.of("sn", List.of("K"))));
            await(() -> history.size() == 4);
            second.delete(house.smtp, house.read(house.smtp).revision());
            await(() -> history.size() >= 5);
        }
        for (Change change : history.find(Filter.ALL, 0, 50).changes()) {
            assertEquals(Records.ANNA.who(), change.author().who(), change.toString());
            assertEquals(Records.ANNA.by(), change.author().by());
            assertEquals("Changed through the console console B. Recorded by the console console A.", change.remark());
        }
    }

    @Test
    void aToolThatChangesAfterAnotherConsoleIsNotTakenForIt() throws IOException {
        Path elsewhere = Files.createDirectory(home.resolve("elsewhere"));
        try (History other = History.open(elsewhere, Clock.systemUTC(), () -> Optional.of("secret"), "console B")) {
            describe(house.directory.observed(other.scribe(Records.ANNA)), user("anna"), "by Anna");
            await(() -> history.size() == 1);
        }
        List<Change> changes = whileDown(() -> house.directory.mark(user("anna"), Map.of("sn", List.of("Other"))));
        assertEquals(2, changes.size());
        assertEquals(Author.By.TOOL, changes.getFirst().author().by());
    }

    @Test
    void whateverTakesTheLastAdministratorAwayIsSaidInItsEntry() throws IOException {
        Place group = house.directory.administrators();
        assertTrue(isLockout(1, house.admin, "posthouseMessagingEnabled", "FALSE"));
        assertFalse(isLockout(2, house.admin, "posthouseMessagingEnabled", "TRUE"));
        assertTrue(isLockout(3, group, "member", user("anyone").toString()));
        assertFalse(isLockout(4, group, "member", house.admin.toString()));
        assertFalse(isLockout(5, user("anna"), "posthouseMessagingEnabled", "FALSE"));
        Change rename = whileDown(() -> house.server.rename(house.admin.toString(), "cn=boss"))
                .getFirst();
        assertTrue(rename.remark().startsWith("Renamed from"), rename.remark());
        assertTrue(rename.remark().endsWith(LOCKOUT), rename.remark());
    }

    private boolean isLockout(int number, Place place, String attribute, String value) throws IOException {
        Entry now = house.read(place);
        house.directory.save(
                place, Map.of(attribute, now.values(attribute)), Map.of(attribute, List.of(value)), now.revision());
        await(() -> history.size() == number);
        Change change = history.find(Filter.ALL, 0, 1).changes().getFirst();
        return change.remark().equals(LOCKOUT);
    }
}
