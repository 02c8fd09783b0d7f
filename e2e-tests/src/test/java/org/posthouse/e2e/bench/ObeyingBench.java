package org.posthouse.e2e.bench;

import static org.posthouse.e2e.world.Installed.SERVER;
import static org.posthouse.e2e.world.Installed.agent;

import jakarta.json.Json;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
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
    private static final int FEW = 20;
    private static final String SYS_NAME = ".1.3.6.1.2.1.1.5.0";
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Product product = Installed.product();
    private final Api api = product.api();

    @Test
    void officialDomainIsSeenInANewGreeting() {
        measure("Save to obeyed, Official Domain in the SMTP greeting (live)", ROUNDS, round -> {
            String domain = "d" + round + ".example";
            api.change(SERVER, "officialDomain", domain);
            return () -> Dialogue.greeting("127.0.0.1", product.port(25)).contains(domain);
        });
        api.change(SERVER, "officialDomain", "example.com");
    }

    @Test
    void smtpPortIsListenedAt() {
        measure("Save to obeyed, SMTP port (rebind)", ROUNDS, round -> {
            int port = round % 2 == 0 ? 587 : 25;
            api.change(agent("SMTP Agent"), "port", Json.createValue(port));
            return () -> Dialogue.greeting("127.0.0.1", product.port(port)).startsWith("220");
        });
        api.change(agent("SMTP Agent"), "port", Json.createValue(25));
    }

    @Test
    void aRenewedCertificateIsShown() {
        selfSigned("mail.example.com");
        api.change(SERVER, "sslAndTls", JsonValue.TRUE);
        measure("Renewed certificate in a new TLS hand-shake", FEW, round -> {
            String name = "mail" + round + ".example.com";
            selfSigned(name);
            return () -> Dialogue.certificate("127.0.0.1", product.port(993)).contains(name);
        });
        measure("SSL and TLS switched off and on", FEW, round -> {
            boolean on = round % 2 == 1;
            api.change(SERVER, "sslAndTls", on ? JsonValue.TRUE : JsonValue.FALSE);
            return () -> accepts(993) == on;
        });
        api.change(SERVER, "sslAndTls", JsonValue.FALSE);
    }

    @Test
    void aForcedAddressIsListenedAt() {
        api.change(SERVER, "ipAddress", "127.0.0.7");
        api.change(SERVER, "forceIpAddress", JsonValue.TRUE);
        measure("Force Agents to Bind to Specified Address Only", FEW, round -> {
            boolean forced = round % 2 == 0;
            api.change(SERVER, "forceBind", forced ? JsonValue.TRUE : JsonValue.FALSE);
            return () -> Dialogue.greets("127.0.0.1", product.port(25), "220") != forced
                    && Dialogue.greets("127.0.0.7", product.port(25), "220") == forced;
        });
        api.change(SERVER, "forceBind", JsonValue.FALSE);
        api.change(SERVER, "forceIpAddress", JsonValue.FALSE);
    }

    @Test
    void snmpManagersAreToldAnotherName() throws IOException {
        api.change(SERVER, "snmpCommunity", "measured");
        api.change(SERVER, "snmpV2c", JsonValue.TRUE);
        api.change(SERVER, "snmpV3", JsonValue.FALSE);
        api.change(SERVER, "snmpEnabled", JsonValue.TRUE);
        Await.until("SNMP answers", PATIENCE, () -> snmp("snmpget", SYS_NAME).contains("STRING"));
        measure("SNMP Name, asked with snmpget (whose own start is in it)", FEW, round -> {
            api.change(SERVER, "snmpName", "post-" + round);
            return () -> snmp("snmpget", SYS_NAME).contains("post-" + round + "\"");
        });
        var nanos = new long[FEW];
        long objects = 0;
        for (int round = 0; round < nanos.length; round++) {
            long begun = System.nanoTime();
            objects = snmp("snmpwalk", ".1").lines().count();
            nanos[round] = System.nanoTime() - begun;
        }
        System.out.println("snmpwalk of all " + objects + " objects: " + Spread.of(nanos));
        api.change(SERVER, "snmpEnabled", JsonValue.FALSE);
    }

    private void selfSigned(String name) {
        var names = Json.createObjectBuilder()
                .add("names", Json.createArrayBuilder().add(name));
        api.certificate(SERVER, "self-signed", names.build()).insist(200);
    }

    private boolean accepts(int port) {
        try {
            Dialogue.with("127.0.0.1", product.port(port)).close();
            return true;
        } catch (IOException nobody) {
            return false;
        }
    }

    private String snmp(String tool, String object) throws IOException {
        String at = "127.0.0.1:" + product.port(161);
        return Product.run(
                List.of("sh", "-c", tool + " -v2c -c measured -t 1 -r 0 " + at + " " + object + " 2>&1 || true"));
    }

    private interface Change {
        Callable<Boolean> save(int round);
    }

    private static void measure(String what, int rounds, Change change) {
        var fromRequest = new long[rounds];
        var fromAnswer = new long[rounds];
        for (int round = 0; round < rounds; round++) {
            long asked = System.nanoTime();
            Callable<Boolean> obeyed = change.save(round);
            long answered = System.nanoTime();
            Await.until(what, PATIENCE, obeyed);
            long seen = System.nanoTime();
            fromRequest[round] = seen - asked;
            fromAnswer[round] = seen - answered;
        }
        System.out.printf("%s: %d rounds%n", what, rounds);
        System.out.println("  from the request to Save: " + Spread.of(fromRequest));
        System.out.println("  from the answer to it:    " + Spread.of(fromAnswer));
    }
}
