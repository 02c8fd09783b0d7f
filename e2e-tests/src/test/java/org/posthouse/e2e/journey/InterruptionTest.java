package org.posthouse.e2e.journey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.posthouse.e2e.world.Installed.SERVER;

import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.posthouse.e2e.browser.Browser;
import org.posthouse.e2e.world.Api;
import org.posthouse.e2e.world.Installed;
import org.posthouse.e2e.world.LogOnFailure;
import org.posthouse.e2e.world.Product;

/** Whatever interrupts an edit, nothing that was typed is lost, and Save works as soon as all is well again. */
@ExtendWith(LogOnFailure.class)
class InterruptionTest {

    private static final String PAGE = "/object?dn=" + Api.quoted(SERVER) + "&page=server-identification";
    private static Browser browser;

    @BeforeAll
    static void signIn() {
        browser = new Browser(Installed.product().url(), 1280, 900);
        browser.signIn(Product.ADMIN, Product.PASSWORD);
    }

    @AfterAll
    static void leave() {
        browser.close();
    }

    @BeforeEach
    void open() {
        browser.offline(false).open(PAGE).seen("#panel\\:tempDirectory");
    }

    @Test
    void saveWorksAgainAfterTheNetworkWasGone() {
        browser.type("#panel\\:tempDirectory", "temp-1").seen("[data-change=tempDirectory]");
        browser.offline(true).click("#panel\\:save").seen(".savebar [data-fault=console]");
        assertEquals("Save", browser.seen("#panel\\:save").getText());
        browser.offline(false).focus("#panel\\:tempDirectory").keys("s", true).seen("[data-following]");
        browser.gone("[data-fault=console]:not([hidden])");
    }

    @Test
    void aSlowAnswerIsNotCalledAFailure() {
        browser.type("#panel\\:tempDirectory", "temp-4").seen("[data-change=tempDirectory]");
        browser.slowed(Duration.ofSeconds(25)).click("#panel\\:save").seen("[data-fault=slow]");
        assertFalse(browser.has("[data-fault=console]:not([hidden])"));
        browser.seen("[data-following]", Duration.ofMinutes(2)).getText();
        browser.gone("[data-fault=slow]:not([hidden])").offline(false);
    }

    @Test
    void whatWasTypedWithoutTheNetworkIsLookedAtWhenItIsBack() {
        browser.offline(true).type("#panel\\:dbfDirectory", "dbf-1").seen("[data-fault=console]");
        browser.offline(false).seen("[data-change=dbfDirectory]");
        browser.click("#panel\\:discard").gone("[data-dirty]");
    }

    @Test
    void theEndOfASessionLosesNothing() {
        browser.type("#panel\\:tempDirectory", "temp-2").seen("[data-change=tempDirectory]");
        browser.type("#panel\\:resolvers", "192.0.2.1")
                .click("#panel\\:resolvers-add")
                .seen("[data-value='192.0.2.1']");
        browser.loseSession().type("#panel\\:officialDomain", "typed.example").seen("[data-notice=ended]");
        browser.signInAgain(Product.ADMIN, Product.PASSWORD).seen("[data-change=officialDomain]");
        browser.seen("[data-change=tempDirectory]");
        browser.seen("[data-value='192.0.2.1']");
        browser.holds("#panel\\:officialDomain", "typed.example");
        browser.seen("[data-banner]", "restored").click("#panel\\:discard").gone("[data-dirty]");
    }

    @Test
    void aPageThatTheConsoleForgotIsLoadedAgainWithWhatWasTyped() {
        browser.open("/object?dn=" + Api.quoted("cn=admin," + Installed.PEOPLE) + "&page=user-identification");
        browser.loseView().focus("#panel\\:lastName").keys("x", false).seen("[data-change=lastName]");
        browser.seen("[data-banner]", "restored").holds("#panel\\:lastName", "x");
        browser.click("#panel\\:discard").gone("[data-dirty]");
    }

    @Test
    void anAdditionThatIsNotInItsListYetSurvivesTheEndOfASession() {
        browser.loseSession()
                .type("#panel\\:resolvers", "192.0.2.7")
                .click("#panel\\:resolvers-add")
                .seen("[data-notice=ended]");
        browser.signInAgain(Product.ADMIN, Product.PASSWORD).holds("#panel\\:resolvers", "192.0.2.7");
        browser.seen("[role=status][data-restored]", "restored");
    }

    @Test
    void whatAWizardAskedComesBackFromItsLastStep() {
        browser.open("/create?kind=USER&in=" + Api.quoted(Installed.PEOPLE));
        browser.type("input[data-answer=loginName]", "wanda").type("input[data-answer=lastName]", "Wand");
        browser.type("input[data-answer=password]", "very secret 1")
                .type("input[data-answer=password-again]", "very secret 1");
        browser.click("[data-ask=handOver] .ui-toggleswitch").seen("[data-ask=handOver] .ui-toggleswitch-checked");
        browser.click("#wizard\\:next").seen("[data-review]");
        browser.loseSession().click("#wizard\\:create").seen("[data-notice=ended]");
        assertFalse(browser.stored().contains("very secret"));
        browser.signInAgain(Product.ADMIN, Product.PASSWORD).holds("input[data-answer=loginName]", "wanda");
        browser.holds("input[data-answer=lastName]", "Wand").seen("[data-ask=handOver] .ui-toggleswitch-checked");
    }

    @Test
    void aPostWithoutASessionComesBackToItsPage() {
        browser.loseSession()
                .click("[data-menu=me] summary")
                .click("#me\\:language-en")
                .seen("[data-notice=ended]");
        browser.signInAgain(Product.ADMIN, Product.PASSWORD).seen("#panel\\:tempDirectory");
    }

    @Test
    void passwordsAreNeverKept() {
        browser.open("/object?dn=" + Api.quoted(SERVER) + "&page=server-snmp");
        browser.type("#panel\\:snmpAuthPassword", "very secret 1").seen("[data-changed=snmpAuthPassword]");
        browser.loseSession().type("#panel\\:snmpLocation", "cellar").seen("[data-notice=ended]");
        assertEquals(false, browser.stored().contains("very secret"));
        browser.signInAgain(Product.ADMIN, Product.PASSWORD).seen("[data-change=snmpLocation]");
        browser.gone("[data-changed=snmpAuthPassword]")
                .click("#panel\\:discard")
                .gone("[data-dirty]");
    }
}
