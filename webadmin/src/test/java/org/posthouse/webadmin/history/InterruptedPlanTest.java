package org.posthouse.webadmin.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.posthouse.schema.directory.Directory;
import org.posthouse.schema.directory.DirectoryException;
import org.posthouse.schema.directory.NewObject;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.value.Place;
import org.posthouse.webadmin.form.House;
import org.posthouse.webadmin.plan.AfterInterruption;
import org.posthouse.webadmin.plan.Carrying;
import org.posthouse.webadmin.plan.Plan;
import org.posthouse.webadmin.plan.Planner;
import org.posthouse.webadmin.plan.Running;
import org.posthouse.webadmin.plan.Step;

/** A plan that ends in the middle stays one entry, which says how it ended after all; nobody else is blamed. */
class InterruptedPlanTest {

    private static final Author CONSOLE = new Author("cn=nobody", "", Author.By.CONSOLE);

    /** Stands for kill -9: nothing catches it. */
    private static final class Killed extends Error {
        private static final long serialVersionUID = 1L;
    }

    @TempDir
    private Path home;

    private House house;
    private History history;
    private Others others;
    private Place eva;

    @BeforeEach
    void open() throws IOException {
        house = new House();
        eva = house.users.child("cn", "eva");
        house.directory.create(new NewObject(eva, Kind.USER, Map.of("sn", List.of("Eva"))));
        start();
    }

    @AfterEach
    void close() throws IOException {
        stop();
        house.close();
    }

    private void start() throws IOException {
        history = History.open(home, Clock.systemUTC(), () -> java.util.Optional.of("secret"));
        Directory console = house.directory.observed(history.scribe(CONSOLE));
        others = Others.follow(
                history,
                console,
                "cn=nobody",
                Clock.systemUTC(),
                () -> carrying(console, step -> {}).mend());
        await(others::isSurveyed);
    }

    private void stop() throws IOException {
        others.close();
        history.close();
    }

    private static void await(BooleanSupplier something) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
        while (!something.getAsBoolean()) {
            assertTrue(System.nanoTime() < end, "nothing came of it");
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }

    private Carrying carrying(Directory directory, Consumer<String> before) {
        return new Carrying(directory, home, Clock.systemUTC(), before);
    }

    private Directory anna() {
        return house.directory.observed(history.scribe(Records.ANNA));
    }

    private Plan mixture(String last) {
        Place box = house.users.parent().orElseThrow().child("ou", "box");
        List<Step> steps = List.of(
                new Step.Make(box, Kind.ORGANIZATIONAL_UNIT, Map.of("description", List.of("new"))),
                new Step.Make(box.child("cn", "bob"), Kind.USER, Map.of("sn", List.of("Bob"))),
                new Step.Alter(eva, Map.of("sn", List.of("Evans"))),
                new Step.Alter(house.smtp, Map.of("posthouseSmtpPort", List.of("2626"))),
                new Step.Alter(house.mail1, Map.of(last, List.of("192.0.2.54"))),
                new Step.Remove(house.mail1.child("cn", "POP Agent")),
                new Step.Remove(house.mail1.child("cn", "IMAP Agent")));
        return new Planner(house.directory, house.tree(), Running.NOTHING).plan(steps);
    }

    private List<Change> changes() throws IOException {
        return history.find(Filter.ALL, 0, 20).changes();
    }

    // Everything that is noticed is written down once a later change by another tool is.
    private List<Change> changesUntilNow() throws IOException {
        Place witness = house.users.child("cn", "witness");
        house.directory.create(new NewObject(witness, Kind.USER, Map.of("sn", List.of("W"))));
        await(() -> history.latest(20).stream()
                .flatMap(change -> change.deeds().stream())
                .anyMatch(deed -> deed.object().equals(witness.toString())));
        List<Change> all = changes().stream()
                .filter(change ->
                        change.deeds().stream().noneMatch(deed -> deed.object().equals(witness.toString())))
                .toList();
        house.directory.delete(witness, house.read(witness).revision());
        return all;
    }

    /** Kills before a step and starts again; returns the state of the one entry. */
    private Change.State killedBefore(String step) throws IOException {
        var carrying = carrying(anna(), each -> {
            if (each.startsWith(step)) {
                throw new Killed();
            }
        });
        Plan plan = mixture("posthouseResolver");
        assertThrows(Killed.class, () -> carrying.carryOut(plan, "admin"));
        stop();
        start();
        List<Change> all = changesUntilNow();
        assertEquals(1, all.size(), all.toString());
        Change change = all.getFirst();
        assertEquals(Records.ANNA.who(), change.author().who());
        assertTrue(change.remark().contains("interrupted"), change.remark());
        assertTrue(history.verify().isWhole());
        return change.state();
    }

    @Test
    void killedAmongTheWritesItIsRefusedAndEverythingIsAsItWas() throws IOException {
        assertEquals(Change.State.REFUSED, killedBefore("alter " + house.smtp));
        assertEquals(List.of("Eva"), house.read(eva).values("sn"));
    }

    @Test
    void killedBeforeTheRemovalsItIsRefused() throws IOException {
        assertEquals(Change.State.REFUSED, killedBefore("remark"));
    }

    @Test
    void killedWhenTheRemovalsBeganItIsDoneAndTheRemovalsBelongToIt() throws IOException {
        assertEquals(Change.State.DONE, killedBefore("remove"));
        Change change = changes().stream()
                .filter(each -> each.state() == Change.State.DONE && each.objects() > 1)
                .findFirst()
                .orElseThrow();
        assertEquals(7, change.objects());
        assertTrue(house.directory.read(house.mail1.child("cn", "POP Agent")).isEmpty());
    }

    @Test
    void whoAskedForItFindsTheRestWrittenInTheSameEntry() throws IOException {
        var carrying = new Carrying(
                anna(),
                home,
                Clock.systemUTC(),
                each -> {
                    if (each.startsWith("alter " + eva)) {
                        throw new Killed();
                    }
                },
                AfterInterruption.FINISH);
        Plan plan = mixture("posthouseResolver");
        assertThrows(Killed.class, () -> carrying.carryOut(plan, "admin"));
        stop();
        start();
        List<Change> all = changesUntilNow();
        assertEquals(1, all.size(), all.toString());
        assertEquals(Change.State.DONE, all.getFirst().state());
        assertEquals(Records.ANNA.who(), all.getFirst().author().who());
        assertEquals(
                "It was interrupted and completed afterward.", all.getFirst().remark());
        assertEquals(7, all.getFirst().objects());
        assertEquals(List.of("Evans"), house.read(eva).values("sn"));
        assertTrue(history.verify().isWhole());
    }

    @Test
    void killedBeforeTheNoteIsGoneItIsDone() throws IOException {
        assertEquals(Change.State.DONE, killedBefore("erase"));
    }

    @Test
    void whatSomebodyElseChangedMeanwhileIsTheirsAndTheEntrySaysWhatStays() throws IOException {
        var carrying = carrying(anna(), each -> {
            if (each.equals("remark")) {
                throw new Killed();
            }
        });
        Plan plan = mixture("posthouseResolver");
        assertThrows(Killed.class, () -> carrying.carryOut(plan, "admin"));
        stop();
        var agent = house.read(house.smtp);
        house.directory.save(
                house.smtp,
                Map.of("posthouseSmtpPort", agent.values("posthouseSmtpPort")),
                Map.of("posthouseSmtpPort", List.of("2727")),
                agent.revision());
        start();
        List<Change> all = changesUntilNow();
        Change own = all.getLast();
        assertEquals(Change.State.UNCLEAR, own.state());
        assertTrue(own.remark().contains(house.smtp.toString()), own.remark());
        assertEquals(2, all.size(), all.toString());
        assertEquals(house.smtp.toString(), all.getFirst().deeds().getFirst().object());
    }

    @Test
    void whatIsPutBackWithinAFailedPlanIsNobodyElsesChange() throws IOException {
        Plan plan = mixture("noSuchAttribute");
        assertThrows(
                DirectoryException.class, () -> carrying(anna(), step -> {}).carryOut(plan, "admin"));
        List<Change> all = changesUntilNow();
        assertEquals(1, all.size(), all.toString());
        assertEquals(Change.State.REFUSED, all.getFirst().state());
        stop();
        start();
        assertEquals(1, changesUntilNow().size());
    }
}
