package org.posthouse.webadmin.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.posthouse.schema.certificate.Certified;
import org.posthouse.schema.certificate.Issue;
import org.posthouse.schema.certificate.KeyKind;
import org.posthouse.schema.certificate.Seal;
import org.posthouse.schema.directory.NewObject;
import org.posthouse.schema.status.State;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.value.DomainName;
import org.posthouse.schema.value.Place;
import org.posthouse.webadmin.form.House;
import org.posthouse.webadmin.plan.Plan.About;
import org.posthouse.webadmin.plan.Plan.Act;
import org.posthouse.webadmin.plan.Plan.Warning;
import org.posthouse.webadmin.pulse.Board;

/** What is said before a change is saved that will not do what it looks like. */
class CautionsTest {

    private final House house = new House();
    private final Place other = Place.of("cn=otherhost,o=Acme,dc=posthouse");

    @AfterEach
    void close() {
        house.close();
    }

    private Running running(Map<Place, String> silences) {
        Board.Agent nmap = new Board.Agent(
                house.mail1.child("cn", "NMAP Agent"),
                Kind.NMAP_AGENT,
                obedience(),
                List.of(),
                Map.of("sessions", 3L),
                List.of());
        return new Running(
                Map.of(
                        house.mail1,
                        new Board.Server(
                                house.mail1,
                                "mail1",
                                obedience(),
                                List.of(nmap),
                                Board.Queue.NONE,
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty())),
                silences);
    }

    private static Board.Obedience obedience() {
        return new Board.Obedience(
                State.of("running"), "", 1, 1, Optional.empty(), 1, Optional.empty(), Optional.empty(), List.of());
    }

    private Plan move(Map<Place, String> silences) {
        house.directory.create(new NewObject(other, Kind.HOST_SERVER, Map.of()));
        return new Planner(house.directory, house.tree(), running(silences))
                .plan(List.of(new Step.Alter(house.mail1, Map.of("posthouseHost", List.of(other.toString())))));
    }

    private static List<Warning> about(Plan plan, About about) {
        return plan.warnings().stream()
                .filter(warning -> warning.about() == about)
                .toList();
    }

    @Test
    void aHostWhereNoEngineEverRanIsSaidThoughTheServerRunsNow() {
        Plan plan = move(Map.of(house.host, ""));
        assertEquals(
                List.of(new Warning(house.mail1, "hostServer", About.HOST_WITHOUT_ENGINE, "otherhost", "mail1")),
                about(plan, About.HOST_WITHOUT_ENGINE));
        assertTrue(plan.touches(Act.START).isEmpty(), "nothing starts where no engine runs");
        assertTrue(!plan.touches(Act.STOP).isEmpty());
    }

    @Test
    void aHostWhoseEngineIsSilentIsSaidToo() {
        Plan plan = move(Map.of(house.host, "", other, "connection refused"));
        assertEquals(1, about(plan, About.HOST_SILENT).size());
        assertTrue(plan.touches(Act.START).isEmpty());
    }

    @Test
    void aHostWithAnEngineStartsTheAgents() {
        Plan plan = move(Map.of(house.host, "", other, ""));
        assertEquals(List.of(), plan.warnings());
        assertTrue(!plan.touches(Act.START).isEmpty());
    }

    private Plan plan(String attribute, String... texts) {
        return new Planner(house.directory, house.tree(), running(Map.of(house.host, "")))
                .plan(List.of(new Step.Alter(house.mail1, Map.of(attribute, List.of(texts)))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "posthouseMessageStore",
                "posthouseWorkDirectory",
                "posthouseDbfDirectory",
            })
    void aFolderOfTheOperatingSystemIsRefused(String attribute) {
        Place holder = attribute.equals("posthouseMessageStore") ? house.mail1.child("cn", "NMAP Agent") : house.mail1;
        for (String folder : List.of("/etc/mail", "/proc/x", "/", "/var/lib")) {
            Plan plan = new Planner(house.directory, house.tree(), Running.NOTHING)
                    .plan(List.of(new Step.Alter(holder, Map.of(attribute, List.of(folder)))));
            assertEquals(
                    List.of(folder),
                    plan.flaws().stream().map(flaw -> flaw.problem().value()).toList());
        }
    }

    private static Certified certified(String... names) {
        return new Issue(Stream.of(names).map(DomainName::new).toList())
                .selfSigned(KeyKind.EC.make(), Instant.parse("2026-01-01T00:00:00Z"), Duration.ofDays(3650));
    }

    private Map<String, List<String>> attributes(Certified made) {
        String secret = house.read(house.directory.internetServices())
                .value("posthouseSystemSecret")
                .orElseThrow();
        var sealed = new Seal(secret).close(made.key(), made.chain().own().getPublicKey());
        return Map.of(
                "posthouseCertificate", List.of(made.chain().toString()),
                "posthousePrivateKey", List.of(sealed.toString()),
                "posthouseTls", List.of("TRUE"));
    }

    private void installCertificate(String... names) {
        house.directory.save(
                house.mail1,
                Map.of(),
                attributes(certified(names)),
                house.read(house.mail1).revision());
    }

    @Test
    void anOfficialDomainThatTheCertificateDoesNotCoverIsSaid() {
        installCertificate("mail.example.com", "example.com");
        Warning warning = about(plan("posthouseOfficialDomain", "example.org"), About.NAME_NOT_COVERED)
                .getFirst();
        assertEquals("officialDomain", warning.option());
        assertEquals("example.org", warning.value());
        assertTrue(warning.reason().contains("mail.example.com"), warning.reason());
        for (String covered : List.of("example.com", "MAIL.example.com")) {
            assertEquals(List.of(), about(plan("posthouseOfficialDomain", covered), About.NAME_NOT_COVERED));
        }
    }

    @Test
    void whatIsAsItWasIsNotSaidAgain() {
        installCertificate("other.example");
        assertEquals(List.of(), about(plan("posthouseAcmeContact", "a@example.com"), About.NAME_NOT_COVERED));
        assertEquals(
                List.of(),
                about(plan("posthouseTls", "FALSE"), About.NAME_NOT_COVERED),
                "without TLS there is no name to compare");
    }

    @Test
    void aHostNameThatTheCertificateDoesNotCoverIsSaid() {
        installCertificate("mail.example.com", "example.com");
        List<Warning> said =
                about(plan("posthouseAcmeName", "mail.example.com", "imap.example.com"), About.NAME_NOT_COVERED);
        assertEquals(
                List.of("imap.example.com"), said.stream().map(Warning::value).toList());
        assertEquals("acmeNames", said.getFirst().option());
    }

    @Test
    void aMailDomainThatANewCertificateNoLongerCoversIsSaid() {
        Place smtp = house.smtp;
        house.directory.save(
                smtp,
                Map.of(),
                Map.of(
                        "posthouseDomain", List.of("example.com", "never.example"),
                        "posthouseUserDomain", List.of("hosted.example")),
                house.read(smtp).revision());
        installCertificate("mail.example.com", "example.com", "hosted.example");
        Certified fresh = certified("mail.example.com", "example.com");
        List<Warning> said = about(
                new Planner(house.directory, house.tree(), running(Map.of(house.host, "")))
                        .plan(List.of(new Step.Alter(house.mail1, attributes(fresh)))),
                About.NAME_NOT_COVERED);
        assertEquals(
                List.of("hosted.example"),
                said.stream().map(Warning::value).toList(),
                "never.example was never covered");
        assertEquals(smtp, said.getFirst().object());
        assertEquals("hostingDomains", said.getFirst().option());
    }
}
