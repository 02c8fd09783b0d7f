package org.posthouse.e2e.witness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.posthouse.e2e.browser.Browser;
import org.posthouse.e2e.wire.Dialogue;
import org.posthouse.e2e.world.Api;
import org.posthouse.e2e.world.Await;
import org.posthouse.e2e.world.Installed;
import org.posthouse.e2e.world.Ports;
import org.posthouse.e2e.world.Product;

/** The console's own address and its administrators: changed, seen, and taken back unless somebody confirms. */
class ConsoleWitnessTest {

    private static final Duration SOON = Duration.ofSeconds(60);
    // Long enough for whoever confirms, on any machine.
    private static final int SECONDS = 120;

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private static Path folder;

    private static ConsoleRig console;

    @BeforeAll
    static void start() throws IOException {
        console = ConsoleRig.start(folder, SECONDS);
    }

    @AfterAll
    static void stop() {
        console.close();
    }

    private static String url() {
        return console.url();
    }

    private static Api api() {
        return console.api();
    }

    private static boolean listens(String address, int port) {
        return ConsoleRig.listens(address, port);
    }

    private static int port(String at) {
        return ConsoleRig.port(at);
    }

    private static JsonObject confirm(Api.Answer answer) {
        return answer.insist(200).json().getJsonObject("confirm");
    }

    private static String page(String dn, String page) {
        return "/object?dn=" + Api.quoted(dn) + "&page=" + page;
    }

    @Test
    @Witness("publicAddress")
    void theConsoleAnswersByNamesOfItsOwnAloneAndByItsPublicAddress() throws IOException {
        assertTrue(status("evil.test").contains(" 421"), status("evil.test"));
        assertTrue(status("192.0.2.99").contains(" 421"), status("192.0.2.99"));
        assertTrue(status("localhost").contains(" 200"), status("localhost"));
        assertTrue(status("here:8089").contains(" 200"), status("here:8089"));
        api().change(ConsoleRig.CONSOLE, "publicAddress", "https://console.test");
        Await.until(
                "it answers by its public name",
                SOON,
                () -> status("console.test").contains(" 200"));
        api().change(ConsoleRig.CONSOLE, "publicAddress", "");
        Await.until("and not anymore", SOON, () -> status("console.test").contains(" 421"));
    }

    @Test
    void aRequestWithoutOneReadableHostIsMalformed() throws IOException {
        for (String host :
                List.of("", "localhost:x", "localhost:80@evil.test", "[::1", "localhost\r\nHost: evil.test")) {
            assertTrue(status(host).contains(" 400"), host + ": " + status(host));
        }
    }

    @Test
    void aFormThatAPageOfAnotherSiteSendsIsRefused() throws IOException {
        assertTrue(sent("Origin: https://evil.test").contains(" 403"));
        assertTrue(sent("Origin: null").contains(" 403"));
        assertTrue(sent("Sec-Fetch-Site: cross-site").contains(" 403"));
        assertTrue(sent("Sec-Fetch-Site: same-site\r\nOrigin: " + url().replaceAll("/$", ""))
                .contains(" 403"));
        assertTrue(sent("Origin: " + url().replaceAll("/$", "")).contains(" 200"));
        assertTrue(sent("Sec-Fetch-Site: same-origin").contains(" 200"));
        assertTrue(sent("Accept: */*").contains(" 200"));
    }

    private static String status(String host) throws IOException {
        return answer("GET /login HTTP/1.1", "Host: " + host);
    }

    private static String sent(String header) throws IOException {
        return answer("POST /login HTTP/1.1", "Host: localhost\r\nContent-Length: 0\r\n" + header);
    }

    private static String answer(String request, String headers) throws IOException {
        try (Dialogue http = Dialogue.with("127.0.0.1", port(url()))) {
            http.say(request).say(headers).say("Connection: close").say("");
            return http.line();
        }
    }

    @Test
    @Witness("httpPort")
    void aNewPortIsConfirmedAtTheNewPortAndOnlyThenTheOldOneGoes() throws IOException {
        int old = port(url());
        int fresh = Ports.free();
        String before = url();
        try (Browser browser = new Browser(before, 1400, 900)) {
            browser.signIn(Product.ADMIN, Product.PASSWORD);
            browser.open(page(ConsoleRig.CONSOLE, "webadmin-connection"));
            browser.type("#panel\\:httpPort", "" + fresh).seen("[data-lockout]");
            browser.click("#panel\\:save").seen("[data-confirm]");
            assertEquals(List.of(), browser.barriers(), "the banner");
            assertFalse(browser.has("[data-keep-change]"), "the old address proves nothing");
            assertTrue(listens("127.0.0.1", old));
            Await.until("it listens at the new port", SOON, () -> listens("127.0.0.1", fresh));
            Api.Answer useless = new Api(before, Product.ADMIN, Product.PASSWORD)
                    .call(
                            "POST",
                            "/confirmations/" + browser.attribute("[data-confirm]", "data-confirm"),
                            JsonValue.NULL);
            assertEquals(403, useless.code(), useless.text());
            assertTrue(useless.text().contains(":" + fresh), useless.text());
            browser.open("http://127.0.0.1:" + fresh + "/").seen("[data-confirm]");
            browser.picture("console-confirm");
            browser.click("[data-keep-change]");
            Await.until("the old port is closed", SOON, () -> !listens("127.0.0.1", old));
            browser.open("http://127.0.0.1:" + fresh + page(ConsoleRig.CONSOLE, "webadmin-connection"));
            browser.seen("[data-console] [data-tone=good]");
            browser.click("#panel\\:prove").seen("[data-proof]", "200");
        }
        Await.until("it is told where the console is now", SOON, () -> port(url()) == fresh);
        assertTrue(api().get("/status").containsKey("servers"));
    }

    @Test
    @Witness({"httpsPort", "listenAddress"})
    void anotherAddressIsListenedAtBesideTheOldOne() throws IOException {
        int http = port(url());
        int https = Ports.free();
        Api first = api();
        JsonObject current = first.object(ConsoleRig.CONSOLE);
        JsonObject confirm = confirm(first.call(
                "PATCH",
                "/objects?dn=" + Api.quoted(ConsoleRig.CONSOLE),
                Json.createObjectBuilder()
                        .add("revision", current.getJsonNumber("revision"))
                        .add(
                                "options",
                                Json.createObjectBuilder()
                                        .add("listenAddress", "127.0.0.9")
                                        .add("httpsPort", https))
                        .build()));
        Await.until("it listens at the new address", SOON, () -> listens("127.0.0.9", https));
        assertTrue(listens("127.0.0.1", http));
        Await.until("it is told where the console is now", SOON, () -> url().contains("127.0.0.9"));
        var printed = cli("confirm", confirm.getString("id"));
        assertTrue(printed.contains("kept"), printed);
        Await.until("the old address is closed", SOON, () -> !listens("127.0.0.1", http));
        confirm(api().tryChange(ConsoleRig.CONSOLE, "listenAddress", Json.createValue("127.0.0.1")));
        Await.until("it is told where the console is now", SOON, () -> url().contains("127.0.0.1"));
        cli("confirm", waiting());
        Await.until("the other address is closed", SOON, () -> !listens("127.0.0.9", https));
    }

    @Test
    @Witness({"http", "redirect"})
    void whoComesWithoutTlsIsLedToTlsOrFindsNothing() throws Exception {
        int http = port(url());
        String plain = url();
        JsonObject led = confirm(api().tryChange(ConsoleRig.CONSOLE, "redirect", JsonValue.TRUE));
        Await.until("it is told where the console is now", SOON, () -> url().startsWith("https:"));
        assertTrue(cli("confirm", led.getString("id")).contains("kept"));
        var answer = new java.net.URI(plain + "/login?to=/").toURL().openConnection();
        ((java.net.HttpURLConnection) answer).setInstanceFollowRedirects(false);
        assertEquals(308, ((java.net.HttpURLConnection) answer).getResponseCode());
        assertEquals(url() + "/login?to=/", answer.getHeaderField("Location"));
        cli("set", ConsoleRig.CONSOLE, "http=false", "redirect=false");
        cli("confirm", waiting());
        Await.until("HTTP is closed", SOON, () -> !listens("127.0.0.1", http));
        cli("set", ConsoleRig.CONSOLE, "http=true");
        Await.until("HTTP answers", SOON, () -> listens("127.0.0.1", http));
        Await.until("it is told where the console is now", SOON, () -> url().equals(plain));
        cli("confirm", waiting());
    }

    @Test
    void whatTheHostCannotGiveIsRefusedBeforeAnythingIsSaved() throws IOException {
        try (var taken = new java.net.ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress())) {
            Api.Answer answer = api().tryChange(ConsoleRig.CONSOLE, "httpPort", Json.createValue(taken.getLocalPort()));
            assertEquals(422, answer.code());
            assertTrue(answer.text().contains("is in use by another program on 127.0.0.1"), answer.text());
        }
        Api.Answer elsewhere = api().tryChange(ConsoleRig.CONSOLE, "listenAddress", Json.createValue("192.0.2.77"));
        assertTrue(elsewhere.text().contains("is not an address of this host"), elsewhere.text());
        assertEquals(422, elsewhere.code());
    }

    @Test
    @Witness("members")
    void whoWasTakenOutOfTheAdministratorsStaysOutWhenAnotherConfirms() {
        Api admin = api();
        JsonObject confirm = confirm(admin.tryChange(
                ConsoleRig.GROUP,
                "members",
                Json.createArrayBuilder().add(ConsoleRig.ANNA).build()));
        String id = confirm.getString("id");
        assertEquals(
                403, admin.call("POST", "/confirmations/" + id, JsonValue.NULL).code(), "he is out himself");
        Api anna = new Api(url(), "anna", Installed.SECRET);
        anna.call("POST", "/confirmations/" + id, JsonValue.NULL).insist(200);
        assertEquals(403, admin.call("GET", "/catalogue", JsonValue.NULL).code());
        anna.change(ConsoleRig.GROUP, "members", List.of(ConsoleRig.ADMIN, ConsoleRig.ANNA));
        assertEquals(200, admin.call("GET", "/catalogue", JsonValue.NULL).code());
    }

    @Test
    void whoTakesHimselfOutIsToldSoAndMayTakeItBack() {
        try (Browser browser = new Browser(url(), 1400, 900)) {
            browser.signIn(Product.ADMIN, Product.PASSWORD);
            browser.open(page(ConsoleRig.GROUP, "group-members"));
            browser.click("[data-value^='cn=admin,'] .value-remove").seen("[data-lockout]", "yourself");
            browser.click("#panel\\:save").seen("[data-confirm] [data-out]");
            assertFalse(browser.has("[data-keep-change]"), "he has no rights by which to confirm");
            browser.click("[data-back]").seen("[data-taken-back]");
            browser.open(page(ConsoleRig.GROUP, "group-members")).seen("[data-value^='cn=admin,']");
        }
    }

    @Test
    void nobodyDeletesHimselfOrTheConsoleTheyUse() {
        Api.Answer self = api().delete(ConsoleRig.ADMIN);
        assertEquals(403, self.code());
        assertTrue(self.text().contains("You are signed in as admin"), self.text());
        Api.Answer own = api().delete(ConsoleRig.CONSOLE);
        assertEquals(403, own.code());
        Api.Answer last = api().tryChange(
                        ConsoleRig.GROUP, "members", Json.createArrayBuilder().build());
        assertEquals(422, last.code());
        assertTrue(last.text().contains("must have at least one member"), last.text());
    }

    private static String waiting() throws IOException {
        String line = cli("confirm").strip();
        return line.replaceAll("(?s)\\s.*", "");
    }

    private static String cli(String... words) throws IOException {
        var command = new java.util.ArrayList<>(List.of(Product.LAUNCHER.toString(), words[0]));
        command.addAll(List.of(words).subList(1, words.length));
        command.addAll(List.of("--home", console.product().home().toString(), "--user", Product.ADMIN));
        command.addAll(
                List.of("--password-file", folder.resolve("admin-password").toString()));
        return Product.run(command);
    }
}
