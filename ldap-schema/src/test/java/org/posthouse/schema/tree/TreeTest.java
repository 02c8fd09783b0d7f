package org.posthouse.schema.tree;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.posthouse.schema.option.Problem;
import org.posthouse.schema.panel.AgentStatus;
import org.posthouse.schema.panel.NmapContext;
import org.posthouse.schema.panel.ServerIdentification;
import org.posthouse.schema.panel.SmtpIdentification;
import org.posthouse.schema.value.Place;

class TreeTest {

    private static final Place ROOT = Place.of("dc=posthouse");
    private static final Place SERVICES = ROOT.child("o", "Internet Services");
    private static final Place STAFF = ROOT.child("o", "Acme").child("ou", "staff");

    private final List<Entry> entries =
            new ArrayList<>(List.of(new Entry(SERVICES, Kind.INTERNET_SERVICES, 1, Map.of("o", List.of("x")))));

    @Test
    void aServerWithoutPostmasterIsBrokenAndTheOthersAreNot() {
        server(SERVICES, "mail1", "one.example", Map.of());
        entries.add(new Entry(SERVICES.child("ou", "mail2"), Kind.MESSAGING_SERVER, 5, Map.of()));
        Tree tree = Tree.of(entries);
        assertEquals(
                List.of("mail1"),
                tree.servers().stream().map(MessagingServer::name).toList());
        assertEquals(SERVICES.child("ou", "mail2"), tree.broken().getFirst().place());
    }

    @Test
    void aDistributedServerSeesThoseInInternetServicesAndThoseWithAnAliasThere() {
        server(SERVICES, "mail1", "one.example", Map.of());
        Place outside = server(ROOT.child("o", "Acme"), "mail2", "two.example", Map.of());
        server(ROOT.child("o", "Acme"), "mail3", "three.example", Map.of());
        entries.add(new Entry(
                SERVICES.child("cn", "to mail2"),
                Kind.ALIAS,
                1,
                Map.of("aliasedObjectName", List.of(outside.toString()))));
        assertEquals(List.of("mail1", "mail2"), seenBy("mail1"));
        assertEquals(
                List.of("mail3", "mail2", "mail1").stream().sorted().toList(),
                seenBy("mail3").stream().sorted().toList());
        Tree tree = Tree.of(entries);
        assertEquals(new Showing.Inside(), tree.showing(SERVICES.child("ou", "mail1")));
        assertEquals(new Showing.Aliased(SERVICES.child("cn", "to mail2")), tree.showing(outside));
        assertEquals(new Showing.Outside(), tree.showing(ROOT.child("o", "Acme").child("ou", "mail3")));
    }

    @Test
    void aStandaloneServerSeesItselfOnly() {
        server(SERVICES, "mail1", "one.example", Map.of("posthouseDistributed", List.of("FALSE")));
        server(SERVICES, "mail2", "two.example", Map.of());
        assertEquals(List.of("mail1"), seenBy("mail1"));
        assertEquals(List.of("mail2", "mail1"), seenBy("mail2"));
    }

    @Test
    void aPageWithoutRulesDoesNotHaveTheTreeRead() {
        var rules = new Rules(() -> {
            throw new AssertionError("a tree of thousands of objects, for nothing");
        });
        assertEquals(List.of(), rules.problems(STAFF, new AgentStatus(true)));
    }

    @Test
    void aHostingDomainCannotBecomeAnOfficialDomain() {
        Place mail1 = server(SERVICES, "mail1", "one.example", Map.of());
        smtp(mail1, Map.of("posthouseUserDomain", List.of("hosted.example")));
        assertEquals(List.of("officialDomain"), problems(mail1, identification("hosted.example", "admin")));
        assertEquals(List.of(), problems(mail1, identification("other.example", "admin")));
    }

    @Test
    void aUserOfAHostingDomainCannotBePostmaster() {
        Place mail1 = server(SERVICES, "mail1", "one.example", Map.of());
        smtp(mail1, Map.of("posthouseUserDomain", List.of("hosted.example")));
        assertEquals(List.of("postmaster"), problems(mail1, identification("one.example", "bob@Hosted.example")));
        assertEquals(List.of(), problems(mail1, identification("one.example", "bob@one.example")));
    }

    @Test
    void anOfficialDomainCannotBecomeAHostingDomainNorAGlobalDomainOfAnotherServer() {
        Place mail1 = server(SERVICES, "mail1", "one.example", Map.of());
        Place mail2 = server(SERVICES, "mail2", "two.example", Map.of());
        smtp(mail2, Map.of("posthouseDomain", List.of("shared.example")));
        Place agent = smtp(mail1, Map.of());
        assertEquals(List.of("hostingDomains"), problems(agent, domains("two.example")));
        assertEquals(List.of("hostingDomains"), problems(agent, domains("shared.example")));
        assertEquals(List.of(), problems(agent, domains("free.example")));
    }

    @Test
    void aContextIsManagedByOneNmapAgentOnly() {
        Place mail1 = server(SERVICES, "mail1", "one.example", Map.of("posthouseContext", List.of(STAFF.toString())));
        entries.add(new Entry(mail1.child("cn", "NMAP Agent"), Kind.NMAP_AGENT, 1, Map.of()));
        Place mail2 = server(SERVICES, "mail2", "two.example", Map.of());
        var same = Kind.catalogue()
                .panel(NmapContext.class)
                .read(Map.of("contexts", List.of("OU=Staff,O=acme,DC=posthouse")));
        assertEquals(List.of("contexts"), problems(mail2.child("cn", "NMAP Agent"), same));
        assertEquals(List.of(), problems(mail1.child("cn", "NMAP Agent"), same));
    }

    @Test
    void whatDoesNotExistYetIsNotShown() {
        for (Kind kind : List.of(Kind.LIST_CONTAINER, Kind.PARENT_CONTAINER, Kind.TEMPLATE_CONTAINER)) {
            assertTrue(kind.isHidden(), kind.label());
            assertEquals(List.of(), kind.offers());
        }
        assertFalse(Kind.SMTP_AGENT.isHidden());
    }

    @Test
    void eachKindStandsOnlyWhereItMay() {
        assertTrue(Kind.INTERNET_SERVICES.offers().contains(Kind.MESSAGING_SERVER));
        assertTrue(Kind.ORGANIZATIONAL_UNIT.offers().contains(Kind.USER));
        assertEquals(
                Kind.agents().stream()
                        .filter(kind -> kind.agentType().isAvailable())
                        .toList(),
                Kind.MESSAGING_SERVER.offers());
        assertEquals(List.of(), Kind.USER.offers());
    }

    @Test
    void aKindIsFoundByItsClass() {
        for (Kind kind : Kind.values()) {
            if (!kind.objectClass().isEmpty()) {
                assertEquals(kind, Kind.of(List.of("top", kind.objectClass().toUpperCase(java.util.Locale.ROOT))));
            }
        }
        assertEquals(Kind.UNKNOWN, Kind.of(List.of("top", "device")));
    }

    private List<String> seenBy(String name) {
        Tree tree = Tree.of(entries);
        return tree.servers().stream()
                .filter(server -> server.name().equals(name))
                .flatMap(server -> tree.seenBy(server).stream())
                .map(MessagingServer::name)
                .toList();
    }

    private List<String> problems(Place place, Record page) {
        return new Rules(Tree.of(entries))
                .problems(place, page).stream().map(Problem::option).toList();
    }

    private Place server(Place container, String name, String domain, Map<String, List<String>> more) {
        Place place = container.child("ou", name);
        var attributes = new HashMap<>(more);
        attributes.put("posthouseHost", List.of("cn=host,o=Acme,dc=posthouse"));
        attributes.put("posthousePostmaster", List.of("cn=admin,o=Acme,dc=posthouse"));
        attributes.put("posthouseOfficialDomain", List.of(domain));
        entries.add(new Entry(place, Kind.MESSAGING_SERVER, 3, attributes));
        return place;
    }

    private Place smtp(Place server, Map<String, List<String>> attributes) {
        Place place = server.child("cn", "SMTP Agent");
        entries.add(new Entry(place, Kind.SMTP_AGENT, 4, attributes));
        return place;
    }

    private static ServerIdentification identification(String domain, String postmaster) {
        return Kind.catalogue()
                .panel(ServerIdentification.class)
                .read(Map.of(
                        "hostServer", List.of("cn=host,o=Acme,dc=posthouse"),
                        "postmaster", List.of(STAFF.child("cn", postmaster).toString()),
                        "officialDomain", List.of(domain)));
    }

    private static SmtpIdentification domains(String hosting) {
        return Kind.catalogue().panel(SmtpIdentification.class).read(Map.of("hostingDomains", List.of(hosting)));
    }
}
