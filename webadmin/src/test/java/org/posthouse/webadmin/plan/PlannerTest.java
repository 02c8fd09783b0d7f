package org.posthouse.webadmin.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.posthouse.schema.option.Effect;
import org.posthouse.schema.option.OptionFacts;
import org.posthouse.schema.option.Problem;
import org.posthouse.schema.status.State;
import org.posthouse.schema.tree.Entry;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.value.Place;
import org.posthouse.schema.value.Secret;
import org.posthouse.webadmin.form.House;
import org.posthouse.webadmin.plan.Plan.About;
import org.posthouse.webadmin.plan.Plan.Act;
import org.posthouse.webadmin.plan.Plan.Difference;
import org.posthouse.webadmin.plan.Plan.Touch;
import org.posthouse.webadmin.pulse.Board;

/** What a plan tells before anything is written. */
class PlannerTest {

    private final House house = new House();
    private final Place nmap = house.mail1.child("cn", "NMAP Agent");
    private Running running = running(Map.of(house.smtp, 12L, nmap, 3L));

    @AfterEach
    void close() {
        house.close();
    }

    private Plan plan(Step... steps) {
        return new Planner(house.directory, house.tree(), running).plan(List.of(steps));
    }

    private static Step alter(Place place, String attribute, String... texts) {
        return new Step.Alter(place, Map.of(attribute, List.of(texts)));
    }

    private Running running(Map<Place, Long> sessions) {
        List<Board.Agent> agents = Stream.of(Kind.NMAP_AGENT, Kind.SMTP_AGENT, Kind.POP_AGENT, Kind.IMAP_AGENT)
                .map(kind -> {
                    Place place = house.mail1.child("cn", kind.label());
                    return new Board.Agent(
                            place,
                            kind,
                            obedience("running"),
                            List.of(),
                            Map.of("sessions", sessions.getOrDefault(place, 0L)),
                            List.of());
                })
                .toList();
        var server = new Board.Server(
                house.mail1,
                "mail1",
                obedience("running"),
                agents,
                Board.Queue.NONE,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        return new Running(Map.of(house.mail1, server), Map.of(house.host, ""));
    }

    private static Board.Obedience obedience(String state) {
        return new Board.Obedience(
                State.of(state), "", 1, 1, Optional.empty(), 1, Optional.empty(), Optional.empty(), List.of());
    }

    /** An attribute of a messaging server that is nobody's business. */
    static String secret() {
        return Kind.MESSAGING_SERVER.panels().stream()
                .flatMap(panel -> panel.options().stream())
                .filter(option -> option.secret() && option.type() == Secret.class)
                .map(OptionFacts::attribute)
                .findFirst()
                .orElseThrow();
    }

    private static List<String> said(Plan plan) {
        return plan.touches().stream()
                .map(touch -> touch.act() + " " + touch.kind())
                .toList();
    }

    @Test
    void aLiveOptionDisturbsNobody() {
        Plan plan = plan(alter(house.smtp, "posthouseAllowVrfy", "TRUE"));
        assertEquals(List.of(), plan.touches());
        Difference difference = plan.differences().getFirst();
        assertEquals(List.of("FALSE"), difference.before());
        assertEquals(List.of("TRUE"), difference.after());
        assertEquals(Effect.LIVE, difference.effect());
        assertEquals("smtp-options", difference.panel());
        assertTrue(plan.isSound());
    }

    @Test
    void aPortRebindsItsAgentAndTellsItsSessions() {
        Plan plan = plan(alter(house.smtp, "posthouseSmtpPort", "2626"));
        assertEquals(
                List.of(new Touch(house.mail1, house.smtp, Kind.SMTP_AGENT, Optional.of(house.host), Act.REBIND, 12)),
                plan.touches());
        assertEquals(12, plan.sessions());
    }

    @Test
    void theMessageStoreRestartsAllAgentsBecauseAllWorkOnItsMail() {
        Plan plan = plan(alter(nmap, "posthouseMessageStore", "elsewhere"));
        assertEquals(
                List.of("RESTART NMAP_AGENT", "RESTART SMTP_AGENT", "RESTART POP_AGENT", "RESTART IMAP_AGENT"),
                said(plan));
        assertEquals(15, plan.sessions());
        assertEquals(new Plan.Count(1, false), plan.mailboxes().get(house.mail1));
    }

    @Test
    void mailboxesOfADeletedServerAreNotSaidToComeBack() {
        assertEquals(Map.of(), plan(new Step.Remove(house.mail1)).mailboxes());
    }

    @Test
    void tenReasonsForARestartAreOneRestart() {
        Plan plan = plan(
                alter(nmap, "posthouseMessageStore", "elsewhere"),
                alter(house.mail1, "posthouseWorkDirectory", "other"),
                alter(house.smtp, "posthouseSmtpPort", "2626"),
                alter(house.smtp, "posthouseSmtpSslPort", "2627"));
        assertEquals(4, plan.differences().size());
        assertEquals(3, plan.steps().size(), "one step for each object");
        assertEquals(4, plan.touches(Act.RESTART).size());
        assertEquals(4, plan.touches().size());
    }

    @Test
    void anotherHostStopsItHereAndStartsItThereWhereAnEngineRuns() {
        Place host2 = house.host.parent().orElseThrow().child("cn", "host2");
        running = new Running(running.servers(), Map.of(house.host, "", host2, ""));
        Plan plan = plan(
                new Step.Make(host2, Kind.HOST_SERVER, Map.of()),
                alter(house.mail1, "posthouseHost", host2.toString()));
        assertEquals(4, plan.touches(Act.STOP).size());
        assertEquals(Optional.of(house.host), plan.touches(Act.STOP).getFirst().host());
        assertEquals(Optional.of(host2), plan.touches(Act.START).getFirst().host());
        assertTrue(plan.isSound(), plan.flaws().toString());
        assertEquals(List.of(), plan.warnings());
    }

    @Test
    void anAgentThatIsMadeStartsAndOneThatGoesStops() {
        Place pop = house.mail1.child("cn", "POP Agent");
        Plan gone = plan(new Step.Remove(pop));
        assertEquals(List.of("STOP POP_AGENT"), said(gone));
        house.directory.delete(pop, house.read(pop).revision());
        assertEquals(List.of("START POP_AGENT"), said(plan(new Step.Make(pop, Kind.POP_AGENT, Map.of()))));
    }

    @Test
    void whatStandsAlreadyAsItIsWantedIsNoStep() {
        assertTrue(plan(alter(house.smtp, "posthouseSmtpPort", "25")).isEmpty());
        assertTrue(plan(alter(house.mail1, "posthouseOfficialDomain", "EXAMPLE.com"))
                .isEmpty());
    }

    @Test
    void secretsAreMasked() {
        Plan plan = plan(alter(house.mail1, secret(), "not for every eye"));
        assertEquals(List.of(Plan.MASK), plan.differences().getFirst().after());
        assertFalse(plan.differences().toString().contains("not for every eye"));
    }

    @Test
    void dependentsAreThoseThatNameWhatGoes() {
        Plan plan = plan(new Step.Remove(house.host));
        assertEquals(
                List.of(house.mail1),
                plan.dependents().stream().map(Plan.Dependent::object).toList());
        assertEquals("hostServer", plan.dependents().getFirst().option().name());
        assertFalse(plan.isSound(), "a messaging server needs its host");
    }

    @Test
    void aProblemNamesItsObjectAndItsOption() {
        Plan plan = plan(
                alter(house.smtp, "posthouseSmtpPort", "70000"),
                alter(house.mail1, "posthousePostmaster", "cn=nobody,dc=posthouse"));
        assertEquals(
                List.of("SMTP Agent port", "mail1 postmaster"),
                plan.flaws().stream()
                        .map(flaw -> flaw.object().leaf() + " " + flaw.problem().option())
                        .toList());
    }

    @Test
    void whatNothingAppliesCannotBeSetButMayBeSwitchedOff() {
        Plan plan = plan(alter(house.mail1, "posthouseConnMgrEnabled", "TRUE"));
        assertEquals(
                List.of("connectionManagerEnabled"),
                plan.problems().stream().map(Problem::option).toList());
        assertTrue(plan.problems().getFirst().reason().contains("not available in this version"));
        Plan named = plan(alter(house.mail1, "posthouseConnMgr", house.mail1.toString()));
        assertEquals(
                List.of("connectionManager"),
                named.problems().stream().map(Problem::option).toList());
        assertTrue(plan(alter(house.mail1, "posthouseConnMgrEnabled", "FALSE")).isSound());
    }

    @Test
    void rulesAreThoseOfTheTreeAsItWouldBe() {
        Step hosting = alter(house.smtp, "posthouseUserDomain", "example.com");
        Plan one = plan(hosting);
        assertEquals("hostingDomains", one.flaws().getFirst().problem().option());
        Plan both = plan(hosting, alter(house.mail1, "posthouseOfficialDomain", "example.net"));
        assertTrue(
                both.flaws().stream().noneMatch(flaw -> flaw.problem().option().equals("hostingDomains")),
                both.flaws().toString());
    }

    @Test
    void theLastAdministratorStays() {
        Plan plan = plan(new Step.Remove(house.admin));
        assertTrue(
                plan.flaws().stream().anyMatch(flaw -> flaw.problem().reason().contains("last member")));
        assertTrue(
                plan.flaws().stream().anyMatch(flaw -> flaw.problem().reason().contains("Postmaster")));
    }

    @Test
    void whatCannotBeMadeIsSaid() {
        assertFalse(plan(new Step.Make(house.smtp, Kind.SMTP_AGENT, Map.of())).isSound());
        assertFalse(plan(new Step.Make(house.users.child("cn", "SMTP Agent"), Kind.SMTP_AGENT, Map.of()))
                .isSound());
        assertFalse(plan(new Step.Make(Place.of("cn=a,ou=nowhere,dc=posthouse"), Kind.USER, Map.of("sn", List.of("A"))))
                .isSound());
        assertFalse(plan(alter(house.users.child("cn", "ghost"), "sn", "G")).isSound());
    }

    @Test
    void anEngineThatIsSilentIsSaidAndOneThatNeverRanToo() {
        running = new Running(Map.of(), Map.of(house.host, "connection refused"));
        Plan.Warning silent =
                plan(alter(house.smtp, "posthouseSmtpPort", "2626")).warnings().getFirst();
        assertEquals(About.ENGINE_SILENT, silent.about());
        assertEquals("connection refused", silent.reason());
        running = Running.NOTHING;
        assertEquals(
                About.NO_ENGINE,
                plan(alter(house.smtp, "posthouseSmtpPort", "2626"))
                        .warnings()
                        .getFirst()
                        .about());
    }

    @Test
    void theStateSeenIsWhatThePlanIsHeldAgainst() {
        Entry seen = house.read(house.smtp);
        house.directory.save(house.smtp, Map.of(), Map.of("posthouseSmtpPort", List.of("2727")), seen.revision());
        Plan plan = new Planner(house.directory, house.tree(), running)
                .plan(List.of(alter(house.smtp, "posthouseSmtpPort", "2626")), List.of(seen));
        assertEquals(List.of("25"), plan.differences().getFirst().before());
        assertEquals(
                seen.revision(),
                Objects.requireNonNull(plan.stood().get(house.smtp)).revision());
    }
}
