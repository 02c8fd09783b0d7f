package org.posthouse.e2e.journey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.posthouse.e2e.world.Installed.agent;

import jakarta.json.JsonValue;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.posthouse.e2e.browser.Browser;
import org.posthouse.e2e.world.Api;
import org.posthouse.e2e.world.Installed;
import org.posthouse.e2e.world.LogOnFailure;
import org.posthouse.e2e.world.Product;

/** "Getting started" names the next step, takes one there, can be put away, and comes back when its cause does. */
@ExtendWith(LogOnFailure.class)
class GettingStartedTest {

    private static final Api API = Installed.product().api();
    private static final String POP = agent("POP Agent");

    private static Browser browser;

    @BeforeAll
    static void signIn() {
        browser = new Browser(Installed.product().url(), 1360, 900);
        browser.signIn(Product.ADMIN, Product.PASSWORD);
    }

    @AfterAll
    static void leave() {
        browser.close();
    }

    @Test
    void theNextStepTakesOneToWhereItIsDone() {
        browser.open("/").seen("[data-step=certificate]", "mail1 has no certificate");
        browser.click("[data-step=certificate] a.primary").seen("[data-panel=server-security]");
    }

    @Test
    void whatWasPutAwayComesBackWithItsCause() {
        API.change(POP, "enabled", JsonValue.FALSE);
        try {
            browser.open("/").click("[data-advice] summary").click("[data-step=disabled] [data-away]");
            browser.gone("[data-step=disabled]");
            API.change(POP, "enabled", JsonValue.TRUE);
            API.change(POP, "enabled", JsonValue.FALSE);
            browser.open("/").click("[data-advice] summary").seen("[data-step=disabled]");
            assertEquals(List.of(), browser.barriers(), "the strip, opened");
        } finally {
            API.change(POP, "enabled", JsonValue.TRUE);
        }
        browser.gone("[data-step=disabled]");
    }
}
