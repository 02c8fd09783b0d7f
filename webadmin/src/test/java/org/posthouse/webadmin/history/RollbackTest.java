package org.posthouse.webadmin.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.posthouse.schema.directory.Directory;
import org.posthouse.schema.directory.DirectoryException.Unwilling;
import org.posthouse.schema.directory.NewObject;
import org.posthouse.schema.tree.Entry;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.value.Place;
import org.posthouse.webadmin.form.House;
import org.posthouse.webadmin.plan.Carrying;
import org.posthouse.webadmin.plan.Plan;
import org.posthouse.webadmin.plan.Planner;
import org.posthouse.webadmin.plan.Running;
import org.posthouse.webadmin.undo.RollbackDecision;

/** A directory that went back to an older state than its history, and both answers to it. */
class RollbackTest {

    private static final String LIMIT = "posthouseMessageLimit";

    @TempDir
    private Path home;

    private House house;
    private History history;
    private Others others;
    private Directory own;
    private Place karl;
    private Runnable yesterday;

    @BeforeEach
    void open() throws IOException {
        house = new House();
        karl = house.users.child("cn", "karl");
        start();
        own.create(new NewObject(house.users.child("cn", "anna"), Kind.USER, Map.of("sn", List.of("A"))));
        limit("11");
        yesterday = house.server.backup();
        limit("12");
        own.create(new NewObject(karl, Kind.USER, Map.of("sn", List.of("K"))));
        own.delete(
                house.users.child("cn", "anna"),
                house.read(house.users.child("cn", "anna")).revision());
    }

    @AfterEach
    void close() throws IOException {
        stop();
        house.close();
    }

    private void start() throws IOException {
        history = History.open(home, Clock.systemUTC(), () -> Optional.of("secret"), "console A");
        own = house.directory.observed(history.scribe(Records.ANNA));
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

    private void limit(String value) {
        Entry smtp = house.read(house.smtp);
        own.save(house.smtp, Map.of(LIMIT, smtp.values(LIMIT)), Map.of(LIMIT, List.of(value)), smtp.revision());
    }

    private Rollback backToYesterday() throws IOException {
        stop();
        yesterday.run();
        start();
        return history.rollback().orElseThrow();
    }

    @Test
    void aDirectoryThatIsLookedAtWhileItChangesIsNotTakenForOlder() throws Exception {
        var aging = new Aging(history, house.directory, new Shadow(history.secrets()), Clock.systemUTC());
        Thread writer = Thread.ofPlatform()
                .start(() ->
                        IntStream.range(100, 400).mapToObj(Integer::toString).forEach(this::limit));
        boolean turned = false;
        while (writer.isAlive()) {
            turned |= aging.look();
        }
        writer.join();
        assertFalse(turned);
    }

    @Test
    void itIsFoundOutAtTheStartAndRecordedAsWhatItIs() throws IOException {
        int before = history.size();
        long known = history.revision();
        Rollback rollback = backToYesterday();
        assertEquals(known, rollback.known());
        assertTrue(rollback.shown() < known);
        assertEquals(before + 1, history.size());
        Change change = history.change(rollback.entry()).orElseThrow();
        assertEquals(Author.By.DIRECTORY, change.author().by());
        assertEquals("", change.author().who());
        assertTrue(change.remark().startsWith("The directory went back from revision"), change.remark());
        assertEquals(
                List.of(house.smtp.toString(), house.users.child("cn", "anna").toString(), karl.toString()),
                change.deeds().stream().map(Deed::object).sorted().toList().stream()
                        .sorted()
                        .toList());
    }

    @Test
    void itIsFoundOutWhileTheConsoleRuns() {
        // Twice as long as it takes to look at the number again.
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1_200));
        yesterday.run();
        await(() -> history.rollback().isPresent());
    }

    @Test
    void nothingIsChangedUntilSomebodyDecides() throws IOException {
        backToYesterday();
        Unwilling refused = assertThrows(Unwilling.class, () -> limit("13"));
        assertTrue(String.valueOf(refused.getMessage()).contains("older than its history"), refused.getMessage());
        assertEquals(List.of("11"), house.read(house.smtp).values(LIMIT));
        stop();
        start();
        assertTrue(history.rollback().isPresent(), "a pending decision was forgotten");
        assertThrows(Unwilling.class, () -> limit("13"));
    }

    private Plan plan(RollbackDecision decision) {
        return new Planner(own, own.tree(), Running.NOTHING).plan(decision.way().steps());
    }

    @Test
    void restoringBringsBackWhatTheHistoryKnows() throws IOException {
        Rollback rollback = backToYesterday();
        var decision = new RollbackDecision(history, own);
        Plan plan = plan(decision);
        decision.restore(0, () -> new Carrying(own, home, Clock.systemUTC()).carryOut(plan, "anna"));
        assertTrue(history.rollback().isEmpty());
        assertEquals(List.of("12"), house.read(house.smtp).values(LIMIT));
        assertTrue(house.directory.read(karl).isPresent());
        assertTrue(house.directory.read(house.users.child("cn", "anna")).isEmpty());
        assertTrue(house.directory.configVersion() > rollback.known(), "a number was given twice");
        assertEquals(rollback.known(), house.directory.acceptedRevision());
        limit("14");
        int size = history.size();
        stop();
        start();
        assertEquals(size, history.size(), "it was found twice");
        assertTrue(history.rollback().isEmpty());
    }

    @Test
    void aRestoreSaysWhosePasswordIsLost() throws IOException {
        backToYesterday();
        assertTrue(new RollbackDecision(history, own)
                .way().misfits().stream().anyMatch(misfit -> misfit.object().equals(karl.toString())));
    }

    @Test
    void acceptingKeepsTheOldState() throws IOException {
        Rollback rollback = backToYesterday();
        new RollbackDecision(history, own).accept(0);
        assertTrue(history.rollback().isEmpty());
        assertEquals(List.of("11"), house.read(house.smtp).values(LIMIT));
        assertTrue(house.directory.configVersion() > rollback.known());
        assertEquals(rollback.known(), house.directory.acceptedRevision());
        Change last = history.find(Filter.ALL, 0, 1).changes().getFirst();
        assertEquals(Records.ANNA.who(), last.author().who());
        limit("15");
        int size = history.size();
        stop();
        start();
        assertEquals(size, history.size());
        assertTrue(history.rollback().isEmpty());
    }

    @Test
    void theAlarmEndsWhenTheNewerDirectoryIsBack() throws IOException {
        Runnable today = house.server.backup();
        backToYesterday();
        stop();
        today.run();
        start();
        await(() -> history.rollback().isEmpty());
        Change change = history.find(Filter.ALL, 0, 1).changes().getFirst();
        assertEquals(Author.By.DIRECTORY, change.author().by());
        assertTrue(change.remark().startsWith("The directory is back"), change.remark());
        limit("16");
    }

    @Test
    void anotherDirectoryIsFoundOutThoughItsRevisionIsHigher() throws IOException {
        long known = history.revision();
        stop();
        Place services = house.directory.internetServices();
        house.server.replace(services, "posthouseSystemSecret", "the secret of another setup");
        house.server.replace(services, "posthouseConfigVersion", Long.toString(known + 1_000));
        start();
        Rollback rollback = history.rollback().orElseThrow();
        assertTrue(rollback.isOther());
        Unwilling refused = assertThrows(Unwilling.class, () -> limit("13"));
        assertTrue(String.valueOf(refused.getMessage()).contains("not the directory"), refused.getMessage());
        new RollbackDecision(history, own).accept(0);
        limit("13");
        stop();
        start();
        assertTrue(history.rollback().isEmpty(), "it is accepted for good");
    }

    @Test
    void theSecretThatNimsextMakesAgainIsTakenForNoOtherDirectory() throws IOException {
        new RollbackDecision(history, own).withNewNumbers(0, () -> {
            house.server.replace(
                    house.directory.internetServices(), "posthouseSystemSecret", "a secret that was made again");
            return true;
        });
        stop();
        start();
        assertTrue(history.rollback().isEmpty());
    }
}
