package org.posthouse.e2e.witness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.posthouse.e2e.witness.ConsoleRig.ANNA;
import static org.posthouse.e2e.witness.ConsoleRig.CONSOLE;
import static org.posthouse.e2e.witness.ConsoleRig.GROUP;
import static org.posthouse.e2e.witness.ConsoleRig.listens;
import static org.posthouse.e2e.witness.ConsoleRig.port;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.posthouse.e2e.browser.Browser;
import org.posthouse.e2e.world.Api;
import org.posthouse.e2e.world.Await;
import org.posthouse.e2e.world.Ports;
import org.posthouse.e2e.world.Product;

/** What nobody confirms is taken back, after a time that is short here: nothing but what it must hold happens in it. */
class TakenBackWitnessTest {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final int SECONDS = 15;
    private static final Duration OVER = Duration.ofSeconds(SECONDS + 60);

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private static Path folder;

    private static ConsoleRig console;

    @BeforeAll
    static void start() {
        console = ConsoleRig.start(folder, SECONDS);
    }

    @AfterAll
    static void stop() {
        console.close();
    }

    private static JsonObject confirm(Api.Answer answer) {
        return answer.insist(200).json().getJsonObject("confirm");
    }

    @Test
    void withoutConfirmationTheOldPortIsBackAndThePageSaysSo() {
        Api api = console.api();
        int old = port(console.url());
        int fresh = Ports.free();
        int other = Ports.free();
        JsonObject confirm = confirm(api.tryChange(CONSOLE, "httpPort", Json.createValue(fresh)));
        Api.Answer second = api.tryChange(CONSOLE, "httpsPort", Json.createValue(other));
        assertTrue(confirm.getInt("seconds") <= SECONDS, confirm.toString());
        assertEquals(422, second.code());
        assertTrue(second.text().contains("waits to be confirmed"), second.text());
        Await.until("it listens at the new port", SOON, () -> listens("127.0.0.1", fresh));
        Await.until("it is told where the console is now", SOON, () -> port(console.url()) == fresh);
        Await.until("the new port is closed again", OVER, () -> !listens("127.0.0.1", fresh));
        Await.until("it is told where the console is again", SOON, () -> port(console.url()) == old);
        try (Browser browser = new Browser(console.url(), 1400, 900)) {
            browser.signIn(Product.ADMIN, Product.PASSWORD).seen("[data-taken-back]", "HTTP Port");
        }
    }

    @Test
    void aConsoleThatIsKilledMeanwhileTakesItBackAtItsNextStart() throws IOException {
        int old = port(console.url());
        int fresh = Ports.free();
        JsonObject confirm = confirm(console.api().tryChange(CONSOLE, "httpPort", Json.createValue(fresh)));
        Await.until("it listens at the new port", SOON, () -> listens("127.0.0.1", fresh));
        console.product().kill();
        console.product().againElsewhere();
        Await.until(
                "it was taken back",
                OVER,
                () -> listens("127.0.0.1", old)
                        && !listens("127.0.0.1", fresh)
                        && Files.readString(console.product().home().resolve("logs/posthouse.log"))
                                .contains("Change " + confirm.getString("id") + " of " + CONSOLE + " was undone"));
        Await.until(
                "nothing waits any more",
                SOON,
                () -> console.api()
                        .get("/confirmations")
                        .getJsonArray("confirmations")
                        .isEmpty());
    }

    @Test
    @Witness("members")
    void whoWasTakenOutOfTheAdministratorsIsBackUnlessSomebodyConfirms() {
        Api admin = console.api();
        confirm(admin.tryChange(
                GROUP, "members", Json.createArrayBuilder().add(ANNA).build()));
        assertEquals(403, admin.call("GET", "/catalogue", JsonValue.NULL).code());
        Await.until(
                "he is back",
                OVER,
                () -> admin.call("GET", "/catalogue", JsonValue.NULL).code() == 200);
    }
}
