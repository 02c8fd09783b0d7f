package org.posthouse.webadmin.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.posthouse.schema.address.AccessChange;
import org.posthouse.schema.address.AccessComparison;
import org.posthouse.schema.address.Addressee;
import org.posthouse.schema.address.MailSystem;
import org.posthouse.schema.address.Population;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.tree.Tree;
import org.posthouse.schema.value.Place;
import org.posthouse.webadmin.form.House;

/** How long it takes to tell what a change does to 100,000 users. */
@Tag("bench")
class PeopleBench {

    private static final int USERS = 100_000;

    private static Population crowd(Place container) {
        var all = new ArrayList<Addressee>();
        for (int number = 0; number < USERS; number++) {
            all.add(new Addressee(container, "user" + number, Kind.USER, number % 50 != 0, List.of()));
        }
        return Population.of(all);
    }

    private static double millis(Runnable work) {
        long begun = System.nanoTime();
        work.run();
        return (System.nanoTime() - begun) / 1e6;
    }

    @Test
    void aContextOfAHundredThousandUsersGoes() {
        try (var house = new House()) {
            Tree before = house.tree();
            var mail1 = before.entry(house.mail1).orElseThrow();
            var attributes = new HashMap<>(mail1.attributes());
            attributes.remove("posthouseContext");
            Tree after = before.with(Map.of(
                    house.mail1,
                    Optional.of(new org.posthouse.schema.tree.Entry(
                            mail1.place(), mail1.kind(), mail1.revision(), attributes))));
            Population crowd = crowd(house.users);
            var times = new ArrayList<Double>();
            for (int run = 0; run < 5; run++) {
                times.add(millis(() -> {
                    var had = new MailSystem(before, crowd, MailSystem::isEnabled);
                    var has = new MailSystem(after, crowd, MailSystem::isEnabled);
                    List<AccessChange> changes = new AccessComparison(had, has, Set.of()).all();
                    assertEquals(98_000, changes.getFirst().number());
                }));
            }
            System.out.printf(
                    "%,d users compared: first %.0f ms, then %.0f ms%n", USERS, times.getFirst(), times.getLast());
            assertTrue(times.getLast() < 1_000);
        }
    }

    @Test
    void aHundredThousandUsersAreReadFromTheDirectory() {
        try (var house = new House()) {
            house.server.addUsers(house.users, USERS);
            var kept = house.directory.mirrored();
            double read = millis(() -> assertTrue(kept.population().all().count() > USERS));
            double again = millis(() -> assertTrue(kept.population().all().count() > USERS));
            var planner = new Planner(kept, kept.tree(), Running.NOTHING);
            List<Step> steps = List.of(new Step.Alter(house.mail1, Map.of("posthouseContext", List.of())));
            double plan = millis(() -> assertTrue(planner.plan(steps).people().isToBeConfirmed()));
            Plan made = planner.plan(steps);
            double renewed = millis(() -> assertSame(made, planner.renewed(made)));
            System.out.printf(
                    "%,d users: read from the directory in %.0f ms, kept: %.0f ms, plan %.0f ms, plan renewed %.2f ms%n",
                    USERS, read, again, plan, renewed);
            assertTrue(plan < 1_000);
            assertTrue(renewed < 100);
        }
    }
}
