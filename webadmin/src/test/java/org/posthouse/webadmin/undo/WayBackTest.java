package org.posthouse.webadmin.undo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.posthouse.schema.directory.Directory;
import org.posthouse.schema.directory.NewObject;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.value.Place;
import org.posthouse.webadmin.change.ChangeService;
import org.posthouse.webadmin.form.House;
import org.posthouse.webadmin.form.RecordedHouse;
import org.posthouse.webadmin.history.Author;
import org.posthouse.webadmin.history.Filter;
import org.posthouse.webadmin.history.History;
import org.posthouse.webadmin.plan.Plan;
import org.posthouse.webadmin.undo.Misfit.Why;

class WayBackTest {

    private static final String LIMIT = "posthouseMessageLimit";

    @TempDir
    private Path home;

    private RecordedHouse recorded;
    private House house;
    private History history;
    private Directory directory;

    @BeforeEach
    void open() throws IOException {
        recorded = new RecordedHouse(home, Author.By.PAGE);
        house = recorded.house;
        history = recorded.history;
        directory = recorded.directory;
    }

    @AfterEach
    void close() throws IOException {
        recorded.close();
    }

    private long save(Place place, String attribute, String... values) {
        recorded.save(place, attribute, values);
        return newest();
    }

    private long newest() {
        try {
            return history.find(Filter.ALL, 0, 1).changes().getFirst().number();
        } catch (IOException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }

    private WayBack.Steps undo(long number) {
        return new WayBack(history, directory).undo(history.change(number).orElseThrow());
    }

    private Plan carryOut(WayBack.Steps way) {
        ChangeService changes = house.changes(directory, house.admin.toString());
        Plan plan = changes.plan(way.steps());
        assertEquals(List.of(), plan.flaws());
        changes.apply(plan);
        return plan;
    }

    private static List<Why> why(WayBack.Steps way) {
        return way.misfits().stream().map(Misfit::why).toList();
    }

    @Test
    void aChangeIsTakenBackAndTheTakingBackIsAChangeOfItsOwn() {
        save(house.smtp, LIMIT, "10");
        long second = save(house.smtp, LIMIT, "20");
        WayBack.Steps way = undo(second);
        assertEquals(List.of(), way.misfits());
        carryOut(way);
        assertEquals(List.of("10"), house.read(house.smtp).values(LIMIT));
        assertEquals(3, history.size());
        carryOut(undo(newest()));
        assertEquals(List.of("20"), house.read(house.smtp).values(LIMIT));
    }

    @Test
    void whatWasChangedAgainSinceStaysAndIsSaid() {
        long first = save(house.smtp, LIMIT, "10");
        save(house.smtp, LIMIT, "20");
        WayBack.Steps way = undo(first);
        assertEquals(List.of(), way.steps());
        assertEquals(List.of(Why.CHANGED_SINCE), why(way));
        assertEquals("20", way.misfits().getFirst().now());
    }

    @Test
    void ofAListOnlyWhatTheChangeDidIsTakenBack() {
        save(house.smtp, "posthouseDomain", "a.example", "b.example");
        long second = save(house.smtp, "posthouseDomain", "b.example", "c.example");
        save(house.smtp, "posthouseDomain", "b.example", "c.example", "d.example");
        carryOut(undo(second));
        assertEquals(
                List.of("a.example", "b.example", "d.example"),
                house.read(house.smtp).values("posthouseDomain").stream()
                        .sorted()
                        .toList());
    }

    @Test
    void whatWasDeletedComesBackWithEverythingInItExceptPasswords() {
        Place unit = Place.of("ou=Sales,o=Acme,dc=posthouse");
        Place carol = unit.child("cn", "Carol");
        directory.create(new NewObject(unit, Kind.ORGANIZATIONAL_UNIT, Map.of()));
        directory.create(
                new NewObject(carol, Kind.USER, Map.of("sn", List.of("Jones"), "mail", List.of("carol@example.com"))));
        directory.setPassword(carol, "correct horse battery");
        directory.delete(unit, house.read(unit).revision());
        WayBack.Steps way = undo(newest());
        assertEquals(List.of(Why.PASSWORD), why(way));
        carryOut(way);
        assertEquals(Optional.of("carol@example.com"), house.read(carol).value("mail"));
        assertEquals(Optional.empty(), directory.signIn("Carol", "correct horse battery"));
    }

    @Test
    void anAgentThatWasDeletedComesBackAsItWas() {
        save(house.smtp, LIMIT, "10");
        directory.delete(house.smtp, house.read(house.smtp).revision());
        carryOut(undo(newest()));
        assertEquals(List.of("10"), house.read(house.smtp).values(LIMIT));
    }

    @Test
    void whatWasCreatedGoesAgainWithItsParts() {
        Place unit = Place.of("ou=Sales,o=Acme,dc=posthouse");
        directory.create(new NewObject(unit, Kind.ORGANIZATIONAL_UNIT, Map.of()));
        carryOut(undo(newest()));
        assertTrue(directory.read(unit).isEmpty());
        assertEquals(List.of(Why.GONE), why(undo(1)));
    }

    @Test
    void anObjectThatIsGoneOrThereAgainIsSaid() {
        long changed = save(house.smtp, LIMIT, "10");
        directory.delete(house.smtp, house.read(house.smtp).revision());
        long deleted = newest();
        assertEquals(List.of(Why.GONE), why(undo(changed)));
        directory.create(new NewObject(house.smtp, Kind.SMTP_AGENT, Map.of()));
        assertEquals(List.of(Why.THERE_AGAIN), why(undo(deleted)));
    }

    @Test
    void aSecretComesBackWithoutEverHavingBeenShown() {
        save(house.mail1, "posthouseSnmpAuthPassword", "first secret");
        save(house.mail1, "posthouseSnmpAuthPassword", "second secret");
        carryOut(undo(newest()));
        assertEquals(List.of("first secret"), house.read(house.mail1).values("posthouseSnmpAuthPassword"));
    }

    @Test
    void theWholeTreeGoesBackToAMoment() {
        save(house.smtp, LIMIT, "10");
        long moment = history.newest();
        save(house.smtp, LIMIT, "20");
        save(house.mail1, "posthouseWorkDirectory", "elsewhere");
        directory.delete(
                house.mail1.child("cn", "POP Agent"),
                house.read(house.mail1.child("cn", "POP Agent")).revision());
        directory.create(new NewObject(Place.of("ou=Sales,o=Acme,dc=posthouse"), Kind.ORGANIZATIONAL_UNIT, Map.of()));
        carryOut(new WayBack(history, directory).returnTo(moment, ""));
        assertEquals(List.of("10"), house.read(house.smtp).values(LIMIT));
        assertEquals(List.of(), house.read(house.mail1).values("posthouseWorkDirectory"));
        assertTrue(directory.read(house.mail1.child("cn", "POP Agent")).isPresent());
        assertTrue(directory.read(Place.of("ou=Sales,o=Acme,dc=posthouse")).isEmpty());
        assertEquals(
                List.of(), history.compare(moment, history.newest(), "", 0, 100).differences());
    }

    @Test
    void oneObjectGoesBackAndTheOthersStay() {
        long moment = history.newest();
        save(house.smtp, LIMIT, "20");
        save(house.mail1, "posthouseWorkDirectory", "elsewhere");
        carryOut(new WayBack(history, directory).returnTo(moment, house.smtp.toString()));
        assertEquals(List.of(), house.read(house.smtp).values(LIMIT));
        assertEquals(List.of("elsewhere"), house.read(house.mail1).values("posthouseWorkDirectory"));
    }

    @Test
    void aChangeThatWasRefusedCannotBeTakenBack() {
        try {
            directory.create(new NewObject(house.smtp, Kind.SMTP_AGENT, Map.of()));
        } catch (org.posthouse.schema.directory.DirectoryException taken) {
            assertEquals(List.of(Why.NOT_DONE), why(undo(newest())));
            return;
        }
        throw new AssertionError("it was created twice");
    }
}
