package org.posthouse.e2e.journey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.posthouse.e2e.world.Installed.SERVER;

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

/** Ctrl+K, with nothing but the keyboard: to an object, to a page, to one option that then has the focus. */
@ExtendWith(LogOnFailure.class)
class PaletteTest {

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
    void anOptionIsOpenedWithItsFieldInFocus() {
        browser.open("/").keys("k", true).type("#palette-text", "retry interval");
        browser.seen("[role=option][aria-selected=true]", "NMAP Agent – mail1");
        browser.keys("Enter", false).focusIn("[data-option=retryInterval].sought");
        assertEquals(List.of(), browser.complaints());
    }

    @Test
    void anObjectIsOpenedByItsNameOrItsDistinguishedName() {
        browser.open("/").keys("k", true).type("#palette-text", "mail1");
        browser.seen("[role=option][aria-selected=true]", "mail1");
        browser.keys("Enter", false).seen("h1", "mail1");
        browser.open("/").keys("k", true).type("#palette-text", SERVER);
        browser.seen("[role=option][aria-selected=true]", "mail1");
        browser.keys("Enter", false).seen("h1", "mail1");
    }

    @Test
    void aPageOfTheSystemIsFoundAndRememberedForTheNextTime() {
        browser.open("/").keys("k", true).type("#palette-text", "health");
        browser.seen("[role=option][aria-selected=true]", "Health");
        browser.keys("Enter", false).seen("h1", "Desired and actual state");
        browser.open("/").keys("k", true).seen("[role=option][aria-selected=true]", "Health");
        browser.keys("Escape", false);
        browser.gone("#palette[open]");
    }

    @Test
    void itCanBeUsedWithAScreenReader() {
        browser.open("/object?dn=" + Api.quoted(SERVER)).keys("k", true).type("#palette-text", "port");
        browser.seen("[role=option][aria-selected=true]");
        assertEquals(List.of(), browser.barriers(), "the palette");
    }
}
