package org.posthouse.webadmin.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.posthouse.schema.directory.DirectoryException.Conflict;
import org.posthouse.schema.option.Refused;
import org.posthouse.schema.tree.Entry;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.value.Place;
import org.posthouse.webadmin.form.House;

/** A change of several objects happens whole or not at all, whenever the console is killed. */
class CarryingTest {

    /** Stands for kill -9: nothing catches it. */
    private static final class Killed extends Error {
        private static final long serialVersionUID = 1L;
    }

    @TempDir
    private Path home;

    private final House house = new House();
    private final Place box = house.users.parent().orElseThrow().child("ou", "box");
    private final Place anna = box.child("cn", "anna");
    private final Place pop = house.mail1.child("cn", "POP Agent");
    private final Place imap = house.mail1.child("cn", "IMAP Agent");

    @AfterEach
    void close() {
        house.close();
    }

    private Plan plan(List<Step> steps) {
        return new Planner(house.directory, house.tree(), Running.NOTHING).plan(steps);
    }

    /** Makes a container with a user, alters a server and an agent, removes two agents. */
    private Plan mixture() {
        return plan(List.of(
                new Step.Remove(pop),
                new Step.Alter(house.mail1, Map.of("posthouseResolver", List.of("192.0.2.54"))),
                new Step.Alter(house.smtp, Map.of("posthouseSmtpPort", List.of("2626"))),
                new Step.Make(box, Kind.ORGANIZATIONAL_UNIT, Map.of("description", List.of("new"))),
                new Step.Make(anna, Kind.USER, Map.of("sn", List.of("Anna"))),
                new Step.Remove(imap)));
    }

    private Carrying carrying() {
        return new Carrying(house.directory, home, Clock.systemUTC());
    }

    private Path note() {
        return home.resolve("plan").resolve("underway.json");
    }

    /** What counts of the tree: everything but revisions and times. */
    private Map<Place, Map<String, List<String>>> state() {
        var state = new LinkedHashMap<Place, Map<String, List<String>>>();
        var all = new ArrayList<>(house.directory.configuration());
        house.directory.read(box).ifPresent(all::add);
        house.directory.read(anna).ifPresent(all::add);
        all.sort((one, two) -> one.place().compareTo(two.place()));
        for (Entry entry : all) {
            var attributes = new LinkedHashMap<>(entry.attributes());
            attributes.keySet().removeIf(name -> name.matches("(?i)posthouse(Revision|ConfigVersion)|modifyTimestamp"));
            state.put(entry.place(), attributes);
        }
        return state;
    }

    @Test
    void allOfItHappensInTheOrderMakesAltersRemoves() {
        var steps = new ArrayList<String>();
        new Carrying(house.directory, home, Clock.systemUTC(), steps::add).carryOut(mixture(), "admin");
        assertTrue(house.directory.read(anna).isPresent());
        assertEquals(Optional.of("2626"), house.read(house.smtp).value("posthouseSmtpPort"));
        assertTrue(house.directory.read(pop).isEmpty());
        assertTrue(house.directory.read(imap).isEmpty());
        assertEquals(
                List.of("note", "make", "alter", "alter", "remark", "remove", "erase"),
                steps.stream().map(step -> step.split(" ", 2)[0]).toList());
        assertFalse(Files.exists(note()));
    }

    @Test
    void killedBeforeAnyStepItIsPutBackOrCompletedAtTheNextStart() {
        Map<Place, Map<String, List<String>>> before = state();
        int step = 0;
        boolean killed = true;
        while (killed) {
            int at = step++;
            var count = new int[1];
            var carrying = new Carrying(house.directory, home, Clock.systemUTC(), each -> {
                if (count[0]++ == at) {
                    throw new Killed();
                }
            });
            Plan plan = mixture();
            try {
                carrying.carryOut(plan, "admin");
                killed = false;
            } catch (Killed kill) {
                Optional<Mended> mended = carrying().mend();
                boolean completed = mended.filter(Mended::completed).isPresent();
                assertFalse(Files.exists(note()), "the note is gone after step " + at);
                if (completed) {
                    assertTrue(house.directory.read(pop).isEmpty()
                            && house.directory.read(anna).isPresent());
                    return;
                }
                assertEquals(before, state(), "put back after a kill before step " + at);
            }
        }
        throw new AssertionError("no kill came after the removals began");
    }

    @Test
    void whoAskedForItGetsTheRestWrittenAfterAKillBeforeAnyStep() {
        for (int at = 1; at < 7; at++) {
            int kill = at;
            var count = new int[1];
            Carrying killed = finishing(each -> {
                if (count[0]++ == kill) {
                    throw new Killed();
                }
            });
            Plan plan = mixture();
            assertThrows(Killed.class, () -> killed.carryOut(plan, "admin"));
            Mended mended = carrying().mend().orElseThrow();
            assertTrue(mended.completed() && mended.left().isEmpty(), "after a kill before step " + at + ": " + mended);
            assertFalse(Files.exists(note()));
            assertTrue(house.directory.read(anna).isPresent());
            assertEquals(Optional.of("2626"), house.read(house.smtp).value("posthouseSmtpPort"));
            assertEquals(Optional.of("192.0.2.54"), house.read(house.mail1).value("posthouseResolver"));
            assertTrue(house.directory.read(pop).isEmpty()
                    && house.directory.read(imap).isEmpty());
            assertEquals(Optional.empty(), carrying().mend(), "once");
            asBefore();
        }
    }

    private Carrying finishing(java.util.function.Consumer<String> before) {
        return new Carrying(house.directory, home, Clock.systemUTC(), before, AfterInterruption.FINISH);
    }

    // What the mixture did, the other way round.
    private void asBefore() {
        new Carrying(house.directory, home, Clock.systemUTC())
                .carryOut(
                        plan(List.of(
                                new Step.Remove(anna),
                                new Step.Remove(box),
                                new Step.Make(pop, Kind.POP_AGENT, Map.of()),
                                new Step.Make(imap, Kind.IMAP_AGENT, Map.of()),
                                new Step.Alter(house.mail1, Map.of("posthouseResolver", List.of())),
                                new Step.Alter(house.smtp, Map.of("posthouseSmtpPort", List.of())))),
                        "admin");
    }

    @Test
    void whatTheDirectoryRefusesIsPutBackAlsoWhereTheRestWasToBeWritten() {
        Map<Place, Map<String, List<String>>> before = state();
        Carrying carrying = finishing(step -> {
            if (step.startsWith("alter " + house.mail1)) {
                throw new Refused(List.of());
            }
        });
        Plan plan = mixture();
        assertThrows(Refused.class, () -> carrying.carryOut(plan, "admin"));
        assertEquals(before, state());
        assertFalse(Files.exists(note()));
    }

    @Test
    void whatSomebodyElseChangedAfterTheKillIsTheirsAndTheRestIsWritten() {
        Carrying killed = finishing(each -> {
            if (each.equals("make " + box)) {
                throw new Killed();
            }
        });
        Plan plan = mixture();
        assertThrows(Killed.class, () -> killed.carryOut(plan, "admin"));
        house.directory.save(
                house.smtp,
                Map.of("posthouseSmtpPort", house.read(house.smtp).values("posthouseSmtpPort")),
                Map.of("posthouseSmtpPort", List.of("2727")),
                house.read(house.smtp).revision());
        Mended mended = carrying().mend().orElseThrow();
        assertEquals(List.of(house.smtp), mended.left());
        assertEquals(Optional.of("2727"), house.read(house.smtp).value("posthouseSmtpPort"));
        assertTrue(house.directory.read(anna).isPresent()
                && house.directory.read(pop).isEmpty());
    }

    @Test
    void killedWhileItIsPutBackItIsPutBackAllTheSame() {
        Map<Place, Map<String, List<String>>> before = state();
        var count = new int[1];
        var carrying = new Carrying(house.directory, home, Clock.systemUTC(), each -> {
            if (count[0]++ == 4) {
                throw new Killed();
            }
        });
        assertThrows(Killed.class, () -> carrying.carryOut(mixture(), "admin"));
        // Half of the putting back was done when the console died again.
        Entry server = house.read(house.mail1);
        house.directory.save(
                house.mail1,
                Map.of("posthouseResolver", server.values("posthouseResolver")),
                Map.of("posthouseResolver", List.of("192.0.2.53")),
                server.revision());
        assertTrue(carrying().mend().isPresent());
        assertEquals(before, state());
    }

    @Test
    void whatSomebodyElseChangedMeanwhileIsTheirs() {
        var count = new int[1];
        var carrying = new Carrying(house.directory, home, Clock.systemUTC(), each -> {
            if (count[0]++ == 4) {
                throw new Killed();
            }
        });
        assertThrows(Killed.class, () -> carrying.carryOut(mixture(), "admin"));
        Entry agent = house.read(house.smtp);
        house.directory.save(
                house.smtp,
                Map.of("posthouseSmtpPort", agent.values("posthouseSmtpPort")),
                Map.of("posthouseSmtpPort", List.of("2727")),
                agent.revision());
        Mended mended = carrying().mend().orElseThrow();
        assertEquals(List.of(house.smtp), mended.left());
        assertEquals(Optional.of("2727"), house.read(house.smtp).value("posthouseSmtpPort"));
        assertEquals(List.of("192.0.2.53"), house.read(house.mail1).values("posthouseResolver"));
    }

    @Test
    void aFailureHalfWayPutsBackWhatWasWritten() {
        Map<Place, Map<String, List<String>>> before = state();
        Plan plan = mixture();
        var carrying = new Carrying(house.directory, home, Clock.systemUTC(), step -> {
            if (step.equals("alter " + house.smtp)) {
                house.directory.save(
                        house.smtp,
                        Map.of(),
                        Map.of("description", List.of("x")),
                        house.read(house.smtp).revision());
            }
        });
        assertThrows(Conflict.class, () -> carrying.carryOut(plan, "admin"));
        Map<Place, Map<String, List<String>>> after = state();
        assertEquals(List.of("x"), Objects.requireNonNull(after.get(house.smtp)).remove("description"));
        assertEquals(before, after);
        assertFalse(Files.exists(note()));
    }

    @Test
    void nothingIsWrittenWhenAnObjectIsNotAsItWasSeen() {
        Plan plan = mixture();
        Entry agent = house.read(house.smtp);
        house.directory.save(house.smtp, Map.of(), Map.of("posthouseSmtpPort", List.of("2727")), agent.revision());
        Map<Place, Map<String, List<String>>> before = state();
        assertThrows(Conflict.class, () -> carrying().carryOut(plan, "admin"));
        assertEquals(before, state());
    }

    @Test
    void nothingIsWrittenWhileSomethingStandsAgainstIt() {
        Plan plan = plan(List.of(new Step.Alter(house.smtp, Map.of("posthouseSmtpPort", List.of("0")))));
        assertThrows(Refused.class, () -> carrying().carryOut(plan, "admin"));
    }

    @Test
    void theNoteIsForItsOwnerAloneAndHoldsNoSecretInClear() throws IOException {
        var carrying = new Carrying(house.directory, home, Clock.systemUTC(), step -> {
            if (step.startsWith("alter")) {
                throw new Killed();
            }
        });
        Plan plan = plan(List.of(
                new Step.Alter(house.mail1, Map.of(PlannerTest.secret(), List.of("not for every eye"))),
                new Step.Alter(house.smtp, Map.of("posthouseSmtpPort", List.of("2626")))));
        assertTrue(plan.isSound(), plan.flaws().toString());
        assertThrows(Killed.class, () -> carrying.carryOut(plan, "admin"));
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(note())));
        String text = Files.readString(note());
        assertFalse(text.contains("not for every eye"), text);
        assertTrue(text.contains("2626"), text);
    }

    @Test
    void aNoteThatCannotBeUnderstoodIsPutAside() throws IOException {
        Files.createDirectories(note().getParent());
        Files.writeString(note(), "{\"who\": \"adm");
        assertTrue(carrying().mend().isEmpty());
        assertTrue(Files.exists(note().resolveSibling("underway.unreadable.json")));
        carrying().carryOut(mixture(), "admin");
    }
}
