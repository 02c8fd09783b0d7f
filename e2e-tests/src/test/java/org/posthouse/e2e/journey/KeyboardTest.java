package org.posthouse.e2e.journey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.posthouse.e2e.world.Installed.SERVER;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.posthouse.e2e.browser.Browser;
import org.posthouse.e2e.world.Api;
import org.posthouse.e2e.world.Await;
import org.posthouse.e2e.world.Installed;
import org.posthouse.e2e.world.LogOnFailure;
import org.posthouse.e2e.world.Product;

/** The console by keyboard alone: the tree as the ARIA pattern says, and a focus that is never lost. */
@ExtendWith(LogOnFailure.class)
class KeyboardTest {

    private static final String LONG = "A container with a name of sixty-four letters that is a long one";
    private static final String PAGE = "/object?dn=" + Api.quoted(SERVER) + "&page=server-identification";
    private static Browser browser;

    @BeforeAll
    static void signIn() {
        Installed.product().api().createUser(Installed.PEOPLE, LONG, Installed.SECRET);
        browser = new Browser(Installed.product().url(), 1280, 900);
        browser.signIn(Product.ADMIN, Product.PASSWORD);
    }

    @AfterAll
    static void leave() {
        browser.close();
    }

    @BeforeEach
    void open() {
        browser.size(1280, 900).open(PAGE).seen("#panel\\:tempDirectory");
    }

    @Test
    void theArrowsMoveInTheTreeAndOpenItsContainers() {
        browser.focus("[role=tree] [tabindex='0']").onLine(SERVER);
        browser.keys("home", false).onLine("dc=posthouse");
        browser.keys("arrow_down", false).onLine("o=Acme");
        if (browser.has("[data-dn='o=Acme,dc=posthouse'][aria-expanded=true]")) {
            browser.keys("arrow_left", false).seen("[data-dn='o=Acme,dc=posthouse'][aria-expanded=false]");
        }
        browser.keys("arrow_right", false).seen("[data-dn='" + Installed.PEOPLE + "']");
        browser.onLine("o=Acme").keys("arrow_right", false).keys("arrow_down", false);
        browser.keys("arrow_left", false).onLine("o=Acme");
        browser.keys("arrow_left", false).seen("[data-dn='o=Acme,dc=posthouse'][aria-expanded=false]");
        browser.keys("end", false).onLine("ou=WebAdmin");
        browser.keys("arrow_up", false).onLine("ou=mail1");
    }

    @Test
    void anAsteriskOpensTheWholeLevel() {
        browser.focus("[role=tree] [tabindex='0']").keys("home", false).keys("arrow_down", false);
        browser.keys("*", false).seen("[data-dn='o=Acme,dc=posthouse'][aria-expanded=true]");
        browser.seen("[data-dn='" + Installed.PEOPLE + "'][aria-level='3'][aria-setsize][aria-posinset]");
        browser.onLine("o=Acme");
    }

    @Test
    void lettersFindNamesAndEnterOpensThem() {
        browser.focus("[role=tree] [tabindex='0']").keys("w", false).onLine("ou=WebAdmin");
        browser.keys("enter", false).seen("h1", "WebAdmin");
        browser.focus("[role=tree] [tabindex='0']")
                .keys("m", false)
                .keys(" ", false)
                .seen("main h1[data-dn]");
    }

    @Test
    void aLongNameHidesNothingAndLeavesThePageWhereItIs() {
        browser.open("/object?dn=" + Api.quoted("cn=" + LONG + "," + Installed.PEOPLE))
                .seen("h1", "A container");
        List<Long> rail = browser.edges(".rail-lines");
        List<Long> icon = browser.edges(".tree-link.current .icon");
        assertTrue(icon.get(2) >= rail.get(2) && icon.get(3) <= rail.get(3), icon + " in " + rail);
        assertEquals(0, browser.edges("body").getFirst(), "the page is scrolled");
    }

    @Test
    void theFocusReturnsFromDialogsAndMenus() {
        browser.focus("#panel\\:postmaster-browse").keys("enter", false).focusIn("#browse");
        for (int step = 0; step < 30; step++) {
            browser.keys("tab", false);
        }
        browser.focusIn("#browse").keys("escape", false).focusIn("#panel\\:postmaster-browse");
        browser.keys("enter", false)
                .type("#browsing\\:text", "admin")
                .click("[data-pick=admin]")
                .focusIn("#panel\\:postmaster-browse");
        browser.focus("#head\\:delete").keys("enter", false).focusIn("#deletion");
        browser.keys("escape", false).focusIn("#head\\:delete");
        browser.focus("[data-menu=me] summary").keys("enter", false).keys("tab", false);
        browser.keys("escape", false).focusIn("[data-menu=me] summary");
    }

    @Test
    void theFocusStaysWhereItWasAfterSaveAndDiscard() {
        browser.type("#panel\\:tempDirectory", "temp-a").seen("[data-change=tempDirectory]");
        browser.focus("#panel\\:discard").keys("enter", false).gone("[data-dirty]");
        browser.focusIn("#panel\\:tempDirectory");
        browser.type("#panel\\:tempDirectory", "temp-b").seen("[data-change=tempDirectory]");
        browser.focus("#panel\\:save").keys("enter", false).seen("[data-following]");
        browser.focusIn("#panel\\:tempDirectory");
    }

    @Test
    void theOpenPlanCoversNoField() {
        browser.size(1280, 700).type("#panel\\:dbfDirectory", "dbf-a").seen("[data-change=dbfDirectory]");
        browser.click("#panel\\:show").seen("[data-plan]");
        browser.focus("#panel\\:dbfDirectory");
        Await.until(
                "the field ends above the bar",
                Duration.ofSeconds(60),
                () -> browser.edges("#panel\\:dbfDirectory").get(1)
                        <= browser.edges(".savebar").getFirst());
        browser.click("#panel\\:discard").gone("[data-dirty]");
    }

    @Test
    void aProblemInTheBarLeadsToItsFieldAndChangedFieldsAreMarked() {
        browser.type("#panel\\:officialDomain", "no domain").seen("[data-problem-of=officialDomain] a");
        browser.seen("[data-changed=officialDomain]", "Changed");
        browser.click("[data-problem-of=officialDomain] a").focusIn("#panel\\:officialDomain");
        browser.click("#panel\\:discard").gone("[data-dirty]");
    }

    @Test
    void aRuleOfThePageIsSaidAtItsFields() {
        browser.open("/object?dn=" + Api.quoted(SERVER) + "&page=server-snmp");
        browser.click("#panel\\:snmpEnabled").click("#panel\\:snmpV3").seen("[data-changed=snmpEnabled]");
        browser.seen("[data-problem=page]");
        assertTrue(browser.has(".field [data-problem^=snmp]"), "no field says what is wrong");
        browser.click("#panel\\:discard").gone("[data-dirty]");
    }

    @Test
    void aSlashSearchesAndAQuestionMarkListsTheShortcuts() {
        browser.focus("#main").keys("/", false).focusIn("#palette-text");
        browser.keys("escape", false).focus("#main").keys("?", false).focusIn("#shortcuts");
        browser.keys("escape", false).gone("#shortcuts[open]");
    }

    @Test
    void titlesNameTheSection() {
        assertEquals("Identification · mail1 · Posthouse", browser.title());
        browser.open("/object?dn=" + Api.quoted(SERVER) + "&page=server-security");
        assertEquals("Security · mail1 · Posthouse", browser.title());
    }
}
