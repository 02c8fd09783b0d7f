package org.posthouse.mailcore.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.posthouse.mailcore.agent.Surroundings;
import org.posthouse.schema.tree.Kind;

/** What an engine starts and stops by the licence of a messaging server. The list agent is of the Advanced edition. */
class LicenceInForceTest {

    private static final String ALL = "NMAP Agent, SMTP Agent, List Agent";

    @TempDir
    Path home;

    private final LocalDate today = LocalDate.now(ZoneOffset.UTC);
    private final Tree tree = Tree.planted();
    private final FakeAgent.Script smtp = new FakeAgent.Script();
    private final FakeAgent.Script list = new FakeAgent.Script();
    private Issuer issuer;

    @BeforeEach
    void plant() {
        issuer = new Issuer(home);
        tree.server("mail1", "127.0.0.1", Map.of(), Kind.NMAP_AGENT, Kind.SMTP_AGENT, Kind.LIST_AGENT);
    }

    @AfterEach
    void close() {
        tree.close();
    }

    private World world() {
        Map<Kind, java.util.function.Function<Surroundings, org.posthouse.mailcore.agent.Agent>> makers =
                Map.of(Kind.SMTP_AGENT, smtp::make, Kind.LIST_AGENT, list::make);
        return World.of(tree, home.resolve("engine"), makers);
    }

    private void install(String licence) {
        tree.save(tree.server("mail1"), Map.of("posthouseLicense", List.of(licence)));
    }

    @Test
    void aFeatureThatTheLicenceInForceLacksStopsAtOnceAndComesBackWithTheNextLicence() {
        try (var world = world()) {
            world.await("the list agent runs", () -> list.starts.get() == 1);
            install(issuer.issue("NMAP Agent, SMTP Agent", today.plusYears(1)));
            world.awaitBoard("Not part of the Test license of Acme, serial 7.");
            assertEquals(1, list.stops.get());
            assertEquals(0, smtp.stops.get());
            install(issuer.issue(ALL, today.plusYears(1)));
            world.await("the list agent runs again", () -> list.starts.get() == 2);
            assertEquals(1, smtp.starts.get());
        }
    }

    @Test
    void anExpiredLicenceStopsNothingButStartsOnlyFoundation() {
        try (var world = world()) {
            world.await("the list agent runs", () -> list.starts.get() == 1);
            install(issuer.issue(ALL, today.minusDays(1)));
            world.awaitBoard("its last day was " + today.minusDays(1) + ". Features that are running continue");
            assertEquals(0, list.stops.get());
            world.command(tree.server("mail1"), "", "restart");
            world.await("SMTP started again", () -> smtp.starts.get() == 2);
            world.awaitBoard("Not part of Foundation, and no other features are licensed.");
            assertEquals(1, list.starts.get());
        }
    }

    @Test
    void aLicenceThatIsNoneStopsNothingAndIsNamedOnTheBoard() {
        install("rubbish");
        try (var world = world()) {
            world.await("SMTP runs", () -> smtp.starts.get() == 1);
            world.awaitBoard("License: This is not a license");
            assertEquals(0, list.starts.get());
        }
    }

    @Test
    void theBoardWarnsBeforeTheLicenceEnds() {
        install(issuer.issue(ALL, today.plusDays(11)));
        try (var world = world()) {
            world.awaitBoard("expires in 12 days. Then only Foundation features start.");
            world.await("the list agent runs", () -> list.starts.get() == 1);
        }
    }
}
