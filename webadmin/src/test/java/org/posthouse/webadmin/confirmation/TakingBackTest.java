package org.posthouse.webadmin.confirmation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.posthouse.schema.directory.NewObject;
import org.posthouse.schema.option.Problem;
import org.posthouse.schema.option.Refused;
import org.posthouse.schema.tree.Entry;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.value.Place;
import org.posthouse.webadmin.form.Draft;
import org.posthouse.webadmin.form.House;
import org.posthouse.webadmin.listener.OwnServer;
import org.posthouse.webadmin.plan.Plan;
import org.posthouse.webadmin.plan.Steps;

/** Which changes have to be confirmed, and what comes back when nobody does. */
class TakingBackTest {

    private House house;
    private Place console;
    private Place group;
    private Place anna;

    @BeforeEach
    void open() {
        house = new House();
        console = OwnServer.place(house.directory);
        house.directory.create(
                new NewObject(console, Kind.WEBADMIN_SERVER, Map.of("posthouseWebAdminPort", List.of("18089"))));
        group = house.directory.administrators();
        anna = house.users.child("cn", "anna");
        house.directory.create(new NewObject(anna, Kind.USER, Map.of("sn", List.of("Anna"))));
    }

    @AfterEach
    void close() {
        house.close();
    }

    private Pending saved(Draft draft) {
        Pending pending = pending(draft);
        house.save(draft);
        return pending;
    }

    private Pending pending(Draft draft) {
        return new Pending("1", draft.holder().place(), "test", risky(draft), List.of(), Instant.EPOCH, Instant.EPOCH);
    }

    private List<Pending.Part> risky(Draft draft) {
        Plan plan = house.changes().plan(Steps.of(draft), List.of(draft.holder()));
        return Lockout.in(plan, house.directory).getOrDefault(draft.holder().place(), List.of());
    }

    private Draft connection() {
        return house.draft(console, "webadmin-connection");
    }

    private Draft members(List<Place> wanted) {
        Draft draft = house.draft(group, "group-members");
        draft.set("members", wanted.stream().map(Place::toString).toList());
        return draft;
    }

    private void write(Place place, String attribute, String value) {
        Entry now = house.read(place);
        house.directory.save(
                place,
                Map.of(attribute, now.values(attribute)),
                Map.of(attribute, value.isEmpty() ? List.of() : List.of(value)),
                now.revision());
    }

    private List<Place> administrators() {
        return house.read(group).values("member").stream()
                .map(Place::of)
                .sorted()
                .toList();
    }

    @Test
    void whatStoodBeforeComesBack() {
        Draft draft = connection();
        draft.set("httpPort", List.of("19089"));
        draft.set("httpsPort", List.of("19449"));
        Pending pending = saved(draft);
        assertEquals(List.of("19449"), house.read(console).values("posthouseWebAdminSslPort"));
        assertEquals(List.of(), TakingBack.run(house.directory, pending));
        assertEquals(List.of("18089"), house.read(console).values("posthouseWebAdminPort"));
        assertEquals(List.of(), house.read(console).values("posthouseWebAdminSslPort"));
    }

    @Test
    void takingBackTwiceChangesNothing() {
        Draft draft = connection();
        draft.set("httpPort", List.of("19089"));
        Pending pending = saved(draft);
        TakingBack.run(house.directory, pending);
        long revision = house.read(console).revision();
        assertEquals(List.of(), TakingBack.run(house.directory, pending));
        assertEquals(revision, house.read(console).revision());
    }

    @Test
    void aChangeThatNeverReachedTheDirectoryIsNotTakenBack() {
        Draft draft = connection();
        draft.set("httpPort", List.of("19089"));
        Pending pending = pending(draft);
        long revision = house.read(console).revision();
        assertEquals(List.of(), TakingBack.run(house.directory, pending));
        assertEquals(revision, house.read(console).revision());
    }

    @Test
    void whatSomebodyElseSavedMeanwhileStaysAndIsNamed() {
        Draft draft = connection();
        draft.set("httpPort", List.of("19089"));
        draft.set("httpsPort", List.of("19449"));
        Pending pending = saved(draft);
        write(console, "posthouseWebAdminPort", "20000");
        write(console, "posthouseWebAdminAddress", "127.0.0.2");
        assertEquals(List.of("httpPort"), TakingBack.run(house.directory, pending));
        assertEquals(List.of("20000"), house.read(console).values("posthouseWebAdminPort"));
        assertEquals(List.of("127.0.0.2"), house.read(console).values("posthouseWebAdminAddress"));
        assertEquals(List.of(), house.read(console).values("posthouseWebAdminSslPort"));
    }

    @Test
    void anObjectThatIsGoneNeedsNothing() {
        Draft draft = connection();
        draft.set("httpPort", List.of("19089"));
        Pending pending = saved(draft);
        house.directory.delete(console, house.read(console).revision());
        assertEquals(List.of(), TakingBack.run(house.directory, pending));
    }

    @Test
    void anAdministratorComesBackAndTheOthersAddedStay() {
        house.save(members(List.of(house.admin, anna)));
        Pending pending = saved(members(List.of(anna)));
        Place bela = house.users.child("cn", "bela");
        house.directory.create(new NewObject(bela, Kind.USER, Map.of("sn", List.of("Bela"))));
        Draft others = members(List.of(anna, bela));
        Entry seen = others.holder();
        house.directory.save(group, Map.of("member", seen.values("member")), others.writes(), seen.revision());
        TakingBack.run(house.directory, pending);
        assertEquals(List.of(house.admin, anna, bela).stream().sorted().toList(), administrators());
    }

    @Test
    void whoWasExchangedIsExchangedBack() {
        Pending pending = saved(members(List.of(anna)));
        TakingBack.run(house.directory, pending);
        assertEquals(List.of(house.admin), administrators());
    }

    @Test
    void theLastAdministratorStays() {
        List<Problem> problems = house.problems(members(List.of()));
        assertEquals(List.of("members"), problems.stream().map(Problem::option).toList());
        assertThrows(Refused.class, () -> house.save(members(List.of())));
    }

    @Test
    void onlyAUserCanAdminister() {
        assertTrue(house.problems(members(List.of(house.admin, house.mail1))).stream()
                .anyMatch(problem -> problem.reason().contains("not a User")));
    }

    @Test
    void onlyWhatCanLockOutHasToBeConfirmed() {
        assertEquals(List.of(), risky(members(List.of(house.admin, anna))));
        assertEquals(1, risky(members(List.of(anna))).size());
        Place other = house.directory.internetServices().child("cn", "Postmasters");
        house.directory.create(
                new NewObject(other, Kind.GROUP, Map.of("member", List.of(house.admin.toString(), anna.toString()))));
        Draft draft = house.draft(other, "group-members");
        draft.set("members", List.of(anna.toString()));
        assertEquals(List.of(), risky(draft));
        Place elsewhere = house.directory.internetServices().child("ou", "WebAdmin of another host");
        house.directory.create(new NewObject(elsewhere, Kind.WEBADMIN_SERVER, Map.of()));
        Draft foreign = house.draft(elsewhere, "webadmin-connection");
        foreign.set("httpPort", List.of("19089"));
        assertEquals(List.of(), risky(foreign));
    }

    @Test
    void aSecondChangeIsRefusedWhileTheFirstWaits() {
        Draft first = connection();
        first.set("httpPort", List.of("19089"));
        Pending pending = saved(first);
        Draft second = connection();
        second.set("httpsPort", List.of("19449"));
        Problem problem =
                Lockout.whileWaiting(second.holder(), second.writes(), pending).getFirst();
        assertEquals("httpsPort", problem.option());
        assertTrue(problem.reason().contains("change 1 of this object waits to be confirmed"), problem.reason());
    }
}
