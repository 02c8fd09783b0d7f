package org.posthouse.webadmin.confirmation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.posthouse.schema.option.Refused;
import org.posthouse.schema.tree.Entry;
import org.posthouse.schema.value.Place;
import org.posthouse.webadmin.form.House;
import org.posthouse.webadmin.plan.Carrying;
import org.posthouse.webadmin.plan.Plan;
import org.posthouse.webadmin.plan.Planner;
import org.posthouse.webadmin.plan.Running;
import org.posthouse.webadmin.plan.Step;

/** Changes that leave an administrator or a postmaster without mail or login wait for confirmation. */
class WithoutMailTest {

    @TempDir
    private Path folder;

    private House house;
    private Place nmap;
    private OfflineConfirmations confirmations;

    @BeforeEach
    void open() {
        house = new House();
        nmap = house.mail1.child("cn", "NMAP Agent");
        confirmations = new OfflineConfirmations(house.directory, folder.resolve("confirmations"), Clock.systemUTC());
    }

    @AfterEach
    void close() {
        house.close();
    }

    private void apply(Step... steps) {
        Plan plan = new Planner(house.directory, house.tree(), Running.NOTHING).plan(List.of(steps));
        assertTrue(plan.isSound(), plan.flaws().toString());
        var _ = confirmations.carryOut(
                plan, house.admin.toString(), new Carrying(house.directory, folder, Clock.systemUTC()));
    }

    private static Step alter(Place place, String attribute, String... texts) {
        return new Step.Alter(place, Map.of(attribute, List.of(texts)));
    }

    private Pending pending() {
        assertEquals(1, confirmations.all().size());
        return confirmations.all().getFirst();
    }

    @Test
    void aContextThatTheAdministratorIsInComesBack() {
        Entry before = house.read(house.mail1);
        apply(alter(house.mail1, "posthouseContext"));
        assertEquals(List.of(), house.read(house.mail1).values("posthouseContext"));
        confirmations.takeBack(pending(), "");
        assertEquals(before.values("posthouseContext"), house.read(house.mail1).values("posthouseContext"));
        assertEquals(List.of(), confirmations.all());
    }

    @Test
    void aDisabledServerIsKeptWhenSomebodyConfirmsIt() {
        apply(alter(house.mail1, "posthouseServerEnabled", "FALSE"));
        confirmations.keep(pending(), house.admin);
        assertEquals(List.of("FALSE"), house.read(house.mail1).values("posthouseServerEnabled"));
    }

    @Test
    void whoPutsItBackNeedNotConfirmAndOtherValuesHaveToWait() {
        apply(alter(nmap, "posthouseAgentEnabled", "FALSE"));
        apply(alter(nmap, "posthouseAgentEnabled", "TRUE"));
        assertEquals(List.of(), confirmations.all());
        Place elsewhere = house.users.parent().orElseThrow();
        apply(alter(house.mail1, "posthouseContext"));
        assertThrows(Refused.class, () -> apply(alter(house.mail1, "posthouseContext", elsewhere.toString())));
    }

    @Test
    void aDeletedAgentIsMadeAgain() {
        apply(new Step.Remove(house.smtp));
        assertTrue(house.directory.read(house.smtp).isEmpty());
        Pending pending = pending();
        assertTrue(pending.isDeletion());
        var again = new OfflineConfirmations(house.directory, folder.resolve("confirmations"), Clock.systemUTC());
        again.takeBack(again.all().getFirst(), "");
        assertEquals("SMTP Agent", house.read(house.smtp).name());
    }

    @Test
    void whatTakesMailFromOthersDoesNotWait() {
        apply(alter(house.mail1.child("cn", "IMAP Agent"), "posthouseAgentEnabled", "FALSE"));
        assertEquals(List.of(), confirmations.all());
    }
}
