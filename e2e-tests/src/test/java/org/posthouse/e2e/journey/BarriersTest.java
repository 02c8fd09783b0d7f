package org.posthouse.e2e.journey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.posthouse.e2e.world.Installed.SERVER;
import static org.posthouse.e2e.world.Installed.agent;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.posthouse.e2e.browser.Browser;
import org.posthouse.e2e.world.Api;
import org.posthouse.e2e.world.Installed;
import org.posthouse.e2e.world.LogOnFailure;
import org.posthouse.e2e.world.Product;

/** Every page can be used with a keyboard, a screen reader and weak eyes: nothing serious against WCAG 2.2 AA. */
@ExtendWith(LogOnFailure.class)
class BarriersTest {

    private static final List<String> PLACES = List.of(
            "dc=posthouse",
            "o=Acme,dc=posthouse",
            "ou=people,o=Acme,dc=posthouse",
            "cn=admin,ou=people,o=Acme,dc=posthouse",
            "o=Internet Services,dc=posthouse",
            "cn=Administrators,o=Internet Services,dc=posthouse",
            SERVER);

    private static Browser browser;

    @BeforeAll
    static void signIn() {
        browser = new Browser(Installed.product().url(), 1360, 900);
        assertEquals(List.of(), browser.open("/login").barriers(), "the login page");
        browser.signIn(Product.ADMIN, Product.PASSWORD);
    }

    @AfterAll
    static void leave() {
        browser.close();
    }

    @Test
    void onAWideScreenInLight() {
        assertEquals(Map.of(), barriers("light", 1360));
    }

    @Test
    void onANarrowScreenInDark() {
        assertEquals(Map.of(), barriers("dark", 420));
    }

    @Test
    void inDialogs() {
        browser.scheme("light").size(1360, 900);
        browser.open("/object?dn=" + Api.quoted(SERVER) + "&page=server-identification");
        browser.click("#panel\\:postmaster-browse").seen("#browsing\\:text");
        assertEquals(List.of(), browser.barriers(), "Browse");
        browser.open("/object?dn=" + Api.quoted(SERVER)).click("#head\\:delete").seen("#deleting\\:typed");
        assertEquals(List.of(), browser.barriers(), "Delete");
        browser.open("/object?dn=" + Api.quoted(SERVER) + "&page=server-identification");
        browser.type("#panel\\:tempDirectory", "elsewhere").seen("[data-change=tempDirectory]");
        assertEquals(List.of(), browser.barriers(), "the save bar");
        browser.type("#panel\\:officialDomain", "no domain").seen("[data-problem=officialDomain]");
        assertEquals(List.of(), browser.barriers(), "a field with a problem");
    }

    @Test
    void inThePalette() {
        browser.scheme("dark").size(420, 900);
        browser.open("/").click("[data-palette]").type("#palette-text", "mail");
        browser.seen("[role=option][aria-selected=true]");
        assertEquals(List.of(), browser.barriers(), "the palette");
    }

    private static Map<String, List<String>> barriers(String scheme, int width) {
        browser.scheme(scheme).size(width, 900);
        var found = new LinkedHashMap<String, List<String>>();
        pages().forEach(page -> browser.open(page)
                .barriers()
                .forEach(barrier -> found.computeIfAbsent(barrier, none -> new ArrayList<>())
                        .add(page)));
        return found;
    }

    private static Stream<String> pages() {
        var objects = Stream.concat(
                PLACES.stream().map(BarriersTest::object),
                Stream.of("identification", "security", "snmp", "license", "status")
                        .map(page -> object(SERVER) + "&page=server-" + page));
        var agents = Stream.of(
                object("cn=Administrators,o=Internet Services,dc=posthouse") + "&page=group-members",
                object(agent("NMAP Agent")),
                object(agent("NMAP Agent")) + "&page=nmap-parameters",
                object(agent("NMAP Agent")) + "&page=nmap-context",
                object(agent("SMTP Agent")) + "&page=smtp-identification",
                object(agent("SMTP Agent")) + "&page=smtp-options",
                object(agent("SMTP Agent")) + "&page=agent-status");
        var others = Stream.of(
                "/",
                "/running",
                "/history",
                "/history?object=" + Api.quoted(SERVER) + "&act=made",
                "/history?text=nothing+like+this",
                "/compare?from=0",
                "/undo?moment=0&object=" + Api.quoted(agent("SMTP Agent")),
                "/create?kind=MESSAGING_SERVER&in=" + Api.quoted("o=Internet Services,dc=posthouse"),
                "/create?kind=USER&in=" + Api.quoted("ou=people,o=Acme,dc=posthouse"),
                object("cn=nobody,dc=posthouse"));
        return Stream.of(objects, agents, others).flatMap(pages -> pages);
    }

    private static String object(String dn) {
        return "/object?dn=" + Api.quoted(dn);
    }
}
