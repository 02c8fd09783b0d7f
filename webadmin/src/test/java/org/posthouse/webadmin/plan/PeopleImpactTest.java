package org.posthouse.webadmin.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.posthouse.schema.address.AccessChange;
import org.posthouse.schema.address.AccessChange.Effect;
import org.posthouse.schema.directory.Directory;
import org.posthouse.schema.directory.NewObject;
import org.posthouse.schema.licence.Issuer;
import org.posthouse.schema.licence.Trust;
import org.posthouse.schema.status.State;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.value.Place;
import org.posthouse.webadmin.form.House;
import org.posthouse.webadmin.pulse.Board;

/** What a plan says about people: who loses mail, who loses the login. */
class PeopleImpactTest {

    private final House house = new House();
    private final Place nmap = house.mail1.child("cn", "NMAP Agent");
    private final Place mail2 = house.mail1.parent().orElseThrow().child("ou", "mail2");
    private final Place sales = house.users.parent().orElseThrow().child("ou", "sales");

    @BeforeEach
    void populate() {
        user(house.users, "anna");
        user(house.users, "bob");
        save(house.smtp, "posthouseUserDomain", "hosted.example");
        save(house.smtp, "posthouseDomain", "second.example");
        user(house.users, "gil@hosted.example");
        house.directory.create(new NewObject(sales, Kind.ORGANIZATIONAL_UNIT, Map.of()));
        user(sales, "carl");
        house.directory.create(new NewObject(
                mail2,
                Kind.MESSAGING_SERVER,
                Map.of(
                        "posthouseHost", List.of(house.host.toString()),
                        "posthousePostmaster", List.of(house.admin.toString()),
                        "posthouseOfficialDomain", List.of("mail2.example"),
                        "posthouseContext", List.of(sales.toString()))));
        house.directory.create(new NewObject(mail2.child("cn", "NMAP Agent"), Kind.NMAP_AGENT, Map.of()));
        house.directory.create(new NewObject(mail2.child("cn", "SMTP Agent"), Kind.SMTP_AGENT, Map.of()));
    }

    @AfterEach
    void close() {
        house.close();
    }

    private void user(Place in, String name) {
        house.directory.create(new NewObject(in.child("cn", name), Kind.USER, Map.of("sn", List.of(name))));
    }

    private void save(Place place, String attribute, String value) {
        var entry = house.read(place);
        house.directory.save(
                place, Map.of(attribute, entry.values(attribute)), Map.of(attribute, List.of(value)), entry.revision());
    }

    private PeopleImpact impact(Step... steps) {
        return new Planner(house.directory, house.tree(), Running.NOTHING)
                .plan(List.of(steps))
                .people();
    }

    private static Step alter(Place place, String attribute, String... texts) {
        return new Step.Alter(place, Map.of(attribute, List.of(texts)));
    }

    private static int number(PeopleImpact impact, Effect effect, String where) {
        return impact.changes().stream()
                .filter(change -> change.effect() == effect
                        && change.kind() == Kind.USER
                        && change.where().equals(where))
                .mapToInt(AccessChange::number)
                .sum();
    }

    private static List<String> names(PeopleImpact impact, Effect effect) {
        return impact.changes().stream()
                .filter(change -> change.effect() == effect)
                .flatMap(change -> change.some().stream())
                .map(Place::leaf)
                .distinct()
                .toList();
    }

    @Test
    void aValueThatIsRefusedTakesNothingFromAnybody() {
        for (String port : List.of("0", "587", "nonsense")) {
            assertEquals(PeopleImpact.NONE, impact(alter(house.smtp, "posthouseSmtpPort", port)), port);
        }
    }

    @Test
    void aContextThatIsNoLongerManagedTakesMailAndLogin() {
        PeopleImpact impact = impact(alter(house.mail1, "posthouseContext"));
        assertEquals(4, number(impact, Effect.LOSES_MAIL, ""));
        assertEquals(4, number(impact, Effect.LOSES_LOGIN, ""));
        assertEquals(List.of("admin", "anna", "bob", "gil@hosted.example"), names(impact, Effect.LOSES_MAIL));
        assertTrue(impact.isToBeConfirmed());
        assertEquals(Set.of(house.admin), impact.lockedOut());
    }

    @Test
    void aHostingDomainThatGoesTakesMailAndLoginOfItsUsersAlone() {
        PeopleImpact impact = impact(alter(house.smtp, "posthouseUserDomain"));
        assertEquals(List.of("gil@hosted.example"), names(impact, Effect.LOSES_MAIL));
        assertEquals(List.of("gil@hosted.example"), names(impact, Effect.LOSES_LOGIN));
        assertFalse(impact.isToBeConfirmed());
        assertTrue(PeopleText.sentences(impact).contains("1 user (gil@hosted.example) no longer receives mail."));
    }

    @Test
    void aGlobalDomainThatGoesTakesAddressesAndLoginNamesInIt() {
        PeopleImpact impact = impact(alter(house.smtp, "posthouseDomain"));
        assertEquals(4, number(impact, Effect.LOSES_MAIL_IN_DOMAIN, "second.example"));
        assertEquals(4, number(impact, Effect.LOSES_LOGIN_IN_DOMAIN, "second.example"));
        assertEquals(0, number(impact, Effect.LOSES_MAIL, ""));
    }

    @Test
    void anotherOfficialDomainTakesTheAddressesInTheOldOneAndGivesNewOnes() {
        PeopleImpact impact = impact(alter(house.mail1, "posthouseOfficialDomain", "new.example"));
        assertEquals(4, number(impact, Effect.LOSES_MAIL_IN_DOMAIN, "example.com"));
        assertEquals(4, number(impact, Effect.GAINS_MAIL_IN_DOMAIN, "new.example"));
    }

    @Test
    void aServerThatWorksAloneKnowsTheUsersOfTheOthersNoMore() {
        PeopleImpact impact = impact(alter(house.mail1, "posthouseDistributed", "FALSE"));
        assertEquals(1, number(impact, Effect.LOSES_MAIL_AT_SERVER, "mail1"));
        assertEquals(List.of("carl"), names(impact, Effect.LOSES_MAIL_AT_SERVER));
        assertEquals(1, number(impact, Effect.LOSES_LOGIN_AT_SERVER, "mail1"));
        assertEquals(0, number(impact, Effect.LOSES_MAIL, ""));
    }

    @Test
    void aMovedStoreStartsEmptyAndAMovedContextToo() {
        assertEquals(
                4, number(impact(alter(nmap, "posthouseMessageStore", "new")), Effect.LEAVES_MAILBOX, "mail1 (store)"));
        PeopleImpact moved = impact(
                alter(mail2, "posthouseContext"),
                alter(house.mail1, "posthouseContext", house.users.toString(), sales.toString()));
        assertEquals(List.of("carl"), names(moved, Effect.LEAVES_MAILBOX));
        assertEquals(1, number(moved, Effect.GAINS_PROTOCOL, "IMAP"));
        assertEquals(0, number(moved, Effect.LOSES_MAIL, ""));
    }

    @Test
    void aDisabledAgentTakesWhatItServes() {
        Place imap = house.mail1.child("cn", "IMAP Agent");
        PeopleImpact noImap = impact(alter(imap, "posthouseAgentEnabled", "FALSE"));
        assertEquals(3 + 1, number(noImap, Effect.LOSES_PROTOCOL, "IMAP"));
        assertEquals(0, number(noImap, Effect.LOSES_MAIL, ""));
        assertEquals(noImap.changes(), impact(new Step.Remove(imap)).changes());

        PeopleImpact noStore = impact(alter(nmap, "posthouseAgentEnabled", "FALSE"));
        assertEquals(4, number(noStore, Effect.LOSES_MAIL, ""));
        assertEquals(List.of("carl"), names(noStore, Effect.LOSES_MAIL_AT_SERVER));
        assertEquals(
                noStore.lockedOut(),
                impact(alter(house.mail1, "posthouseServerEnabled", "FALSE")).lockedOut());
        assertTrue(noStore.isToBeConfirmed());
    }

    // What plans say while an engine says this of an agent.
    private PeopleImpact impact(Kind agent, State state, Step... steps) {
        Board.Server server = server(Map.of(agent, state));
        var running = new Running(Map.of(house.mail1, server), Map.of(house.host, ""));
        return new Planner(house.directory, house.tree(), running)
                .plan(List.of(steps))
                .people();
    }

    private Board.Server server(Map<Kind, State> states) {
        List<Board.Agent> agents = states.entrySet().stream()
                .map(each -> new Board.Agent(
                        house.mail1.child("cn", each.getKey().label()),
                        each.getKey(),
                        obedience(each.getValue()),
                        List.of(),
                        Map.of(),
                        List.of()))
                .toList();
        return new Board.Server(
                house.mail1,
                "mail1",
                obedience(State.RUNNING),
                agents,
                Board.Queue.NONE,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private static Board.Obedience obedience(State state) {
        return new Board.Obedience(state, "", 1, 1, Optional.empty(), 1, Optional.empty(), Optional.empty(), List.of());
    }

    @Test
    void aDisabledAgentThatStillRunsTakesFromPeopleWhatElseGoes() {
        save(house.smtp, "posthouseAgentEnabled", "FALSE");
        save(mail2.child("cn", "SMTP Agent"), "posthouseAgentEnabled", "FALSE");
        Step noHosting = alter(house.smtp, "posthouseUserDomain");
        assertEquals(
                List.of("gil@hosted.example"),
                names(impact(Kind.SMTP_AGENT, State.RUNNING, noHosting), Effect.LOSES_MAIL));
        assertEquals(0, number(impact(Kind.SMTP_AGENT, State.STOPPING, noHosting), Effect.LOSES_MAIL, ""));
        assertEquals(0, number(impact(Kind.SMTP_AGENT, State.DISABLED, noHosting), Effect.LOSES_MAIL, ""));
    }

    @Test
    void aDisabledStoreThatStillRunsTakesMailAndLogin() {
        save(nmap, "posthouseAgentEnabled", "FALSE");
        Step noContext = alter(house.mail1, "posthouseContext");
        assertEquals(0, number(impact(noContext), Effect.LOSES_MAIL, ""));
        PeopleImpact impact = impact(Kind.NMAP_AGENT, State.RUNNING, noContext);
        assertEquals(4, number(impact, Effect.LOSES_MAIL, ""));
        assertEquals(4, number(impact, Effect.LOSES_LOGIN, ""));
        assertEquals(Set.of(house.admin), impact.lockedOut());
    }

    @Test
    void aRunningAgentIsLostWhenDisabledAndNotGainedWhenEnabledAgain() {
        Place imap = house.mail1.child("cn", "IMAP Agent");
        PeopleImpact off = impact(Kind.IMAP_AGENT, State.RUNNING, alter(imap, "posthouseAgentEnabled", "FALSE"));
        assertEquals(4, number(off, Effect.LOSES_PROTOCOL, "IMAP"));
        save(imap, "posthouseAgentEnabled", "FALSE");
        Step on = alter(imap, "posthouseAgentEnabled", "TRUE");
        assertEquals(4, number(impact(Kind.IMAP_AGENT, State.DISABLED, on), Effect.GAINS_PROTOCOL, "IMAP"));
        assertEquals(List.of(), impact(Kind.IMAP_AGENT, State.RUNNING, on).changes());
        PeopleImpact gone = impact(Kind.IMAP_AGENT, State.RUNNING, new Step.Remove(imap));
        assertEquals(4, number(gone, Effect.LOSES_PROTOCOL, "IMAP"));
    }

    @Test
    void aHostWithoutEngineServesNobody() {
        Place host2 = house.host.parent().orElseThrow().child("cn", "host2");
        house.directory.create(new NewObject(host2, Kind.HOST_SERVER, Map.of()));
        Step move = alter(house.mail1, "posthouseHost", host2.toString());
        assertEquals(4, number(impact(move), Effect.LEAVES_MAILBOX, "mail1 (store)"));
        PeopleImpact nowhere = new Planner(house.directory, house.tree(), new Running(Map.of(), Map.of(house.host, "")))
                .plan(List.of(move))
                .people();
        assertEquals(4, number(nowhere, Effect.LOSES_MAIL, ""));
        assertTrue(nowhere.isToBeConfirmed());
    }

    @Test
    void aUserWhoIsDisabledOrDeletedLosesMailAndWhoLeadsThereTells() {
        Place bob = house.users.child("cn", "bob");
        Place all = house.users.child("cn", "all");
        house.directory.create(new NewObject(all, Kind.GROUP, Map.of("member", List.of(bob.toString()))));
        PeopleImpact off = impact(alter(bob, "posthouseMessagingEnabled", "FALSE"));
        assertEquals(List.of("bob", "all"), names(off, Effect.LOSES_MAIL));
        PeopleImpact gone = impact(new Step.Remove(bob));
        assertEquals(1, number(gone, Effect.LOSES_LOGIN, ""));
        assertEquals(1, number(gone, Effect.KEEPS_MAILBOX_ON_DISK, "mail1 (store)"));
        assertEquals(3 + 1, number(impact(new Step.Remove(house.users)), Effect.LOSES_MAIL, ""));
    }

    @Test
    void whoLeavesAGroupNoLongerGetsItsMailAndWhoEntersDoes() {
        Place anna = house.users.child("cn", "anna");
        Place bob = house.users.child("cn", "bob");
        Place carl = sales.child("cn", "carl");
        Place inner = house.users.child("cn", "inner");
        Place staff = house.users.child("cn", "staff");
        house.directory.create(new NewObject(inner, Kind.GROUP, Map.of("member", List.of(bob.toString()))));
        house.directory.create(
                new NewObject(staff, Kind.GROUP, Map.of("member", List.of(anna.toString(), inner.toString()))));
        PeopleImpact other = impact(alter(staff, "member", anna.toString(), carl.toString()));
        assertEquals(1, number(other, Effect.LOSES_GROUP_MAIL, "staff"));
        assertEquals(List.of("bob"), names(other, Effect.LOSES_GROUP_MAIL));
        assertEquals(List.of("carl"), names(other, Effect.GAINS_GROUP_MAIL));
        assertEquals(List.of(), names(other, Effect.LOSES_MAIL));
        assertEquals(
                List.of(
                        "1 user (bob) no longer receives mail that is sent to staff.",
                        "1 user (carl) also receives mail that is sent to staff."),
                PeopleText.sentences(other));
        assertEquals(
                List.of(),
                names(impact(alter(staff, "member", bob.toString(), anna.toString())), Effect.LOSES_GROUP_MAIL));
        save(bob, "posthouseMessagingEnabled", "FALSE");
        assertEquals(
                PeopleImpact.NONE.changes(),
                impact(alter(staff, "member", anna.toString())).changes());
    }

    @Test
    void aNewUserOfANameThatIsTakenHidesTheOther() {
        save(house.mail1, "posthouseContext", sales.toString());
        var mail1 = house.read(house.mail1);
        house.directory.save(
                house.mail1,
                Map.of("posthouseContext", mail1.values("posthouseContext")),
                Map.of("posthouseContext", List.of(house.users.toString())),
                mail1.revision());
        PeopleImpact impact =
                impact(new Step.Make(house.users.child("cn", "carl"), Kind.USER, Map.of("sn", List.of("C"))));
        assertEquals(1, number(impact, Effect.LOSES_MAIL_AT_SERVER, "mail1"));
        assertEquals(1, number(impact, Effect.GAINS_MAIL, ""));
        Place nowhere = house.users.parent().orElseThrow().child("cn", "dora");
        assertEquals(
                List.of("dora"),
                names(impact(new Step.Make(nowhere, Kind.USER, Map.of("sn", List.of("D")))), Effect.HAS_NO_MAIL));
    }

    @Test
    void anotherPostmasterGetsTheMailOrNobody() {
        Place anna = house.users.child("cn", "anna");
        PeopleImpact impact = impact(alter(house.mail1, "posthousePostmaster", anna.toString()));
        assertEquals(
                List.of(new PeopleImpact.Postmaster(house.mail1, Optional.of(house.admin), Optional.of(anna))),
                impact.postmasters());
        assertFalse(impact.isToBeConfirmed());
        Place dora = house.users.parent().orElseThrow().child("cn", "dora");
        user(house.users.parent().orElseThrow(), "dora");
        PeopleImpact lost = impact(alter(house.mail1, "posthousePostmaster", dora.toString()));
        assertEquals(Optional.empty(), lost.postmasters().getFirst().after());
        assertTrue(lost.isToBeConfirmed());
    }

    @Test
    void whatIsNobodysMailAsksForNobody() {
        assertEquals(PeopleImpact.NONE, impact(alter(house.smtp, "posthouseAllowVrfy", "TRUE")));
        assertEquals(PeopleImpact.NONE, impact(alter(house.users.child("cn", "bob"), "givenName", "Robert")));
        assertEquals(PeopleImpact.NONE, impact(alter(house.smtp, "posthouseSmtpPort", "2525")));
    }

    @Test
    void whatIsCountedOfAnIncompleteDirectoryIsAtLeastSoMuch() {
        var losses = List.of(
                new AccessChange(Effect.LOSES_MAIL, Kind.USER, "", 2, List.of()),
                new AccessChange(Effect.LOSES_MAIL_AT_SERVER, Kind.USER, "mail1", 1, List.of()));
        var some = new PeopleImpact(losses, List.of(), Set.of(), new PeopleImpact.Basis(false, Optional.empty()));
        List<String> sentences = PeopleText.sentences(some);
        assertTrue(sentences.get(0).startsWith("At least 2 users"), sentences.toString());
        assertTrue(sentences.get(1).startsWith("mail1 no longer accepts mail for at least 1 user"));
        assertTrue(sentences.get(2).startsWith("The directory stopped answering"));
    }

    @Test
    void aDirectoryThatStopsInTheMiddleGivesAPlanThatSaysSo() {
        house.server.addUsers(house.users, 600);
        var pages = new AtomicInteger();
        house.server.obstruct(search -> {
            if (search.getAttributeList().contains("roleOccupant") && pages.incrementAndGet() > 1) {
                throw new LDAPException(ResultCode.UNAVAILABLE, "going down");
            }
        });
        PeopleImpact impact = impact(alter(house.mail1, "posthouseContext"));
        assertFalse(impact.basis().complete());
        assertFalse(impact.changes().isEmpty());
    }

    @Test
    void aLicenceWithoutAnAgentTakesWhatThatServes() {
        var issuer = new Issuer();
        issuer.trustedIn(house.home.resolve(Trust.FOLDER));
        String before = System.setProperty("posthouse.home", house.home.toString());
        try {
            String licence = issuer.issue("""
                    Edition: Foundation
                    Holder: Acme
                    Features: NMAP Agent, SMTP Agent, POP Agent
                    Issued: 2026-01-01
                    Serial: 1
                    """);
            PeopleImpact impact = impact(alter(house.mail1, "posthouseLicense", licence));
            assertEquals(4, number(impact, Effect.LOSES_PROTOCOL, "IMAP"));
            assertEquals(0, number(impact, Effect.LOSES_MAIL, ""));
            assertEquals(PeopleImpact.NONE, impact(alter(house.mail1, "posthouseLicense", "no licence at all")));
        } finally {
            if (before == null) {
                System.clearProperty("posthouse.home");
            } else {
                System.setProperty("posthouse.home", before);
            }
        }
    }

    @Test
    @SuppressWarnings("ReferenceEquality") // the same plan, not one that says the same
    void whatAPlanDoesToPeopleIsWorkedOutOnceWhileNothingChanges() {
        try (Directory kept = house.directory.mirrored()) {
            List<Step> steps = List.of(new Step.Alter(house.mail1, Map.of("posthouseContext", List.of())));
            Plan plan = new Planner(kept, kept.tree(), Running.NOTHING).plan(steps);
            assertTrue(plan.people().isLoss());
            // What the mirror reads once more after it was opened may count as a change.
            long end = System.nanoTime() + Duration.ofMinutes(1).toNanos();
            while (new Planner(kept, kept.tree(), Running.NOTHING).renewed(plan) != plan && System.nanoTime() < end) {
                plan = new Planner(kept, kept.tree(), Running.NOTHING).plan(steps);
            }
            assertSame(plan, new Planner(kept, kept.tree(), Running.NOTHING).renewed(plan));
            kept.create(new NewObject(house.users.child("cn", "fresh"), Kind.USER, Map.of("sn", List.of("Fresh"))));
            Plan renewed = new Planner(kept, kept.tree(), Running.NOTHING).renewed(plan);
            assertNotEquals(plan.people().changes(), renewed.people().changes());
        }
    }
}
