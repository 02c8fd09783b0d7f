package org.posthouse.e2e.bench;

import static org.posthouse.e2e.world.Installed.SERVER;
import static org.posthouse.e2e.world.Installed.agent;

import jakarta.json.Json;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.posthouse.e2e.wire.Dialogue;
import org.posthouse.e2e.world.Api;
import org.posthouse.e2e.world.Await;
import org.posthouse.e2e.world.Installed;
import org.posthouse.e2e.world.Product;

/** From Save to obeyed on the wire. Printed, not asserted. */
@Tag("bench")
class ObeyingBench {

    private static final int ROUNDS = 100;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Product product = Installed.product();
    private final Api api = product.api();

    @Test
    void officialDomainIsSeenInANewGreeting() {
        measure("Save to obeyed, Official Domain in the SMTP greeting (live)", round -> {
            String domain = "d" + round + ".example";
            api.change(SERVER, "officialDomain", domain);
            return () -> Dialogue.greeting("127.0.0.1", product.port(25)).contains(domain);
        });
        api.change(SERVER, "officialDomain", "example.com");
    }

    @Test
    void smtpPortIsListenedAt() {
        measure("Save to obeyed, SMTP port (rebind)", round -> {
            int port = round % 2 == 0 ? 587 : 25;
            api.change(agent("SMTP Agent"), "port", Json.createValue(port));
            return () -> Dialogue.greeting("127.0.0.1", product.port(port)).startsWith("220");
        });
        api.change(agent("SMTP Agent"), "port", Json.createValue(25));
    }

    private interface Change {
        Callable<Boolean> save(int round);
    }

    private static void measure(String what, Change change) {
        var fromRequest = new long[ROUNDS];
        var fromAnswer = new long[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            long asked = System.nanoTime();
            Callable<Boolean> obeyed = change.save(round);
            long answered = System.nanoTime();
            Await.until(what, PATIENCE, obeyed);
            long seen = System.nanoTime();
            fromRequest[round] = seen - asked;
            fromAnswer[round] = seen - answered;
        }
        System.out.printf("%s: %d rounds%n", what, ROUNDS);
        System.out.println("  from the request to Save: " + Spread.of(fromRequest));
        System.out.println("  from the answer to it:    " + Spread.of(fromAnswer));
    }
}
