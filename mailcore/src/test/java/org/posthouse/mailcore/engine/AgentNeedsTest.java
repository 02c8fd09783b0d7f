package org.posthouse.mailcore.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.posthouse.schema.tree.Kind;

/** Who waits for whom follows from what each agent declares that it needs. */
class AgentNeedsTest {

    @TempDir
    Path home;

    private final Tree tree = Tree.planted();
    private final FakeAgent.Script smtp = new FakeAgent.Script();
    private final FakeAgent.Script independent = new FakeAgent.Script();

    @AfterEach
    void close() {
        tree.close();
    }

    private World world() {
        return World.of(tree, home, Map.of(Kind.SMTP_AGENT, smtp::make, Kind.CONNECTION_MANAGER, independent::make));
    }

    @Test
    void anAgentThatNeedsNothingRunsOnAServerWithoutMail() {
        tree.server("mail1", "127.0.0.1", Map.of(), Kind.CONNECTION_MANAGER, Kind.SMTP_AGENT);
        try (var world = world()) {
            world.await("it runs", () -> independent.starts.get() == 1);
            world.awaitBoard("\"state\":\"waiting\",\"reason\":\"Requires an NMAP Agent on this server.\"");
            assertEquals(0, smtp.starts.get());
        }
        assertEquals(1, independent.stops.get());
    }

    @Test
    void onlyAgentsThatNeedTheMailStopWithItsProvider() {
        tree.server("mail1", "127.0.0.1", Map.of(), Kind.NMAP_AGENT, Kind.CONNECTION_MANAGER, Kind.SMTP_AGENT);
        try (var world = world()) {
            world.await("both run", () -> smtp.starts.get() == 1 && independent.starts.get() == 1);
            world.command(tree.server("mail1"), "NMAP_AGENT", "stop");
            world.await("SMTP waits", () -> smtp.stops.get() == 1);
            world.command(tree.server("mail1"), "NMAP_AGENT", "start");
            world.await("SMTP runs again", () -> smtp.starts.get() == 2);
            assertEquals(1, independent.starts.get());
            assertEquals(0, independent.stops.get());
        }
    }

    @Test
    void everyAgentOfThisVersionHasAFactory() {
        assertEquals(
                Kind.agents().stream()
                        .filter(kind -> kind.agentType().isAvailable())
                        .collect(Collectors.toSet()),
                AgentFactories.all().keySet());
    }
}
