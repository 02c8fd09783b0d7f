package org.posthouse.webadmin.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.posthouse.schema.directory.NewObject;
import org.posthouse.schema.tree.Entry;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.value.Place;
import org.posthouse.webadmin.form.House;
import org.posthouse.webadmin.plan.Step;

class DifferencesTest {

    private static final String SMTP = """
            posthouse: 1
            objects:
            - kind: SMTP Agent
              place: cn=SMTP Agent,ou=mail1,o=Internet Services,dc=posthouse
            """;

    @TempDir
    private Path home;

    private House house;
    private Desk desk;

    @BeforeEach
    void open() {
        house = new House();
        desk = Desk.of(house, home);
        plain(house.smtp);
        plain(house.mail1.child("cn", "IMAP Agent"));
        plain(house.mail1.child("cn", "POP Agent"));
    }

    // Without the values that new agents get, so that the files below have to say less.
    private void plain(Place agent) {
        Entry entry = house.read(agent);
        Map<String, List<String>> wanted = entry.kind().initial().keySet().stream()
                .collect(Collectors.toMap(attribute -> attribute, attribute -> List.of()));
        house.directory.save(agent, entry.attributes(), wanted, entry.revision());
    }

    @AfterEach
    void close() {
        house.close();
    }

    private void save(Place place, String attribute, String... values) {
        Entry entry = house.read(place);
        house.directory.save(place, Map.of(), Map.of(attribute, List.of(values)), entry.revision());
    }

    private void user(String name) {
        house.directory.create(new NewObject(house.users.child("cn", name), Kind.USER, Map.of("sn", List.of("Test"))));
    }

    private List<Step> steps(String file) {
        return desk.differences(file, false).steps();
    }

    private List<Fault> faults(String file, boolean prune) {
        return assertThrows(Faulty.class, () -> desk.differences(file, prune)).faults();
    }

    private static String line(List<Fault> faults, int at) {
        Fault fault = faults.get(at);
        return fault.line() + " " + fault.object() + "/" + fault.option() + "/" + fault.value() + ": " + fault.reason();
    }

    @Test
    void aFileOfTheTreeChangesNothing() {
        assertEquals(List.of(), steps(desk.export()));
        assertEquals(
                List.of(),
                desk.differences(desk.export(house.directory.root(), true), true)
                        .steps());
    }

    @Test
    void twoEditedLinesAreTwoChanges() {
        String file = desk.export()
                .replace(
                        "kind: SMTP Agent\n        options: {}",
                        "kind: SMTP Agent\n        options:\n          port: 587")
                .replace("officialDomain: example.com", "officialDomain: example.org");
        assertEquals(2, desk.apply(file, false).size());
        assertEquals(List.of("587"), house.read(house.smtp).values("posthouseSmtpPort"));
        assertEquals(List.of("example.org"), house.read(house.mail1).values("posthouseOfficialDomain"));
        assertEquals(List.of(), steps(file));
        assertEquals(file, desk.export());
    }

    @Test
    void anObjectHasExactlyTheOptionsListed() {
        save(house.smtp, "posthouseSmtpPort", "587");
        save(house.smtp, "posthouseAllowVrfy", "TRUE");
        assertEquals(
                List.of(new Step.Alter(house.smtp, Map.of("posthouseSmtpPort", List.of()))),
                steps(SMTP + "  options:\n    allowVrfy: yes\n"));
        assertEquals(List.of(), steps(SMTP), "without options nothing is said of them");
    }

    @Test
    void ofAPartialObjectTheOtherOptionsStay() {
        save(house.smtp, "posthouseSmtpPort", "587");
        String file = SMTP + "  partial: true\n  options:\n    allowVrfy: true\n";
        assertEquals(List.of(new Step.Alter(house.smtp, Map.of("posthouseAllowVrfy", List.of("TRUE")))), steps(file));
        assertEquals(
                List.of(new Step.Alter(house.smtp, Map.of("posthouseSmtpPort", List.of()))),
                steps("partial: true\n" + SMTP + "  options:\n    port:\n"));
    }

    @Test
    void aFileThatDoesNotMentionTheMailboxOfAUserLeavesIt() {
        user("anna");
        String file = desk.export(house.users, true).replaceAll(" *mailboxId: .*\n", "");
        assertFalse(file.contains("mailboxId"));
        assertEquals(List.of(), steps(file));
    }

    @Test
    void aSecretStandsUnlessItIsNamed() {
        save(house.mail1, "posthouseSnmpCommunity", "hidden-one");
        String file = desk.export();
        assertEquals(List.of(), steps(file));
        assertEquals(List.of(), steps(file.replace("          snmpCommunity: •••\n", "")));
        Map<String, List<String>> wanted =
                ((Step.Alter) steps(file.replace("•••\n", "hidden-two\n")).getFirst()).wanted();
        assertEquals(Map.of("posthouseSnmpCommunity", List.of("hidden-two")), wanted);
        assertEquals(
                Map.of("posthouseSnmpCommunity", List.of()),
                ((Step.Alter) steps(file.replace("snmpCommunity: •••", "snmpCommunity: null"))
                                .getFirst())
                        .wanted());
        save(house.mail1, "posthouseSnmpCommunity");
        List<Fault> faults = faults(file, false);
        assertTrue(
                line(faults, 0).contains("mail1/snmpCommunity/: refers to a stored secret, but there is none"),
                faults::toString);
    }

    @Test
    void contextsAreSavedOnTheServer() {
        String file = desk.export()
                .replace(
                        "          contexts:\n          - ou=people,o=Acme,dc=posthouse\n",
                        "          retryInterval: 10\n");
        assertEquals(
                List.of(
                        new Step.Alter(house.mail1, Map.of("posthouseContext", List.of())),
                        new Step.Alter(
                                house.mail1.child("cn", "NMAP Agent"),
                                Map.of("posthouseQueueInterval", List.of("10")))),
                steps(file));
    }

    @Test
    void spellingAndOrderAreNoChange() {
        save(house.smtp, "posthouseDomain", "a.example", "b.example");
        String file =
                SMTP + "  options:\n    globalDomains: [B.example, a.EXAMPLE]\n    port: '25'\n    allowVrfy: off\n";
        assertEquals(List.of(), steps(file));
    }

    @Test
    void whatIsNotThereIsMade() {
        String file = """
                posthouse: 1
                objects:
                - kind: Internet Services
                  place: o=Internet Services,dc=posthouse
                  contains:
                  - kind: Alias
                    name: second
                    options:
                      target: ou=mail2,ou=branch,o=Acme,dc=posthouse
                - kind: Organizational Unit
                  place: ou=branch,o=Acme,dc=posthouse
                  contains:
                  - kind: messaging-server
                    name: mail2
                    options:
                      hostServer: cn=host1,o=Acme,dc=posthouse
                      postmaster: cn=pm,ou=branch,o=Acme,dc=posthouse
                      officialDomain: branch.example.com
                    contains:
                    - kind: SMTP Agent
                      options: {port: 2525}
                    - kind: NMAP Agent
                      options:
                        contexts: ['ou=branch,o=Acme,dc=posthouse']
                  - kind: User
                    name: pm
                    options:
                      lastName: Master
                """;
        List<Step> steps = desk.differences(file, false).steps();
        assertEquals(
                List.of("second", "branch", "mail2", "SMTP Agent", "NMAP Agent", "pm"),
                steps.stream().map(step -> step.place().leaf()).toList());
        assertEquals(
                List.of("ou=branch,o=Acme,dc=posthouse"),
                ((Step.Make) steps.get(2)).attributes().get("posthouseContext"));
        assertTrue(desk.differences(file, false).notes().getFirst().contains("no password yet"));
        desk.apply(file, false);
        assertEquals(List.of(), steps(file));
    }

    @Test
    void whatIsNotNamedStaysUnlessItIsPruned() {
        user("anna");
        house.directory.create(
                new NewObject(Place.of("ou=old,o=Acme,dc=posthouse"), Kind.ORGANIZATIONAL_UNIT, Map.of()));
        String file = desk.export()
                .replace("      - kind: POP Agent\n        options: {}\n", "")
                .replaceAll(
                        "    - kind: Organizational Unit\n      name: old\n      options: \\{}\n      contains: \\[]\n",
                        "");
        assertEquals(List.of(), steps(file));
        assertEquals(
                List.of(
                        new Step.Remove(house.mail1.child("cn", "POP Agent")),
                        new Step.Remove(Place.of("ou=old,o=Acme,dc=posthouse"))),
                desk.apply(file, true));
        assertEquals(List.of(), desk.differences(file, true).steps());
        assertTrue(house.directory.read(house.users.child("cn", "anna")).isPresent());
    }

    @Test
    void usersArePrunedOnlyByAFileThatNamesThem() {
        user("anna");
        user("bob");
        String file = desk.export(house.directory.root(), true)
                .replaceAll(" *- kind: User\n *name: bob\n *options:\n *lastName: Test\n *mailboxId: .*\n", "");
        assertEquals(
                List.of(new Step.Remove(house.users.child("cn", "bob"))),
                desk.differences(file, true).steps());
        assertEquals(
                List.of(),
                desk.differences(file.replace("users: true\n", ""), true).steps());
    }

    @Test
    void whatHoldsSomethingThatIsNamedElsewhereIsNotPruned() {
        String file = "posthouse: 1\nobjects:\n- kind: Internet Services\n  place: o=Internet Services,dc=posthouse\n"
                + "  contains: []\n" + SMTP.replaceAll("(?s).*objects:\n", "") + "  options: {port: 587}\n";
        assertEquals(
                List.of(new Step.Alter(house.smtp, Map.of("posthouseSmtpPort", List.of("587")))),
                desk.differences(file, true).steps());
    }

    @Test
    void neitherTheAdministratorNorTheInstallationIsPruned() {
        user("anna");
        Differences differences = desk.differences("""
                posthouse: 1
                users: true
                objects:
                - kind: Tree
                  place: dc=posthouse
                  contains: []
                """, true);
        assertEquals(List.of(), differences.steps());
        assertTrue(
                differences.notes().stream().anyMatch(note -> note.contains("signed in as admin")),
                differences.notes()::toString);
        assertTrue(
                differences.notes().stream().anyMatch(note -> note.contains("Internet Services")),
                differences.notes()::toString);
        String empty = """
                posthouse: 1
                objects:
                - kind: Internet Services
                  place: o=Internet Services,dc=posthouse
                  contains: []
                """;
        assertEquals(
                List.of(new Step.Remove(house.mail1)),
                desk.differences(empty, true).steps());
    }

    @Test
    void aContainerWithUsersIsNotPrunedUnseen() {
        var branch = Place.of("ou=branch,o=Acme,dc=posthouse");
        house.directory.create(new NewObject(branch, Kind.ORGANIZATIONAL_UNIT, Map.of()));
        house.directory.create(new NewObject(branch.child("cn", "eve"), Kind.USER, Map.of("sn", List.of("E"))));
        String file = desk.export()
                .replace(
                        "    - kind: Organizational Unit\n      name: branch\n      options: {}\n      contains: []\n",
                        "");
        assertTrue(line(faults(file, true), 0).contains("contains users that the file does not list"));
        assertEquals(List.of(), steps(file));
    }

    @Test
    void whoAppliesAFileAndShutsHimselfOutHasToBeConfirmed() {
        user("anna");
        desk.apply(desk.export().replace("        - cn=admin,ou=people", "        - cn=anna,ou=people"), false);
        assertEquals(
                List.of("members"),
                desk.confirmations().all().getFirst().parts().stream()
                        .map(part -> part.option())
                        .toList());
    }

    @Test
    void onlyAUserThatExistsBecomesAnAdministrator() {
        String nobody = desk.export()
                .replace(
                        "        - cn=admin,ou=people",
                        "        - cn=admin,ou=people,o=Acme,dc=posthouse\n        - cn=nobody,ou=people");
        List<Fault> faults =
                assertThrows(Faulty.class, () -> desk.plan(nobody, false)).faults();
        assertTrue(
                line(faults, 0).contains("cn=nobody,ou=people,o=Acme,dc=posthouse: does not exist"), faults::toString);
    }

    @Test
    void everythingWrongIsToldWithItsLine() {
        List<Fault> faults = faults("""
                posthouse: 1
                objects:
                - kind: Messaging Server
                  place: ou=mail1,o=Internet Services,dc=posthouse
                  options:
                    hostServer: cn=host1,o=Acme,dc=posthouse
                    officialDomain: not a domain
                    resolvers:
                    - 192.0.2.1
                    - 192.0.2.999
                  contains:
                  - kind: SMTP Agent
                    options:
                      port: 70000
                      sslPort: x
                      globalDomains: [same.example]
                      hostingDomains: [same.example]
                  - kind: POP Agent
                    options: {enabled: perhaps, enable: true}
                - kind: Mailing List
                  place: ou=list,ou=Mailing Lists,o=Internet Services,dc=posthouse
                - kind: User
                  place: cn=x,ou=nowhere,dc=posthouse
                - kind: Organization
                  place: o=elsewhere,dc=example
                - kind: User
                  place: ou=mail1,dc=posthouse
                """, false);
        assertEquals(
                List.of(7, 10, 12, 14, 15, 19, 19, 20, 22, 24, 26),
                faults.stream().map(Fault::line).toList(),
                faults::toString);
        assertTrue(line(faults, 1).startsWith("10 mail1/resolvers/192.0.2.999"), faults::toString);
        assertTrue(line(faults, 4).equals("15 SMTP Agent/sslPort/x: is not a whole number"), faults::toString);
    }

    @Test
    void aPageThatDoesNotHoldTogetherIsToldAtItsObject() {
        List<Fault> faults = faults(SMTP + "  options: {port: 465}\n", false);
        assertEquals("3 SMTP Agent//: Port and SSL Port must differ.", line(faults, 0));
        String without = desk.export().replaceAll(" *postmaster: .*\n", "");
        assertTrue(line(faults(without, false), 0).contains("mail1/postmaster/: is required"));
    }

    @Test
    void whatTheTreeSaysAgainstItIsToldAtItsLine() {
        String file = desk.export()
                .replace("postmaster: cn=admin", "postmaster: cn=nobody")
                .replace("contexts:\n          - ou=people", "contexts:\n          - ou=nowhere")
                .replace(
                        "kind: SMTP Agent\n        options: {}",
                        "kind: SMTP Agent\n        options:\n          hostingDomains: [example.com]");
        List<Fault> faults =
                assertThrows(Faulty.class, () -> desk.apply(file, false)).faults();
        assertEquals(4, faults.size(), faults::toString);
        List<String> lines = file.lines().toList();
        assertTrue(lines.get(faults.get(0).line() - 1).contains("postmaster: cn=nobody"), faults::toString);
        assertTrue(lines.get(faults.get(2).line() - 1).contains("- ou=nowhere"), faults::toString);
        assertTrue(lines.get(faults.get(3).line() - 1).contains("hostingDomains"), faults::toString);
        assertEquals(List.of(), steps(desk.export()));
    }

    @Test
    void aPostmasterInUseIsNotPruned() {
        user("pm");
        save(house.mail1, "posthousePostmaster", house.users.child("cn", "pm").toString());
        String file = desk.export(house.users, true)
                .replaceAll(
                        "  - kind: User\n    name: pm\n    options:\n      lastName: Test\n      mailboxId: .*\n", "");
        List<Fault> faults =
                assertThrows(Faulty.class, () -> desk.apply(file, true)).faults();
        assertTrue(line(faults, 0).contains("is the Postmaster of mail1"), faults::toString);
        assertTrue(house.directory.read(house.users.child("cn", "pm")).isPresent());
    }

    @Test
    void theServersThatHaveToObeyAreNamed() {
        String file = SMTP + "  options: {port: 587}\n";
        assertEquals(List.of(house.mail1), desk.differences(file, false).servers(desk.plan(file, false)));
        String gone = desk.export()
                .replaceAll("(?s)    - kind: Messaging Server.*    - kind: Mailing Lists", "    - kind: Mailing Lists");
        assertEquals(List.of(), desk.differences(gone, true).servers(desk.plan(gone, true)));
        assertEquals(
                List.of(new Step.Remove(house.mail1)), desk.plan(gone, true).steps());
    }

    @Test
    void aPlanWritesNothing() {
        String before = desk.export();
        assertFalse(desk.plan(SMTP + "  options: {port: 587}\n", true).isEmpty());
        assertEquals(before, desk.export());
    }

    @Test
    void whatStandsAsAnotherKindIsTold() {
        String file = SMTP.replace("kind: SMTP Agent", "kind: POP Agent");
        assertEquals("3 SMTP Agent//: is SMTP Agent in the tree, not POP Agent", line(faults(file, false), 0));
    }

    @Test
    void certificatesAreLeftToTheirOwnTools() {
        assertTrue(line(
                        faults(
                                desk.export().replace("officialDomain:", "certificate: x\n        officialDomain:"),
                                false),
                        0)
                .contains("cannot be part of a file"));
        assertFalse(desk.export().contains("privateKey"));
    }
}
