package org.posthouse.webadmin.form;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.posthouse.schema.directory.DirectoryException.Misplaced;
import org.posthouse.schema.option.Problem;
import org.posthouse.schema.option.Refused;
import org.posthouse.schema.tree.Entry;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.value.Place;

class CreationTest {

    private House house;

    @BeforeEach
    void open() {
        house = new House();
    }

    @AfterEach
    void close() {
        house.close();
    }

    private Answers server(String... more) {
        var texts = new HashMap<String, String>(Map.of(
                "serverName",
                "mail2",
                "hostServer",
                house.host.toString(),
                "postmaster",
                house.admin.toString(),
                "officialDomain",
                "example.org"));
        for (int i = 0; i < more.length; i += 2) {
            texts.put(more[i], more[i + 1]);
        }
        return new Answers(texts);
    }

    private List<String> wrong(Kind kind, Place container, Answers answers) {
        return house.creation(container, kind).problems(answers).stream()
                .map(Problem::option)
                .toList();
    }

    private List<String> wrongServer(Answers answers) {
        return wrong(Kind.MESSAGING_SERVER, house.directory.internetServices(), answers);
    }

    @Test
    void aServerIsCreatedWithoutAgents() {
        Entry made = house.make(house.creation(house.directory.internetServices(), Kind.MESSAGING_SERVER), server());
        assertEquals("mail2", made.name());
        assertTrue(house.tree().server(made.place()).orElseThrow().agents().isEmpty());
    }

    @Test
    void everyRuleLandsOnItsField() {
        assertEquals(List.of("serverName"), wrongServer(server("serverName", "mail1")));
        assertEquals(List.of("serverName"), wrongServer(server("serverName", " ")));
        assertEquals(List.of("officialDomain"), wrongServer(server("officialDomain", "not a domain")));
        assertEquals(List.of("hostServer"), wrongServer(server("hostServer", house.admin.toString())));
        assertEquals(List.of("postmaster"), wrongServer(server("postmaster", "cn=gone,dc=posthouse")));
        assertEquals(
                List.of("serverName", "hostServer", "postmaster", "officialDomain"),
                wrongServer(new Answers(Map.of())));
    }

    @Test
    void hostingDomainsAreNeitherOfficialNorHomeOfAPostmaster() {
        Draft hosting = house.draft(house.smtp, "smtp-identification");
        hosting.set("hostingDomains", List.of("hosted.example"));
        house.save(hosting);
        Entry bob = house.user("bob@hosted.example");
        assertEquals(List.of("officialDomain"), wrongServer(server("officialDomain", "hosted.example")));
        assertEquals(
                List.of("postmaster"),
                wrongServer(server("postmaster", bob.place().toString())));
    }

    @Test
    void aRuleIsSaidBeforeTheLaterQuestionsAreAnswered() {
        Draft hosting = house.draft(house.smtp, "smtp-identification");
        hosting.set("hostingDomains", List.of("hosted.example"));
        house.save(hosting);
        Entry bob = house.user("bob@hosted.example");
        var early = new Answers(Map.of(
                "serverName", "mail2",
                "hostServer", house.host.toString(),
                "postmaster", bob.place().toString()));
        assertEquals(List.of("officialDomain", "postmaster"), wrongServer(early));
    }

    @Test
    void aHostWithoutAnEngineIsAWarningOnly() {
        Creation creation = house.creation(house.directory.internetServices(), Kind.MESSAGING_SERVER);
        assertEquals(List.of(), creation.problems(server()));
        assertEquals("noEngine", creation.warnings(server()).getFirst().reason());
    }

    @Test
    void namesWithSpecialCharactersWork() {
        String name = "<b>\"O'Hara, & Söhne\"</b> #1 +=\\";
        Entry made = house.make(
                house.creation(house.directory.internetServices(), Kind.MESSAGING_SERVER), server("serverName", name));
        assertEquals(name, house.read(made.place()).name());
    }

    @Test
    void anAgentsAnswersBecomeItsOptions() {
        Entry mail2 = house.make(house.creation(house.directory.internetServices(), Kind.MESSAGING_SERVER), server());
        Creation smtp = house.creation(mail2.place(), Kind.SMTP_AGENT);
        assertEquals("example.org", smtp.steps().getFirst().asks().getFirst().proposal());
        Entry agent = house.make(smtp, new Answers(Map.of("globalDomains", "example.org", "verifyAddresses", "TRUE")));
        assertEquals(List.of("example.org"), agent.values("posthouseDomain"));
        assertEquals(List.of("TRUE"), agent.values("posthouseVerifyAddress"));
        assertThrows(Refused.class, () -> house.make(smtp, new Answers(Map.of())));
    }

    @Test
    void anNmapAgentsContextIsKeptOnItsServerAndBelongsToOneAgentOnly() {
        Entry mail2 = house.make(house.creation(house.directory.internetServices(), Kind.MESSAGING_SERVER), server());
        assertEquals(
                List.of("contexts"),
                wrong(Kind.NMAP_AGENT, mail2.place(), new Answers(Map.of("contexts", house.users.toString()))));
        Entry sales = house.make(
                house.creation(Place.of("o=Acme,dc=posthouse"), Kind.ORGANIZATIONAL_UNIT),
                new Answers(Map.of("containerName", "sales")));
        Creation nmap = house.creation(mail2.place(), Kind.NMAP_AGENT);
        assertEquals("store-mail2", nmap.steps().getFirst().asks().getFirst().proposal());
        house.make(
                nmap,
                new Answers(Map.of(
                        "messageStore", "store-mail2", "contexts", sales.place().toString())));
        assertEquals(
                List.of(sales.place().toString()), house.read(mail2.place()).values("posthouseContext"));
    }

    @Test
    void aHostIsCreatedByItsNameAlone() {
        Creation host = house.creation(Place.of("o=Acme,dc=posthouse"), Kind.HOST_SERVER);
        assertEquals("hostName", host.steps().getFirst().asks().getFirst().name());
        Entry made = house.make(host, new Answers(Map.of("hostName", "branch")));
        assertEquals("cn=branch,o=Acme,dc=posthouse", made.place().toString());
        assertEquals(Kind.HOST_SERVER, made.kind());
    }

    @Test
    void nothingIsCreatedWhereItMayNotStand() {
        assertThrows(Misplaced.class, () -> house.creation(house.users, Kind.SMTP_AGENT));
    }

    @Test
    void aUserNeedsANameAndAPasswordWorthIt() {
        assertEquals(
                List.of("loginName", "lastName", "password"), wrong(Kind.USER, house.users, new Answers(Map.of())));
        var answers = Map.of("loginName", "abuse", "lastName", "A", "password", "{SSHA}correct horse");
        assertEquals(List.of("loginName", "password"), wrong(Kind.USER, house.users, new Answers(answers)));
        house.user("ann");
        assertTrue(house.directory.signIn("ann", "correct horse battery").isPresent());
    }

    @Test
    void anAliasNeedsANameAndATargetThatMayBeAliased() {
        Answers good = new Answers(Map.of("aliasName", "postbox", "target", house.admin.toString()));
        assertEquals(List.of("aliasName", "target"), wrong(Kind.ALIAS, house.users, new Answers(Map.of())));
        assertEquals(
                List.of("target"),
                wrong(Kind.ALIAS, house.users, new Answers(Map.of("aliasName", "a", "target", house.host.toString()))));
        assertEquals(
                List.of("target"),
                wrong(
                        Kind.ALIAS,
                        house.users,
                        new Answers(Map.of("aliasName", "a", "target", "cn=gone," + house.users))));
        Entry made = house.make(house.creation(house.users, Kind.ALIAS), good);
        assertEquals(Kind.ALIAS, made.kind());
        assertEquals(house.admin.toString(), made.value("aliasedObjectName").orElseThrow());
        assertEquals(List.of("aliasName"), wrong(Kind.ALIAS, house.users, good));
    }

    @Test
    void anAliasOfAUserOutsideTheContextsIsWarnedOf() {
        Answers answers = new Answers(Map.of("aliasName", "postbox", "target", house.admin.toString()));
        assertEquals(List.of(), house.creation(house.users, Kind.ALIAS).warnings(answers));
        Place acme = Place.of("o=Acme,dc=posthouse");
        assertEquals(
                List.of("aliasUnserved"),
                house.creation(acme, Kind.ALIAS).warnings(answers).stream()
                        .map(Problem::reason)
                        .toList());
    }
}
