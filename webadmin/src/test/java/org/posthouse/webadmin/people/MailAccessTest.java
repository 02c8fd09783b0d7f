package org.posthouse.webadmin.people;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.posthouse.schema.address.AccessProblem;
import org.posthouse.schema.address.AccessProblem.Reason;
import org.posthouse.schema.directory.NewObject;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.value.Place;
import org.posthouse.webadmin.form.House;

/** Users without mail and addresses that lead nowhere, as the home page and the status tell them. */
class MailAccessTest {

    private final House house = new House();
    private final MailAccess access = new MailAccess();
    private final Place acme = house.users.parent().orElseThrow();

    @AfterEach
    void close() {
        house.close();
    }

    private Place make(Place place, Kind kind, String attribute, String value) {
        house.directory.create(new NewObject(place, kind, Map.of(attribute, List.of(value))));
        return place;
    }

    private Place user(Place container, String name) {
        return make(container.child("cn", name), Kind.USER, "sn", "User");
    }

    private void save(Place place, String attribute, String value) {
        var entry = house.read(place);
        house.directory.save(
                place, Map.of(attribute, entry.values(attribute)), Map.of(attribute, List.of(value)), entry.revision());
    }

    private List<AccessProblem> problems() {
        return access.state(house.directory).problems();
    }

    @Test
    void aNewSystemHasNoTrouble() {
        assertEquals(new MailAccess.State(List.of(), List.of()), access.state(house.directory));
    }

    @Test
    void aUserOutsideEveryContextHasNoMailbox() {
        Place dora = user(acme, "dora");
        assertEquals(List.of(new AccessProblem(Reason.NOT_MANAGED, Kind.USER, acme, 1, List.of(dora))), problems());
        assertEquals(
                List.of("1 user (dora) has no mailbox: no NMAP Agent manages Acme."),
                MailAccess.sentences(access.state(house.directory)));
        assertEquals(Optional.of(Reason.NOT_MANAGED), access.reason(house.directory, dora));
        save(dora, "posthouseMessagingEnabled", "FALSE");
        assertEquals(List.of(), problems());
    }

    @Test
    void aUserOfADomainThatIsNotHostedGetsNoMail() {
        Place gil = user(house.users, "gil@inuse.example");
        assertEquals(Optional.of(Reason.DOMAIN_NOT_HOSTED), access.reason(house.directory, gil));
        save(house.smtp, "posthouseUserDomain", "inuse.example");
        assertEquals(Optional.empty(), access.reason(house.directory, gil));
    }

    @Test
    void aliasesAndGroupsThatLeadNowhereBounce() {
        Place bob = user(house.users, "bob");
        Place ann = user(house.users, "ann");
        Place robert = make(house.users.child("cn", "robert"), Kind.ALIAS, "aliasedObjectName", bob.toString());
        Place alone = make(house.users.child("cn", "alone"), Kind.GROUP, "member", bob.toString());
        Place both = house.users.child("cn", "both");
        house.directory.create(
                new NewObject(both, Kind.GROUP, Map.of("member", List.of(bob.toString(), ann.toString()))));
        assertEquals(List.of(), problems());
        house.server.delete(bob.toString());
        assertEquals(Optional.of(Reason.LEADS_NOWHERE), access.reason(house.directory, robert));
        assertEquals(Optional.of(Reason.NO_MEMBERS), access.reason(house.directory, alone));
        assertEquals(Optional.of(Reason.MISSING_MEMBERS), access.reason(house.directory, both));
        assertEquals(3, problems().size());
    }

    @Test
    void aGroupThatIsNoAddressIsNotSaidToBounce() {
        assertEquals(
                Optional.empty(),
                access.reason(house.directory, Place.of("cn=Administrators,o=Internet Services,dc=posthouse")));
    }

    @Test
    void anExistingNameThatNobodyShouldHaveNeedsAttention() {
        Place odd = user(house.users, "a/b");
        user(house.users, "anna");
        assertEquals(Optional.of(Reason.DANGEROUS_NAME), access.reason(house.directory, odd));
        assertEquals(1, problems().size());
    }

    @Test
    void anExistingReservedNameNeedsAttentionUnlessItIsMeant() {
        Place abuse = user(house.users, "abuse");
        assertEquals(Optional.of(Reason.RESERVED_NAME), access.reason(house.directory, abuse));
        assertEquals(Reason.RESERVED_NAME, problems().getFirst().reason());
        save(abuse, "posthouseReservedName", "TRUE");
        assertEquals(List.of(), problems());
    }

    @Test
    void aServerManagerWhoIsGoneIsTold() {
        Place bob = user(house.users, "bob");
        save(house.mail1, "posthouseServerManager", bob.toString());
        house.server.delete(bob.toString());
        List<MailAccess.Missing> missing = access.state(house.directory).missing();
        assertEquals(1, missing.size());
        assertEquals(bob, missing.getFirst().missing());
        assertTrue(
                MailAccess.sentences(access.state(house.directory)).getFirst().endsWith("of mail1, does not exist."));
    }

    @Test
    void aDisabledAgentIsTheReasonForAll() {
        save(house.mail1.child("cn", "NMAP Agent"), "posthouseAgentEnabled", "FALSE");
        assertEquals(Reason.AGENT_DISABLED, problems().getFirst().reason());
    }

    @Test
    void nothingIsWorkedOutAgainWhileNothingChanges() {
        var kept = house.directory.mirrored();
        // The first news of the directory that is followed may come in between; then the next two are the same.
        var different = Collections.newSetFromMap(new IdentityHashMap<Object, Boolean>());
        IntStream.range(0, 50).forEach(again -> different.add(access.state(kept)));
        assertTrue(different.size() < 50);
    }
}
