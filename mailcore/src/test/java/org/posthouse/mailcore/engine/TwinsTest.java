package org.posthouse.mailcore.engine;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.posthouse.schema.status.Lease;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.value.Place;

/** A host that was cloned: two whole engines that both think they are its own. */
class TwinsTest {

    private final Tree tree = Tree.planted();

    @TempDir
    Path home;

    @AfterEach
    void close() {
        tree.close();
    }

    @Test
    void theSecondEngineServesNothingUntilTheFirstHasStopped() {
        tree.server("mail1", "127.0.0.1", Map.of(), Kind.NMAP_AGENT, Kind.SMTP_AGENT);
        World first = World.of(tree, home.resolve("first"));
        first.awaitBoard("\"running\""); // so that it is the first to ask for the lease
        try (World second = first.beside(tree, home.resolve("second"), Tree.HOST)) {
            second.awaitBoard("already serves host host1");
            second.awaitBoard("\"refused\"");
            assertTrue(listening(second).isEmpty(), () -> second.board());
            tree.directory().mark(host(), Map.of("description", List.of("another change")));
            second.awaitBoard("already serves host host1");
            List<String> rival = List.of(second.statusUrl().toString());
            second.await(
                    "the host names it",
                    () -> tree.directory()
                            .read(host())
                            .orElseThrow()
                            .values("posthouseRivalUrl")
                            .equals(rival));
            first.close();
            second.await("it serves", () -> !listening(second).isEmpty());
        }
    }

    @Test
    void anEngineWhoseLeaseIsTakenStops() {
        tree.server("mail1", "127.0.0.1", Map.of(), Kind.NMAP_AGENT, Kind.SMTP_AGENT);
        try (World first = World.of(tree, home)) {
            first.await("it serves", () -> !listening(first).isEmpty());
            Lease mine = Lease.of(tree.directory()
                            .read(host())
                            .orElseThrow()
                            .value(HostLease.LEASE)
                            .orElseThrow())
                    .orElseThrow();
            var other = new Lease("other", mine.since(), mine.renewed(), mine.process(), "http://127.0.0.1:9/");
            tree.directory().mark(host(), Map.of(HostLease.LEASE, List.of(other.text())));
            first.awaitBoard("The engine at http://127.0.0.1:9/ took over host host1");
            assertTrue(listening(first).isEmpty(), () -> first.board());
        }
    }

    private static List<String> listening(World world) {
        return world.engine().board().servers().stream()
                .flatMap(server -> server.agents().stream())
                .flatMap(agent -> agent.live().get().listening().stream())
                .toList();
    }

    private Place host() {
        return tree.acme().child("cn", Tree.HOST);
    }
}
