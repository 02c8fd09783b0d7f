package org.posthouse.mailcore.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.posthouse.schema.directory.NewObject;
import org.posthouse.schema.tree.Kind;

/** What an engine does with what stands in its directory. */
class EngineTest {

    @TempDir
    Path home;

    private final Tree tree = Tree.planted();
    private final FakeAgent.Script smtp = new FakeAgent.Script();

    @AfterEach
    void close() {
        tree.close();
    }

    private World world() {
        return World.of(tree, home, Map.of(Kind.SMTP_AGENT, smtp::make));
    }

    private void plantServer() {
        tree.server("mail1", "127.0.0.1", Map.of(), Kind.NMAP_AGENT, Kind.SMTP_AGENT);
    }

    private void plantServerOf(String postmaster) {
        tree.user(postmaster);
        tree.server(
                "mail1",
                "127.0.0.1",
                Map.of("posthousePostmaster", List.of(tree.person(postmaster).toString())),
                Kind.NMAP_AGENT,
                Kind.SMTP_AGENT);
    }

    @Test
    void aServerThatNamesThisHostIsRun() {
        plantServer();
        try (var world = world()) {
            world.await("SMTP runs", () -> smtp.starts.get() == 1);
            world.awaitBoard("\"listening\":[\"127.0.0.1:" + world.port(689) + "\"]");
            assertTrue(
                    world.prove(tree.server("mail1"), Kind.NMAP_AGENT).contains("2001-QUEUE retry every 30 minutes"));
            assertEquals(401, world.get("/status", "wrong").statusCode());
        }
        assertEquals(1, smtp.stops.get());
    }

    @Test
    void aServerCreatedLaterIsRunAndADeletedOneIsStopped() {
        try (var world = world()) {
            plantServer();
            world.await("SMTP runs", () -> smtp.starts.get() == 1);
            var server = tree.directory().read(tree.server("mail1")).orElseThrow();
            tree.directory().delete(server.place(), server.revision());
            world.awaitBoard("\"servers\":[]");
            assertEquals(1, smtp.stops.get());
        }
    }

    @Test
    void aServerCreatedInOneGoWithItsHostAndAgentsIsRunWithAllOfThem() {
        try (var world = World.of(tree, home, Map.of(Kind.SMTP_AGENT, smtp::make))) {
            world.await(
                    "it follows",
                    () -> world.board().contains("\"following\"")
                            || world.board().contains("\"polling\""));
            tree.directory()
                    .createAll(List.of(
                            new NewObject(
                                    tree.server("mail1"), Kind.MESSAGING_SERVER, tree.serverAttributes("127.0.0.1")),
                            new NewObject(tree.agent("mail1", Kind.NMAP_AGENT), Kind.NMAP_AGENT, Map.of()),
                            new NewObject(tree.agent("mail1", Kind.SMTP_AGENT), Kind.SMTP_AGENT, Map.of())));
            world.await("SMTP runs", () -> smtp.starts.get() == 1);
        }
    }

    @Test
    void aNewOfficialDomainIsObeyedWithoutARestart() {
        plantServer();
        try (var world = world()) {
            world.await("SMTP runs", () -> smtp.starts.get() == 1);
            long revision = tree.save(tree.server("mail1"), Map.of("posthouseOfficialDomain", List.of("new.example")));
            world.await(
                    "obeyed",
                    () -> world.prove(tree.server("mail1"), Kind.SMTP_AGENT).contains("220 new.example"));
            world.awaitBoard("\"wanted\":" + revision + ",\"obeyed\":" + revision);
            assertEquals(1, smtp.starts.get());
            assertEquals(0, smtp.rebinds.get());
        }
    }

    @Test
    void aNewPortRebindsAndARefusedOneIsTriedAgain() {
        plantServer();
        try (var world = world()) {
            world.await("SMTP runs", () -> smtp.starts.get() == 1);
            tree.save(tree.agent("mail1", Kind.SMTP_AGENT), Map.of("posthouseSmtpPort", List.of("26")));
            world.await("rebound", () -> smtp.rebinds.get() == 1);
            smtp.refusal.set("the port is in use.");
            tree.save(tree.agent("mail1", Kind.SMTP_AGENT), Map.of("posthouseSmtpPort", List.of("27")));
            world.awaitBoard(
                    "\"state\":\"refused\",\"reason\":\"Port: the port is in use. It keeps its previous port.\"");
            world.awaitBoard("\"refusals\":[{\"option\":\"port\",\"value\":\"27\",\"reason\":\"the port is in use.\"");
            smtp.refusal.set("");
            world.await("rebound by itself", () -> smtp.rebinds.get() == 2);
            assertEquals(1, smtp.starts.get());
        }
    }

    @Test
    void anotherTempDirectoryRestartsAllAgentsAndAnotherHostServerEndsThem() {
        plantServer();
        try (var world = world()) {
            world.await("SMTP runs", () -> smtp.starts.get() == 1);
            tree.save(tree.server("mail1"), Map.of("posthouseWorkDirectory", List.of("other")));
            world.await("restarted", () -> smtp.starts.get() == 2);
            assertEquals(1, smtp.stops.get());
            tree.save(tree.server("mail1"), Map.of("posthouseHost", List.of("cn=elsewhere,o=Acme,dc=posthouse")));
            world.awaitBoard("\"servers\":[]");
        }
    }

    @Test
    void theDbfDirectoryMovesWhileTheAgentsRun() throws IOException {
        plantServer();
        try (var world = world()) {
            world.await("SMTP runs", () -> smtp.starts.get() == 1);
            Path dbf = home.resolve("mail1/dbf");
            Files.writeString(dbf.resolve("qclients"), "a queue client");
            tree.save(tree.server("mail1"), Map.of("posthouseDbfDirectory", List.of("other")));
            world.await("moved", () -> Files.exists(home.resolve("mail1/other/qclients")) && !Files.exists(dbf));
            assertEquals(1, smtp.starts.get());
        }
    }

    @Test
    void aDbfDirectoryThatCannotBeWrittenStaysWhereItWasAndTheBoardSaysWhy() throws IOException {
        plantServer();
        try (var world = world()) {
            world.await("SMTP runs", () -> smtp.starts.get() == 1);
            Path dbf = home.resolve("mail1/dbf");
            Files.writeString(dbf.resolve("qclients"), "a queue client");
            Path blocked = Files.writeString(home.resolve("mail1/blocked"), "a file");
            tree.save(tree.server("mail1"), Map.of("posthouseDbfDirectory", List.of("blocked/dbf")));
            world.awaitBoard("DBF Directory: The folder " + blocked.resolve("dbf") + " cannot be created: " + blocked
                    + " is a file.");
            assertEquals("a queue client", Files.readString(dbf.resolve("qclients")));
            world.awaitBoard("\"refusals\":[{\"option\":\"dbfDirectory\",\"value\":\"blocked/dbf\"");
            long revision = tree.revision(tree.server("mail1"));
            assertFalse(serverObeys(world, revision), "a server with a refusal is not in sync");
            Files.delete(blocked);
            world.await("moved after all", () -> Files.exists(home.resolve("mail1/blocked/dbf/qclients")));
            world.await("and said so", () -> !world.board().contains("DBF Directory"));
            world.await("in sync", () -> serverObeys(world, revision));
        }
    }

    private static boolean serverObeys(World world, long revision) {
        return world.engine().board().servers().getFirst().standing().obeyed() == revision;
    }

    @Test
    void aRefusedFolderDoesNotKeepTheSnmpAgentFromItsNewPort() throws IOException {
        plantServer();
        try (var world = world()) {
            world.await("SMTP runs", () -> smtp.starts.get() == 1);
            Files.writeString(home.resolve("mail1/blocked"), "a file");
            tree.save(
                    tree.server("mail1"),
                    Map.of(
                            "posthouseDbfDirectory", List.of("blocked/dbf"),
                            "posthouseSnmpEnabled", List.of("TRUE"),
                            "posthouseSnmpV3", List.of("FALSE"),
                            "posthouseSnmpV2c", List.of("TRUE"),
                            "posthouseSnmpCommunity", List.of("watch"),
                            "posthouseSnmpPort", List.of("163")));
            world.await("SNMP listens", () -> isTaken(world.port(163)));
        }
    }

    @Test
    void aTakenSnmpPortIsARefusalOfTheServerAndIsTriedAgain() throws IOException {
        plantServer();
        try (var world = world()) {
            world.await("SMTP runs", () -> smtp.starts.get() == 1);
            try (var thief = new DatagramSocket(world.port(163), InetAddress.getLoopbackAddress())) {
                tree.save(
                        tree.server("mail1"),
                        Map.of(
                                "posthouseSnmpEnabled", List.of("TRUE"),
                                "posthouseSnmpV3", List.of("FALSE"),
                                "posthouseSnmpV2c", List.of("TRUE"),
                                "posthouseSnmpCommunity", List.of("watch"),
                                "posthouseSnmpPort", List.of("163")));
                world.awaitBoard("\"refusals\":[{\"option\":\"snmpPort\",\"value\":\"163\"");
                assertFalse(serverObeys(world, tree.revision(tree.server("mail1"))));
                assertTrue(thief.isBound());
            }
            world.await("in sync", () -> serverObeys(world, tree.revision(tree.server("mail1"))));
            assertTrue(isTaken(world.port(163)));
            assertEquals(1, smtp.starts.get());
        }
    }

    @Test
    void aCertificateCopyThatCannotBeWrittenIsARefusalOfTheServer() throws IOException {
        plantServer();
        try (var world = world()) {
            world.await("SMTP runs", () -> smtp.starts.get() == 1);
            Files.createDirectories(home.resolve("mail1/dbf/osslcert.pem"));
            tree.save(tree.server("mail1"), Map.of("posthouseOfficialDomain", List.of("new.example")));
            world.awaitBoard("\"refusals\":[{\"option\":\"certificate\"");
            Files.delete(home.resolve("mail1/dbf/osslcert.pem"));
            world.await("in sync", () -> serverObeys(world, tree.revision(tree.server("mail1"))));
        }
    }

    private static boolean isTaken(int port) {
        try (var probe = new DatagramSocket(port, InetAddress.getLoopbackAddress())) {
            return !probe.isBound();
        } catch (IOException taken) {
            return true;
        }
    }

    @Test
    void aBrokenValueIsRefusedAndTheLastGoodOneStays() {
        plantServer();
        try (var world = world()) {
            world.await("SMTP runs", () -> smtp.starts.get() == 1);
            tree.scribble(tree.agent("mail1", Kind.SMTP_AGENT), "posthouseSmtpPort", "99999");
            tree.scribble(tree.server("mail1"), "posthouseOfficialDomain", "not-obeyed.example");
            world.awaitBoard("\"refusals\":[{\"option\":\"port\",\"value\":\"99999\"");
            world.awaitBoard("SMTP Agent: port \\\"99999\\\" must be a number from 1 to 65535");
            assertTrue(world.prove(tree.server("mail1"), Kind.SMTP_AGENT).contains("220 example.com"));
            tree.scribble(tree.agent("mail1", Kind.SMTP_AGENT), "posthouseSmtpPort", "26");
            world.await(
                    "good again",
                    () -> world.prove(tree.server("mail1"), Kind.SMTP_AGENT).contains("220 not-obeyed.example"));
        }
    }

    @Test
    void aServerThatNeverWasGoodIsShownAsBroken() {
        plantServer();
        tree.scribble(tree.server("mail1"), "posthouseIpAddress", "nowhere");
        try (var world = world()) {
            world.awaitBoard("\"state\":\"broken\"");
            assertEquals(0, smtp.starts.get());
        }
    }

    @Test
    void aDirectoryThatIsDownAtFirstIsWaitedFor() {
        plantServer();
        tree.goDown();
        try (var world = world()) {
            world.await("down is said", () -> world.engine().board().json().contains("\"state\":\"down\""));
            tree.comeUp();
            world.await("SMTP runs", () -> smtp.starts.get() == 1);
        }
    }

    @Test
    void theLastGoodConfigurationServesWhileTheDirectoryIsDown() {
        plantServer();
        try (var world = world()) {
            world.await("SMTP runs", () -> smtp.starts.get() == 1);
            tree.goDown();
            world.awaitBoard("\"directory\":{\"state\":\"down\"");
            assertTrue(world.prove(tree.server("mail1"), Kind.SMTP_AGENT).contains("220 example.com"));
        }
        try (var world = world()) {
            world.await("SMTP runs without directory", () -> smtp.starts.get() == 2);
            tree.comeUp();
            tree.save(tree.server("mail1"), Map.of("posthouseOfficialDomain", List.of("new.example")));
            world.await(
                    "followed again",
                    () -> world.prove(tree.server("mail1"), Kind.SMTP_AGENT).contains("220 new.example"));
        }
    }

    @Test
    void anAgentThatCrashesIsStartedAgainUntilItCrashesTooOften() {
        plantServer();
        try (var world = world()) {
            world.await("SMTP runs", () -> smtp.starts.get() == 1);
            smtp.alive = false;
            world.await("started again", () -> smtp.starts.get() == 2);
            smtp.crash.set("out of ink");
            smtp.alive = false;
            world.awaitBoard("is no longer restarted automatically");
            smtp.crash.set("");
            assertEquals(
                    200,
                    world.command(tree.server("mail1"), "SMTP_AGENT", "start").statusCode());
            assertEquals(3, smtp.starts.get());
        }
    }

    @Test
    void aDisabledAgentGoesOnUntilACommandStopsIt() {
        plantServer();
        try (var world = world()) {
            world.await("SMTP runs", () -> smtp.starts.get() == 1);
            tree.save(tree.agent("mail1", Kind.SMTP_AGENT), Map.of("posthouseAgentEnabled", List.of("FALSE")));
            world.awaitBoard("Disabled: runs until its next start.");
            assertEquals(0, smtp.stops.get());
            assertEquals(
                    200,
                    world.command(tree.server("mail1"), "SMTP_AGENT", "stop").statusCode());
            assertEquals(1, smtp.stops.get());
            assertEquals(
                    409,
                    world.command(tree.server("mail1"), "SMTP_AGENT", "start").statusCode());
        }
        try (var world = world()) {
            world.awaitBoard("\"kind\":\"SMTP_AGENT\",\"state\":\"disabled\"");
            assertEquals(1, smtp.starts.get());
        }
    }

    @Test
    void aDrainedAgentWaitsForItsSessionsAndHoldsUpNothing() {
        plantServer();
        try (var world = world()) {
            world.await("SMTP runs", () -> smtp.starts.get() == 1);
            tree.save(tree.agent("mail1", Kind.SMTP_AGENT), Map.of("posthouseAgentEnabled", List.of("FALSE")));
            world.awaitBoard("Disabled: runs until its next start.");
            assertEquals(200, drain(world, "SMTP_AGENT", 3600));
            world.awaitBoard("\"leavesAt\":");
            assertTrue(world.board().contains("\"kind\":\"SMTP_AGENT\",\"state\":\"stopping\""), world.board());
            assertTrue(world.board().contains("\"sessions\":1"), world.board());
            tree.save(tree.server("mail1"), Map.of("posthouseOfficialDomain", List.of("new.example")));
            world.await(
                    "the settings of the server are obeyed meanwhile",
                    () -> world.prove(tree.server("mail1"), Kind.SMTP_AGENT).contains("220 new.example"));
            assertEquals(0, smtp.stops.get());
            smtp.sessions.countDown();
            world.awaitBoard("\"kind\":\"SMTP_AGENT\",\"state\":\"disabled\"");
            assertEquals(1, smtp.stops.get());
        }
    }

    @Test
    void aDrainedServerStopsWhenItsLastSessionHasEnded() {
        plantServer();
        try (var world = world()) {
            world.await("SMTP runs", () -> smtp.starts.get() == 1);
            assertEquals(200, drain(world, "", 3600));
            world.awaitBoard("\"leavesAt\":");
            assertEquals(409, world.command(tree.server("mail1"), "", "start").statusCode(), "it has not ended yet");
            smtp.sessions.countDown();
            world.awaitBoard("Stopped by command.");
            assertEquals(1, smtp.stops.get());
            assertEquals(200, world.command(tree.server("mail1"), "", "start").statusCode());
            assertEquals(2, smtp.starts.get());
        }
    }

    @Test
    void aStopEndsADrainAtOnceAndSoDoesItsGrace() {
        plantServer();
        try (var world = world()) {
            world.await("SMTP runs", () -> smtp.starts.get() == 1);
            assertEquals(200, drain(world, "", 3600));
            assertEquals(200, world.command(tree.server("mail1"), "", "stop").statusCode());
            assertEquals(1, smtp.stops.get());
        }
        try (var world = world()) {
            world.await("SMTP runs again", () -> smtp.starts.get() == 2);
            assertEquals(200, drain(world, "NMAP_AGENT", 0));
            world.awaitBoard("Waiting for the NMAP Agent of this server.");
        }
    }

    private int drain(World world, String agent, int grace) {
        return world.command(tree.server("mail1"), agent, "drain", grace).statusCode();
    }

    @Test
    void whileThePortOfTheNmapAgentIsTakenTheOthersRun() throws IOException {
        plantServer();
        tree.server("mail2", "127.0.0.2", Map.of("posthouseOfficialDomain", List.of("two.example")), Kind.NMAP_AGENT);
        try (var world = world()) {
            world.awaitBoard("127.0.0.2:" + world.port(689));
            assertEquals(200, world.command(tree.server("mail2"), "", "stop").statusCode());
            try (var thief = new ServerSocket(world.port(689), 1, InetAddress.ofLiteral("127.0.0.2"))) {
                assertEquals(
                        200, world.command(tree.server("mail2"), "", "start").statusCode());
                world.awaitBoard("cannot listen on 127.0.0.2:" + thief.getLocalPort());
            }
            world.awaitBoard("127.0.0.2:" + world.port(689) + "\"]");
        }
    }

    @Test
    void withoutItsNmapAgentAServersAgentsWait() {
        plantServer();
        try (var world = world()) {
            world.await("SMTP runs", () -> smtp.starts.get() == 1);
            assertEquals(
                    200,
                    world.command(tree.server("mail1"), "NMAP_AGENT", "stop").statusCode());
            world.awaitBoard(
                    "\"kind\":\"SMTP_AGENT\",\"state\":\"waiting\",\"reason\":\"Waiting for the NMAP Agent of this server.\"");
            assertEquals(1, smtp.stops.get());
            assertEquals(
                    200,
                    world.command(tree.server("mail1"), "NMAP_AGENT", "start").statusCode());
            assertEquals(2, smtp.starts.get());
        }
    }

    @Test
    void aServerNoneOfWhoseAgentsRunsIsNotCalledRunning() {
        plantServer();
        try (var world = world()) {
            world.await("SMTP runs", () -> smtp.starts.get() == 1);
            world.awaitBoard("\"name\":\"mail1\",\"state\":\"running\"");
            assertEquals(
                    200,
                    world.command(tree.server("mail1"), "NMAP_AGENT", "stop").statusCode());
            world.awaitBoard("\"name\":\"mail1\",\"state\":\"idle\"");
            assertEquals(
                    200,
                    world.command(tree.server("mail1"), "NMAP_AGENT", "start").statusCode());
            world.awaitBoard("\"name\":\"mail1\",\"state\":\"running\"");
        }
    }

    @Test
    void aServerWithoutAgentsIsReportedAsIdle() {
        tree.server("bare", "127.0.0.1", Map.of("posthouseOfficialDomain", List.of("bare.example")));
        try (var world = world()) {
            world.awaitBoard("\"name\":\"bare\",\"state\":\"idle\"");
        }
    }

    @Test
    void aCommandThatWouldDoNothingGivesTheReason() {
        plantServer();
        try (var world = world()) {
            world.await("SMTP runs", () -> smtp.starts.get() == 1);
            assertEquals(409, world.command(tree.server("mail1"), "", "start").statusCode());
            assertEquals(
                    200,
                    world.command(tree.server("mail1"), "SMTP_AGENT", "stop").statusCode());
            for (String verb : List.of("stop", "drain")) {
                var answer = world.command(tree.server("mail1"), "SMTP_AGENT", verb);
                assertEquals(409, answer.statusCode(), verb);
                assertTrue(answer.body().contains("SMTP Agent is not running."), answer.body());
            }
            assertEquals(200, world.command(tree.server("mail1"), "", "stop").statusCode());
            for (String verb : List.of("stop", "drain")) {
                var answer = world.command(tree.server("mail1"), "", verb);
                assertEquals(409, answer.statusCode(), verb);
                assertTrue(answer.body().contains("mail1 is not running."), answer.body());
            }
        }
    }

    @Test
    void anAgentThatIsEnabledAgainWaitsForItsStart() {
        plantServer();
        try (var world = world()) {
            world.await("SMTP runs", () -> smtp.starts.get() == 1);
            tree.save(tree.agent("mail1", Kind.SMTP_AGENT), Map.of("posthouseAgentEnabled", List.of("FALSE")));
            world.awaitBoard("Disabled: runs until its next start.");
            world.command(tree.server("mail1"), "SMTP_AGENT", "stop");
            world.awaitBoard("\"kind\":\"SMTP_AGENT\",\"state\":\"disabled\"");
            tree.save(tree.agent("mail1", Kind.SMTP_AGENT), Map.of("posthouseAgentEnabled", List.of("TRUE")));
            world.awaitBoard("\"kind\":\"SMTP_AGENT\",\"state\":\"waiting\"");
            assertEquals(1, smtp.starts.get());
        }
    }

    @Test
    void whatTheBoardSaysNamesTheRevisionItIsAbout() {
        plantServer();
        try (var world = world()) {
            world.await("SMTP runs", () -> smtp.starts.get() == 1);
            smtp.refusal.set("the port is in use.");
            long revision = tree.save(tree.agent("mail1", Kind.SMTP_AGENT), Map.of("posthouseSmtpPort", List.of("27")));
            world.awaitBoard("the port is in use.");
            world.await("said of its own revision", () -> smtpPart(world).contains("\"tried\":" + revision + ","));
        }
    }

    private static String smtpPart(World world) {
        String board = world.board();
        return board.substring(board.indexOf("\"kind\":\"SMTP_AGENT\""));
    }

    @Test
    void aServerWhosePostmasterIsGoneLaunchesNothingUntilItHasAnother() {
        plantServerOf("carl");
        tree.uproot(tree.person("carl"));
        try (var world = world()) {
            world.awaitBoard("\"state\":\"broken\"");
            world.awaitBoard("no longer exists; choose another postmaster");
            assertEquals(0, smtp.starts.get());
            tree.save(
                    tree.server("mail1"),
                    Map.of("posthousePostmaster", List.of(tree.person("anna").toString())));
            world.await("SMTP runs", () -> smtp.starts.get() == 1);
        }
    }

    @Test
    void aServerWhosePostmasterComesBackIsLaunched() {
        plantServerOf("carl");
        tree.uproot(tree.person("carl"));
        try (var world = world()) {
            world.awaitBoard("\"state\":\"broken\"");
            tree.user("carl");
            world.await("SMTP runs", () -> smtp.starts.get() == 1);
        }
    }

    @Test
    void aServerThatLosesItsPostmasterWhileItRunsGoesOn() {
        plantServerOf("carl");
        try (var world = world()) {
            world.await("SMTP runs", () -> smtp.starts.get() == 1);
            tree.uproot(tree.person("carl"));
            tree.save(tree.server("mail1"), Map.of("posthouseOfficialDomain", List.of("example.org")));
            world.awaitBoard("\"state\":\"running\"");
            assertEquals(0, smtp.stops.get());
        }
    }
}
