package org.posthouse.webadmin.change;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.posthouse.schema.address.AccessChange;
import org.posthouse.schema.address.AccessChange.Effect;
import org.posthouse.schema.directory.DirectoryException.NotAllowed;
import org.posthouse.schema.directory.NewObject;
import org.posthouse.schema.option.Refused;
import org.posthouse.schema.tree.Entry;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.value.Place;
import org.posthouse.webadmin.form.House;
import org.posthouse.webadmin.plan.Plan;
import org.posthouse.webadmin.plan.Step;

/** Plans that are applied later than they were made do to people what they said, or nothing. */
class LaterPlanTest {

    private static final String ENABLED = "posthouseMessagingEnabled";

    private final House house = new House();
    private final Place bob = house.users.child("cn", "bob");
    private final Place sales = house.users.parent().orElseThrow().child("ou", "sales");

    @BeforeEach
    void populate() {
        house.directory.create(new NewObject(bob, Kind.USER, Map.of("sn", List.of("bob"))));
        house.directory.create(new NewObject(sales, Kind.ORGANIZATIONAL_UNIT, Map.of()));
        save(house.mail1, "posthouseContext", house.users.toString(), sales.toString());
    }

    @AfterEach
    void close() {
        house.close();
    }

    private void save(Place place, String attribute, String... values) {
        Entry entry = house.read(place);
        house.directory.save(
                place,
                Map.of(attribute, entry.values(attribute)),
                Map.of(attribute, List.of(values)),
                entry.revision());
    }

    private static Step alter(Place place, String attribute, String... texts) {
        return new Step.Alter(place, Map.of(attribute, List.of(texts)));
    }

    private ChangeService changes() {
        return house.changes(house.directory, house.admin.toString());
    }

    private static Set<Effect> effects(Plan plan) {
        return plan.people().changes().stream().map(AccessChange::effect).collect(Collectors.toSet());
    }

    @Test
    void aContextThatSomebodyMovedIntoMeanwhileStaysManaged() {
        Plan plan = changes().plan(List.of(alter(house.mail1, "posthouseContext", house.users.toString())));
        assertEquals(Set.of(), effects(plan));
        house.directory.create(new NewObject(sales.child("cn", "carl"), Kind.USER, Map.of("sn", List.of("carl"))));
        var refused = assertThrows(Refused.class, () -> changes().apply(plan));
        assertTrue(
                refused.problems().getFirst().reason().contains("1 user (carl) no longer receives mail."),
                refused.problems().toString());
        assertEquals(2, house.read(house.mail1).values("posthouseContext").size());
        var _ = changes().apply(changes().plan(plan.steps()));
        assertEquals(1, house.read(house.mail1).values("posthouseContext").size());
    }

    @Test
    void aFewPeopleMoreLoseTheSameWithoutAnotherQuestion() {
        house.directory.create(new NewObject(sales.child("cn", "carl"), Kind.USER, Map.of("sn", List.of("carl"))));
        Plan plan = changes().plan(List.of(alter(house.mail1, "posthouseContext", house.users.toString())));
        house.directory.create(new NewObject(sales.child("cn", "dora"), Kind.USER, Map.of("sn", List.of("dora"))));
        var _ = changes().apply(plan);
        assertEquals(1, house.read(house.mail1).values("posthouseContext").size());
    }

    @Test
    void whoBecameAnAdministratorMeanwhileIsNotLockedOutUnasked() {
        Plan plan = changes().plan(List.of(alter(bob, ENABLED, "FALSE")));
        assertEquals(Set.of(), plan.people().lockedOut());
        save(house.directory.administrators(), "member", house.admin.toString(), bob.toString());
        assertThrows(Refused.class, () -> changes().apply(plan));
        var _ = changes().apply(changes().plan(plan.steps()));
        assertEquals(bob, house.confirmations.all().getFirst().object());
    }

    @Test
    void aRemovedMemberCanNoLongerSignInToTheConsole() {
        save(house.directory.administrators(), "member", house.admin.toString(), bob.toString());
        Plan plan = changes().plan(List.of(alter(house.directory.administrators(), "member", house.admin.toString())));
        assertEquals(Set.of(Effect.LOSES_CONSOLE), effects(plan));
        assertEquals(Set.of(bob), plan.people().lockedOut());
        var _ = changes().apply(plan);
        assertEquals(1, house.confirmations.all().size());
    }

    @Test
    void whoDisablesHimselfHasToConfirmIt() {
        save(house.directory.administrators(), "member", house.admin.toString(), bob.toString());
        Plan plan = changes().plan(List.of(alter(house.admin, ENABLED, "FALSE")));
        assertEquals(Set.of(Effect.LOSES_MAIL, Effect.LOSES_LOGIN, Effect.LOSES_CONSOLE), effects(plan));
        var _ = changes().apply(plan);
        house.confirmations.takeBack(house.confirmations.all().getFirst(), "");
        assertTrue(house.directory.isAdministrator(house.admin));
    }

    @Test
    void whoDeletesHimselfIsRefused() {
        save(house.directory.administrators(), "member", house.admin.toString(), bob.toString());
        save(house.mail1, "posthousePostmaster", bob.toString());
        Plan plan = changes().plan(List.of(new Step.Remove(house.admin)));
        assertThrows(NotAllowed.class, () -> changes().apply(plan));
    }
}
