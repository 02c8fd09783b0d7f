package org.posthouse.webadmin.change;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.posthouse.schema.directory.DirectoryException;
import org.posthouse.schema.tree.Entry;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.value.Place;
import org.posthouse.webadmin.form.House;
import org.posthouse.webadmin.form.RecordedHouse;
import org.posthouse.webadmin.history.Author;
import org.posthouse.webadmin.history.Change;
import org.posthouse.webadmin.history.Filter;
import org.posthouse.webadmin.history.History;
import org.posthouse.webadmin.plan.Step;
import org.posthouse.webadmin.undo.WayBack;

/** What is planned and applied together is one entry of the history, and can be undone as one. */
class OneEntryTest {

    @TempDir
    private Path folder;

    private RecordedHouse recorded;
    private House house;

    @BeforeEach
    void open() throws IOException {
        recorded = new RecordedHouse(folder, Author.By.API);
        house = recorded.house;
    }

    @AfterEach
    void close() throws IOException {
        recorded.close();
    }

    private ChangeService changes() {
        return house.changes(recorded.directory.saying("Applies a file"), house.admin.toString());
    }

    private List<Step> several() {
        Place box = Place.of("ou=box,o=Acme,dc=posthouse");
        var steps = new ArrayList<Step>(List.of(
                new Step.Make(box, Kind.ORGANIZATIONAL_UNIT, Map.of("description", List.of("new"))),
                new Step.Alter(house.smtp, Map.of("posthouseSmtpPort", List.of("2626"))),
                new Step.Alter(house.mail1, Map.of("posthouseResolver", List.of("192.0.2.54"))),
                new Step.Remove(house.mail1.child("cn", "POP Agent"))));
        for (int user = 0; user < 20; user++) {
            steps.add(new Step.Make(box.child("cn", "u" + user), Kind.USER, Map.of("sn", List.of("U"))));
        }
        return steps;
    }

    private List<Change> entries() throws IOException {
        return recorded.history.find(Filter.ALL, 0, 100).changes();
    }

    @Test
    void manyObjectsAreOneEntryThatCanBeUndone() throws IOException {
        Entry before = house.read(house.smtp);
        changes().apply(changes().plan(several()));
        assertEquals(1, entries().size());
        Change change = entries().getFirst();
        assertEquals(Change.State.DONE, change.state());
        assertEquals(24, change.objects());
        assertTrue(
                change.author().plan().startsWith("Applies a file: "),
                change.author().plan());
        WayBack.Steps way = new WayBack(recorded.history, recorded.directory)
                .undo(recorded.history.change(change.number()).orElseThrow());
        changes().apply(changes().plan(way.steps()));
        assertEquals(2, entries().size());
        assertEquals(before.values("posthouseSmtpPort"), house.read(house.smtp).values("posthouseSmtpPort"));
        assertTrue(house.directory.read(Place.of("ou=box,o=Acme,dc=posthouse")).isEmpty());
        assertTrue(house.directory.read(house.mail1.child("cn", "POP Agent")).isPresent());
    }

    @Test
    void eachObjectIsToldWithTheRevisionThatItGot() {
        var told = new ArrayList<History.Done>();
        recorded.history.whenDone(told::add);
        changes().apply(changes().plan(several()));
        assertEquals(1, told.size());
        History.Done done = told.getFirst();
        Place box = Place.of("ou=box,o=Acme,dc=posthouse");
        assertEquals(house.read(box).revision(), done.of(box).revision());
        assertTrue(done.of(box).revision() < done.revision());
        // An agent also takes what changes of its server.
        assertEquals(done.of(house.mail1).revision(), done.of(house.smtp).revision());
    }

    @Test
    void whatFailsInTheMiddleIsOneRefusedEntryAndNothingIsChanged() throws IOException {
        Entry smtp = house.read(house.smtp);
        ChangeService changes = changes();
        List<Step> steps = List.of(
                new Step.Alter(house.smtp, Map.of("posthouseSmtpPort", List.of("2626"))),
                // The directory's schema knows no such attribute.
                new Step.Alter(house.mail1, Map.of("noSuchAttribute", List.of("x"))));
        assertThrows(DirectoryException.class, () -> changes.apply(changes.plan(steps)));
        assertEquals(1, entries().size());
        assertEquals(Change.State.REFUSED, entries().getFirst().state());
        assertEquals(smtp.values("posthouseSmtpPort"), house.read(house.smtp).values("posthouseSmtpPort"));
    }

    @Test
    void oneObjectIsOneEntryAsEver() throws IOException {
        changes()
                .apply(changes()
                        .plan(List.of(new Step.Alter(house.smtp, Map.of("posthouseSmtpPort", List.of("2626"))))));
        assertEquals(1, entries().size());
        assertEquals(1, entries().getFirst().objects());
    }
}
