package org.posthouse.webadmin.advice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.posthouse.schema.certificate.KeyKind;
import org.posthouse.schema.status.State;
import org.posthouse.schema.tree.Entry;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.tree.Tree;
import org.posthouse.schema.value.Place;
import org.posthouse.webadmin.advice.Advice.What;
import org.posthouse.webadmin.certificate.ServerCertificate;
import org.posthouse.webadmin.form.House;
import org.posthouse.webadmin.pulse.Board;
import org.posthouse.webadmin.pulse.Board.Obedience;

/** What is to be done next follows from tree, boards and DNS, and nothing is left when all is well. */
class AdviserTest {

    private static final Instant NOW = Instant.parse("2026-11-28T00:00:00Z");

    private House house;
    private String listening = "192.0.2.1:25";
    private Board.Postmaster postmaster = new Board.Postmaster("admin", Optional.of(NOW));
    private Route route = new Route(Route.State.HERE, List.of("mx.example.com"));

    @BeforeEach
    void open() {
        house = new House();
    }

    @AfterEach
    void close() {
        house.close();
    }

    @Test
    void anEmptyTreeNeedsAServerFirst() {
        List<Advice> all = adviser().advice(Tree.of(List.of()), true);
        assertEquals(List.of(What.SERVER), all.stream().map(Advice::what).toList());
    }

    @Test
    void nothingIsLeftWhenAllIsWell() {
        certificate(300);
        assertEquals(List.of(), advice());
    }

    @Test
    void aMissingAgentComesBeforeAMissingCertificate() {
        house.directory.delete(house.smtp, house.read(house.smtp).revision());
        assertEquals(
                List.of(What.AGENT, What.CERTIFICATE),
                advice().stream().map(Advice::what).toList());
        assertEquals(Optional.of(Kind.SMTP_AGENT), advice().getFirst().kind());
    }

    @Test
    void aDisabledAgentThatWasPutAwayComesBackWhenItIsChangedAgain() {
        String before = disabled();
        enable("TRUE");
        assertTrue(advice().stream().noneMatch(step -> step.what() == What.DISABLED));
        assertNotEquals(before, disabled());
    }

    private String disabled() {
        enable("FALSE");
        return advice().stream()
                .filter(step -> step.what() == What.DISABLED)
                .findFirst()
                .orElseThrow()
                .key();
    }

    private void enable(String value) {
        Entry smtp = house.read(house.smtp);
        String attribute = Kind.SMTP_AGENT
                .panel("agent-status")
                .orElseThrow()
                .option("enabled")
                .orElseThrow()
                .attribute();
        house.directory.save(smtp.place(), smtp.attributes(), Map.of(attribute, List.of(value)), smtp.revision());
    }

    @Test
    void aDomainWithoutAnMxRecordIsNamed() {
        certificate(300);
        route = new Route(Route.State.NONE, List.of());
        assertEquals(List.of("example.com", "mail1"), advice().getFirst().values());
        assertEquals(Set.of(What.MX_NONE), what());
    }

    @Test
    void aDomainWhoseMailGoesElsewhereIsNamedWithTheWay() {
        certificate(300);
        route = new Route(Route.State.ELSEWHERE, List.of("mx.else.example"));
        assertEquals(Set.of(What.MX_ELSEWHERE), what());
        assertEquals(
                List.of("example.com", "mx.else.example", "mail1"),
                advice().getFirst().values());
    }

    @Test
    void aResolverThatDoesNotAnswerIsNoReasonToAccuseADomain() {
        certificate(300);
        route = Route.UNKNOWN;
        assertEquals(Set.of(), what());
    }

    @Test
    void aPostmasterWhoseMailboxNobodyEverReadIsNamed() {
        certificate(300);
        postmaster = new Board.Postmaster("admin", Optional.empty());
        assertEquals(Set.of(What.POSTMASTER), what());
        assertEquals(List.of("admin", "mail1"), advice().getFirst().values());
    }

    @Test
    void loopbackAndAnOffsetAreSeenOnTheBoard() {
        certificate(300);
        listening = "127.0.0.1:2525";
        assertEquals(Set.of(What.LOOPBACK, What.OFFSET), what());
        assertEquals(List.of("mail1", 2500L), advice().getLast().values());
    }

    @Test
    void aConsoleOverPlainHttpIsSaidToBe() {
        certificate(300);
        assertEquals(
                What.HTTPS, adviser().advice(house.tree(), false).getFirst().what());
    }

    private void certificate(int days) {
        var made = ServerCertificate.of(house.changes(), house.mail1);
        made.makeSelfSigned(List.of("mail.example.com"), KeyKind.EC, days, NOW);
        Entry server = house.read(house.mail1);
        house.directory.save(
                server.place(), server.attributes(), Map.of("posthouseTls", List.of("TRUE")), server.revision());
    }

    private Set<What> what() {
        return advice().stream().map(Advice::what).collect(Collectors.toSet());
    }

    private List<Advice> advice() {
        return adviser().advice(house.tree(), true);
    }

    private Adviser adviser() {
        return new Adviser(place -> Optional.of(board(place)), (server, domain) -> route);
    }

    private Board.Server board(Place server) {
        var running = new Obedience(
                State.RUNNING, "", 1, 1, Optional.of(NOW), 1, Optional.of(NOW), Optional.empty(), List.of());
        var smtp = new Board.Agent(house.smtp, Kind.SMTP_AGENT, running, List.of(listening), Map.of(), List.of());
        return new Board.Server(
                server,
                server.leaf(),
                running,
                List.of(smtp),
                Board.Queue.NONE,
                Optional.of(postmaster),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }
}
