package org.posthouse.e2e.journey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.posthouse.e2e.world.Installed.SERVER;
import static org.posthouse.e2e.world.Installed.agent;

import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
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

/** Every page can be used with a keyboard, a screen reader and weak eyes: nothing serious against WCAG 2.2 AA. */
@ExtendWith(LogOnFailure.class)
class BarriersTest {

    private static final String LONG = "Überaus lang benannter Mensch mit äöüß und mehr Zeichen";

    private static final List<String> PLACES = List.of(
            "dc=posthouse",
            "o=Acme,dc=posthouse",
            "ou=people,o=Acme,dc=posthouse",
            "cn=admin,ou=people,o=Acme,dc=posthouse",
            "cn=" + LONG + ",ou=people,o=Acme,dc=posthouse",
            "ou=Templates,o=Internet Services,dc=posthouse",
            "o=Internet Services,dc=posthouse",
            "cn=Administrators,o=Internet Services,dc=posthouse",
            SERVER);

    private static final String SERVICES = "o=Internet Services,dc=posthouse";
    private static final List<String> LISTED = IntStream.range(0, 30)
            .mapToObj(number -> "a-domain-with-a-long-name-" + number + ".example.org")
            .toList();

    private static Browser browser;

    private static String console = "";
    private static int undone;

    @BeforeAll
    static void signIn() {
        Api api = Installed.product().api();
        Await.until("the console has made its object", Duration.ofSeconds(60), () -> {
            console = named(api.get("/objects/children?dn=" + Api.quoted(SERVICES)), "WebAdmin ");
            return !console.isEmpty();
        });
        api.createUser(Installed.PEOPLE, LONG, Installed.SECRET);
        api.change(agent("SMTP Agent"), "globalDomains", LISTED);
        undone = api.get("/history").getJsonArray("changes").getJsonObject(0).getInt("number");
        browser = new Browser(Installed.product().url(), 1360, 900);
        assertEquals(List.of(), browser.open("/login").barriers(), "the login page");
        browser.signIn(Product.ADMIN, Product.PASSWORD);
    }

    @AfterAll
    static void leave() {
        browser.close();
        Api api = Installed.product().api();
        api.change(agent("SMTP Agent"), "globalDomains", List.of());
        api.delete("cn=" + LONG + "," + Installed.PEOPLE).insist(204);
    }

    @Test
    void onAWideScreenInLight() {
        assertEquals(Map.of(), barriers("light", 1360));
    }

    @Test
    void onANarrowScreenInDark() {
        assertEquals(Map.of(), barriers("dark", 390));
    }

    @Test
    void onAVeryWideScreenInGerman() {
        inGerman(() -> assertEquals(Map.of(), barriers("dark", 1920)));
    }

    private static void inGerman(Runnable test) {
        language("de");
        try {
            test.run();
        } finally {
            language("en");
        }
    }

    private static void language(String language) {
        browser.open("/")
                .click("[data-menu=me] summary")
                .click("#me\\:language-" + language)
                .seen("html[lang=" + language + "] h1");
    }

    @Test
    void onPagesThatCouldNotBeShown() {
        for (String scheme : List.of("light", "dark")) {
            browser.scheme(scheme).size(390, 900).open("/no/such/page").seen("h1", "Page not found");
            assertEquals(List.of(), browser.barriers(), "not found, " + scheme);
        }
    }

    @Test
    void everyPageBeginsAtTheSameEdge() {
        browser.scheme("light").size(1920, 1080);
        var edges = new TreeMap<Long, List<String>>();
        // A page that has nothing to show stands in the middle.
        pages().filter(page -> !page.contains("nobody"))
                .forEach(page -> edges.computeIfAbsent(
                                browser.open(page).edges("main h1").get(2) / 100, none -> new ArrayList<>())
                        .add(page));
        assertEquals(1, edges.size(), edges.toString());
    }

    @Test
    void everyEntryOfAMenuIsInANarrowWindow() {
        browser.scheme("light").size(390, 844);
        for (String page : List.of(object(SERVER), object(SERVICES), object("o=Acme,dc=posthouse"))) {
            browser.open(page);
            if (browser.has("[data-menu=create]")) {
                browser.click("[data-menu=create] summary").seen("[data-menu=create] .menu-item");
                List<Long> edges = browser.edges("[data-menu=create] .menu-panel");
                assertTrue(edges.get(2) >= 0 && edges.get(3) <= 390 && edges.get(1) <= 844, page + " " + edges);
                assertEquals(List.of(), browser.barriers(), "the Create menu of " + page);
            }
        }
    }

    @Test
    void inDialogs() {
        for (String scheme : List.of("light", "dark")) {
            dialogs().forEach((name, open) -> {
                browser.scheme(scheme).size(scheme.equals("light") ? 1360 : 390, 900);
                open.run();
                assertEquals(List.of(), browser.barriers(), name + ", " + scheme);
                assertFalse(browser.overflows(), name + ", " + scheme);
            });
        }
    }

    private static Map<String, Runnable> dialogs() {
        String identification = object(SERVER) + "&page=server-identification";
        String security = object(SERVER) + "&page=server-security";
        var dialogs = new LinkedHashMap<String, Runnable>();
        dialogs.put(
                "Browse",
                () -> browser.open(identification)
                        .click("#panel\\:postmaster-browse")
                        .seen("#browsing\\:text"));
        dialogs.put(
                "Delete",
                () -> browser.open(object(SERVER)).click("#head\\:delete").seen("#deleting\\:typed"));
        dialogs.put(
                "Stop now",
                () -> browser.open(object(agent("IMAP Agent")))
                        .click("#head\\:stop")
                        .seen("#commanding\\:go"));
        dialogs.put(
                "Set password",
                () -> browser.open(object("cn=" + LONG + "," + Installed.PEOPLE))
                        .click("#head\\:password")
                        .seen("#setting\\:go"));
        dialogs.put(
                "ACME", () -> browser.open(security).click("#panel\\:ask-acme").seen("#ask\\:names"));
        dialogs.put(
                "Self-signed",
                () -> browser.open(security).click("#panel\\:make-self-signed").seen("#make\\:names"));
        dialogs.put(
                "Install", () -> browser.open(security).click("#panel\\:upload").seen("#install\\:pem"));
        dialogs.put("shortcuts", () -> browser.open("/").keys("?", false).seen("dialog[open] .keys"));
        dialogs.put(
                "the save bar",
                () -> browser.open(identification)
                        .type("#panel\\:tempDirectory", "elsewhere")
                        .seen("[data-change=tempDirectory]"));
        dialogs.put(
                "a field with a problem",
                () -> browser.open(identification)
                        .type("#panel\\:officialDomain", "no domain")
                        .seen("[data-problem=officialDomain]"));
        dialogs.put(
                "people who lose mail",
                () -> browser.open(object(agent("NMAP Agent")) + "&page=nmap-context")
                        .click(".value-remove")
                        .click("#panel\\:show")
                        .seen(".plan [data-people=loss]"));
        return dialogs;
    }

    @Test
    void inThePalette() {
        for (String scheme : List.of("light", "dark")) {
            browser.scheme(scheme).size(scheme.equals("light") ? 1360 : 390, 900);
            browser.open("/").click("[data-palette]").type("#palette-text", "mail");
            browser.seen("[role=option][aria-selected=true]");
            assertEquals(List.of(), browser.barriers(), "the palette, " + scheme);
        }
    }

    @Test
    void nothingIsWiderThanANarrowScreen() {
        browser.scheme("light").size(390, 900);
        assertEquals(List.of(), wide());
    }

    @Test
    void nothingIsWiderThanANarrowScreenInGerman() {
        browser.scheme("dark").size(390, 900);
        inGerman(() -> assertEquals(List.of(), wide()));
    }

    private static List<String> wide() {
        var wide = new ArrayList<String>();
        pages().forEach(page -> {
            browser.open(page);
            if (browser.overflows()) {
                wide.add(page);
            }
        });
        return wide;
    }

    private static String named(JsonObject children, String beginning) {
        return children.getJsonArray("entries").getValuesAs(JsonObject.class).stream()
                .filter(entry -> entry.getString("name").startsWith(beginning))
                .map(entry -> entry.getString("dn"))
                .findFirst()
                .orElse("");
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
                object(agent("SMTP Agent")),
                object(agent("SMTP Agent")) + "&page=agent-security",
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
                "/history?entry=" + undone,
                "/running?state=care",
                "/undo?entry=" + undone,
                "/undo?entry=999999",
                "/undo?moment=0&object=" + Api.quoted(agent("SMTP Agent")),
                object(console),
                object(console) + "&page=webadmin-connection",
                "/create?kind=MESSAGING_SERVER&in=" + Api.quoted("o=Internet Services,dc=posthouse"),
                "/create?kind=USER&in=" + Api.quoted("ou=people,o=Acme,dc=posthouse"),
                "/create?kind=ALIAS&in=" + Api.quoted("ou=people,o=Acme,dc=posthouse"),
                "/join?in=" + Api.quoted("o=Acme,dc=posthouse"),
                "/rollback",
                object("cn=admin,ou=people,o=Acme,dc=posthouse") + "&page=user-internet-mail",
                object("cn=nobody,dc=posthouse"));
        return Stream.of(objects, agents, others).flatMap(pages -> pages);
    }

    private static String object(String dn) {
        return "/object?dn=" + Api.quoted(dn);
    }
}
