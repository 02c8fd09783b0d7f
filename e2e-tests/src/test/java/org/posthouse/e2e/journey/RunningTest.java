package org.posthouse.e2e.journey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.posthouse.e2e.world.Installed.SERVER;
import static org.posthouse.e2e.world.Installed.agent;

import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.posthouse.e2e.browser.Browser;
import org.posthouse.e2e.world.Api;
import org.posthouse.e2e.world.Await;
import org.posthouse.e2e.world.Installed;
import org.posthouse.e2e.world.LogOnFailure;
import org.posthouse.e2e.world.Product;

/** "Health": what is applied is shown as it changes, what is refused says why, and a proof is a session. */
@ExtendWith(LogOnFailure.class)
class RunningTest {

    private static final Product PRODUCT = Installed.product();
    private static final Api API = PRODUCT.api();
    private static final String POP = agent("POP Agent");
    private static final String CELL = "[data-server=mail1] [data-part=POP_AGENT] ";

    private static Browser browser;

    @BeforeAll
    static void signIn() {
        browser = new Browser(PRODUCT.url(), 1360, 900);
        browser.signIn(Product.ADMIN, Product.PASSWORD);
    }

    @AfterAll
    static void leave() {
        browser.close();
    }

    @Test
    void aSaveIsSeenWithoutAReload() {
        browser.open("/running").seen(CELL + "[data-verdict=obeys]");
        API.change(POP, "enabled", JsonValue.FALSE);
        API.command(SERVER, "POP_AGENT", "stop").insist(200);
        browser.seen(CELL + "[data-verdict=rests]");
        long wanted = API.change(POP, "enabled", JsonValue.TRUE)
                .getJsonNumber("revision")
                .longValue();
        API.command(SERVER, "POP_AGENT", "start").insist(200);
        browser.seen(CELL + "[data-verdict=obeys][data-obeyed='" + wanted + "']");
    }

    @Test
    void aProofIsARealSession() {
        browser.open("/running").click(CELL + "[data-prove]").seen("[data-proof]", "+OK");
        assertEquals(List.of(), browser.barriers(), "the proof");
    }

    @Test
    void theFilterStandsInTheAddress() {
        browser.open("/running?text=pop&state=obeys").seen("[data-server=mail1]");
        browser.open("/running?text=nowhere").seen("[data-empty=servers]");
        browser.click("a[href$='/running']").seen("[data-server=mail1]");
    }

    @Test
    void aServerWhoseEngineNeverRanIsNotShownAsObeyed() {
        String host = "cn=silent,o=Acme,dc=posthouse";
        API.create(object("HOST_SERVER", "o=Acme,dc=posthouse", "silent").build());
        API.create(object("MESSAGING_SERVER", "o=Internet Services,dc=posthouse", "silent1")
                .add(
                        "options",
                        Json.createObjectBuilder()
                                .add("hostServer", host)
                                .add("postmaster", "cn=admin,ou=people,o=Acme,dc=posthouse")
                                .add("officialDomain", "silent.example"))
                .build());
        try {
            browser.open("/running").seen("[data-server=silent1][data-worst=unreachable] .matrix-why");
            Await.until(
                    "the API says the same",
                    Duration.ofSeconds(60),
                    () -> API.get("/status")
                            .getJsonArray("servers")
                            .toString()
                            .contains("\"verdict\":\"unreachable\""));
        } finally {
            API.delete("ou=silent1,o=Internet Services,dc=posthouse").insist(204);
            API.delete(host).insist(204);
        }
    }

    private static JsonObjectBuilder object(String kind, String parent, String name) {
        return Json.createObjectBuilder()
                .add("kind", kind)
                .add("parent", parent)
                .add("name", name);
    }
}
