package org.posthouse.e2e.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.posthouse.e2e.world.Product;

/** Judges what bystanders experience while something heavy goes on. */
final class Neighbors {

    static final boolean LONG = Boolean.getBoolean("long");
    // The aim, for a machine that does nothing else; where tests of all kinds share one, only a standstill counts.
    private static final double AIM_MS = 200;
    private static final double STANDSTILL_MS = 5_000;

    private Neighbors() {}

    /** Something heavy. */
    interface Work {
        void run() throws Exception;
    }

    /** Runs it, and fails when bystanders are refused or wait. */
    static void undisturbedBy(String what, Product product, Login login, Work work) throws Exception {
        var bystanders = new Bystanders(product, login.user(), login.password());
        long begin = System.nanoTime();
        try (bystanders) {
            work.run();
        }
        Map<String, Double> p95 = bystanders.p95();
        System.out.printf(
                "%s, %.1f s: p95 of others in ms: %s%n",
                what,
                (System.nanoTime() - begin) / 1e9,
                p95.entrySet().stream()
                        .map(each -> "%s %.0f".formatted(each.getKey(), each.getValue()))
                        .collect(Collectors.joining(", ")));
        assertEquals(List.of(), bystanders.failures());
        double limit = LONG ? AIM_MS : STANDSTILL_MS;
        var late = p95.entrySet().stream()
                .filter(each -> each.getValue() > limit)
                .map(Object::toString)
                .toList();
        assertEquals(List.of(), late, what + ": others wait");
    }

    /** Who the bystanders are. */
    record Login(String user, String password) {}
}
