package org.posthouse.mailcore.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.posthouse.mailcore.agent.TestKeys;
import org.posthouse.mailcore.status.ServerBoard.AgentBoard;
import org.posthouse.schema.status.State;
import org.posthouse.schema.tree.Kind;

/** A port or an address that is refused keeps the one before open, also after a restart of the engine. */
@SuppressWarnings("try") // a port that is taken is given back in the middle of a test
class ListeningInUseTest {

    // RFC 5737 3: an address for documentation, which no host has.
    private static final String ABSENT = "192.0.2.25";

    @TempDir
    Path home;

    private final Tree tree = Tree.planted();

    @BeforeEach
    void plant() {
        tree.server("mail1", "127.0.0.1", Map.of(), Kind.NMAP_AGENT, Kind.SMTP_AGENT, Kind.IMAP_AGENT, Kind.POP_AGENT);
    }

    @AfterEach
    void close() {
        tree.close();
    }

    private static AgentBoard board(World world, Kind kind) {
        return find(world, kind).orElseThrow();
    }

    private static Optional<AgentBoard> find(World world, Kind kind) {
        return world.engine().board().servers().stream()
                .flatMap(server -> server.agents().stream())
                .filter(agent -> agent.kind() == kind)
                .findFirst();
    }

    private static boolean answers(int port) {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 2_000);
            return socket.getInputStream().read() > 0;
        } catch (IOException silent) {
            return false;
        }
    }

    private static void awaitRunning(World world) {
        world.await(
                "all agents run",
                () -> world.engine().board().servers().stream()
                        .anyMatch(server -> server.agents().size() == 4
                                && server.agents().stream()
                                        .allMatch(agent -> agent.standing().state() == State.RUNNING)));
    }

    private static void awaitRefused(World world, Kind kind) {
        world.await(
                kind + " is refused",
                () -> find(world, kind)
                        .filter(agent -> !agent.refusals().isEmpty())
                        .isPresent());
    }

    private static List<String> listening(World world, Kind kind) {
        return board(world, kind).live().get().listening();
    }

    @ParameterizedTest
    @ValueSource(strings = {"posthouseSmtpPort", "posthouseSmtpSubmissionPort"})
    void aRefusedPortKeepsTheOldOnesOpenOverARestart(String attribute) throws IOException {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int first;
            int wanted;
            try (World world = World.of(tree, home)) {
                awaitRunning(world);
                first = world.port(25);
                wanted = taken.getLocalPort() - (first - 25);
                tree.save(tree.agent("mail1", Kind.SMTP_AGENT), Map.of(attribute, List.of(Integer.toString(wanted))));
                awaitRefused(world, Kind.SMTP_AGENT);
                assertTrue(answers(first));
            }
            try (World again = World.of(tree, home)) {
                awaitRefused(again, Kind.SMTP_AGENT);
                again.await("the old port is open", () -> answers(first));
                AgentBoard smtp = board(again, Kind.SMTP_AGENT);
                assertEquals(
                        Integer.toString(wanted), smtp.refusals().getFirst().value(), smtp::toString);
                assertTrue(smtp.standing().obeyed() < smtp.standing().wanted());
                assertTrue(
                        smtp.standing().reason().contains("It keeps its previous port."),
                        smtp.standing().reason());
                taken.close();
                again.await(
                        "the new port is taken up by itself",
                        () -> listening(again, Kind.SMTP_AGENT).contains("127.0.0.1:" + again.port(wanted)));
                again.await(
                        "in sync",
                        () -> board(again, Kind.SMTP_AGENT).refusals().isEmpty());
            }
        }
    }

    @Test
    void anAddressThatCannotBeBoundKeepsEveryAgentWhereItWasOverARestart() {
        int smtp;
        try (World world = World.of(tree, home)) {
            awaitRunning(world);
            smtp = world.port(25);
            tree.save(
                    tree.server("mail1"),
                    Map.of("posthouseIpAddress", List.of(ABSENT), "posthouseForceBind", List.of("TRUE")));
            awaitRefused(world, Kind.SMTP_AGENT);
        }
        try (World again = World.of(tree, home)) {
            for (Kind kind : List.of(Kind.NMAP_AGENT, Kind.SMTP_AGENT, Kind.IMAP_AGENT, Kind.POP_AGENT)) {
                awaitRefused(again, kind);
                again.await(
                        kind + " listens as before",
                        () -> !listening(again, kind).isEmpty());
            }
            assertTrue(answers(smtp));
            tree.save(tree.server("mail1"), Map.of("posthouseForceBind", List.of("FALSE")));
            awaitRunning(again);
        }
    }

    @Test
    void aTlsPortThatIsTakenKeepsThePlainOneOpenOverARestart() throws IOException {
        int secure;
        try (World world = World.of(tree, home)) {
            awaitRunning(world);
            secure = world.port(993);
        }
        tree.save(tree.server("mail1"), TestKeys.attributes(Path.of("src/test/resources/tls/ec"), Tree.SECRET));
        try (var taken = new ServerSocket(secure, 1, InetAddress.getLoopbackAddress());
                World again = World.of(tree, home)) {
            awaitRefused(again, Kind.IMAP_AGENT);
            again.await("the plain port is open", () -> answers(again.port(143)));
            taken.close();
            again.await(
                    "the SSL port is opened by itself",
                    () -> listening(again, Kind.IMAP_AGENT).contains("127.0.0.1:" + secure));
        }
    }

    @Test
    void anSnmpPortThatIsTakenKeepsTheOldOneOpenOverARestart() throws IOException {
        Map<String, List<String>> on = Map.of(
                "posthouseSnmpEnabled",
                List.of("TRUE"),
                "posthouseSnmpV3",
                List.of("FALSE"),
                "posthouseSnmpV2c",
                List.of("TRUE"),
                "posthouseSnmpCommunity",
                List.of("watch"));
        try (var taken = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            int usual;
            try (World world = World.of(tree, home)) {
                awaitRunning(world);
                usual = world.port(161);
                tree.save(tree.server("mail1"), on);
                world.await("SNMP listens", () -> isTaken(usual));
                String wanted = Integer.toString(taken.getLocalPort() - world.port(0));
                tree.save(tree.server("mail1"), Map.of("posthouseSnmpPort", List.of(wanted)));
                world.awaitBoard("\"option\":\"snmpPort\"");
            }
            assertFalse(isTaken(usual));
            try (World again = World.of(tree, home)) {
                again.awaitBoard("\"option\":\"snmpPort\"");
                again.await("SNMP listens as before", () -> isTaken(usual));
            }
        }
    }

    private static boolean isTaken(int port) {
        try (var probe = new DatagramSocket(port, InetAddress.getLoopbackAddress())) {
            return !probe.isBound();
        } catch (IOException taken) {
            return true;
        }
    }
}
