package org.posthouse.mailcore.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.posthouse.schema.tree.Entry;
import org.posthouse.schema.tree.Kind;

/** What engines write on the object of their host. */
class HostEntryTest {

    private final Tree tree = Tree.planted();
    private final HostEntry first = new HostEntry(tree::directory, () -> false, URI.create("http://127.0.0.1:1/"), "1");
    private final HostEntry second =
            new HostEntry(tree::directory, () -> false, URI.create("http://127.0.0.1:2/"), "1");

    @AfterEach
    void close() {
        tree.close();
    }

    @Test
    void theEngineThatServesIsNamedAndTheOtherIsItsRival() {
        announced(first, "http://127.0.0.1:1/");
        second.announce(List.of(host()), false);
        await("a rival", () -> host().values("posthouseRivalUrl").equals(List.of("http://127.0.0.1:2/")));
        long revision = host().revision();
        for (int change = 0; change < 20; change++) {
            first.announce(List.of(host()), true);
            second.announce(List.of(host()), false);
        }
        var third = new HostEntry(tree::directory, () -> false, URI.create("http://127.0.0.1:3/"), "1");
        announced(third, "http://127.0.0.1:3/");
        assertEquals(revision + 1, host().revision());
        assertEquals(List.of(), host().values("posthouseRivalUrl"));
    }

    @Test
    void anEngineThatWasARivalTakesThatBackWhenItStops() {
        announced(first, "http://127.0.0.1:1/");
        second.announce(List.of(host()), false);
        await("a rival", () -> !host().values("posthouseRivalUrl").isEmpty());
        second.withdraw();
        assertEquals(List.of(), host().values("posthouseRivalUrl"));
        assertEquals(Optional.of("http://127.0.0.1:1/"), host().value("posthouseStatusUrl"));
    }

    @Test
    void whatWasTakenAwayIsWrittenAgain() {
        announced(first, "http://127.0.0.1:1/");
        tree.save(host().place(), Map.of("posthouseStatusUrl", List.of()));
        announced(first, "http://127.0.0.1:1/");
    }

    @Test
    void theOneThatIsNamedLeavesTheObjectToItsRival() {
        announced(first, "http://127.0.0.1:1/");
        second.announce(List.of(host()), false);
        await("a rival", () -> !host().values("posthouseRivalUrl").isEmpty());
        first.withdraw();
        announced(second, "http://127.0.0.1:2/");
        assertEquals(List.of(), host().values("posthouseRivalUrl"));
    }

    private void announced(HostEntry engine, String board) {
        engine.announce(List.of(host()), true);
        await(board, () -> host().value("posthouseStatusUrl").equals(Optional.of(board)));
    }

    private void await(String what, BooleanSupplier condition) {
        long limit = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < limit, () -> what + ": " + host());
            LockSupport.parkNanos(1_000_000);
        }
    }

    private Entry host() {
        return tree.directory().configuration().stream()
                .filter(entry -> entry.kind() == Kind.HOST_SERVER)
                .findFirst()
                .orElseThrow();
    }
}
