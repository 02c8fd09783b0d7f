package org.posthouse.e2e.journey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.posthouse.e2e.world.Installed.SERVER;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.posthouse.e2e.browser.Browser;
import org.posthouse.e2e.wire.Dialogue;
import org.posthouse.e2e.world.Api;
import org.posthouse.e2e.world.Await;
import org.posthouse.e2e.world.LdapTool;
import org.posthouse.e2e.world.LogOnFailure;
import org.posthouse.e2e.world.Product;

/** What an administrator deletes past the console is seen, said and mended. */
@ExtendWith(LogOnFailure.class)
class ForeignToolTest {

    private static final String USERS = "ou=people,o=Acme,dc=posthouse";
    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    @Test
    void aServerWhosePostmasterWasDeletedIsUnknownUntilItIsGivenAnother() throws IOException {
        try (Product product = Product.start(folder.resolve("home")).setUp("--with", "smtp,pop")) {
            Api api = product.api();
            appointAndDelete(product, "first");
            assertTrue(greets(product), "what runs goes on");
            assertUneditable(api);
            assertLaunchesNothing(product);
            assertTrue(imspmfix(product).contains("Unknown: " + SERVER));
            imspmfix(product, SERVER, "cn=admin," + USERS);
            Await.until("SMTP greets again", SOON, () -> greets(product));
            assertTrue(imspmfix(product).contains("Every messaging server has its postmaster."));

            appointAndDelete(product, "second");
            awaitUnknown(api);
            repairInTheConsole(product);
            api.change(SERVER, "tempDirectory", "tmp2");
        }
    }

    @Test
    void internetServicesThatWasDeletedIsMadeAgain() throws IOException {
        try (Product product = Product.start(folder.resolve("home")).setUp("--with", "smtp")) {
            assertTrue(nimsext(product).contains("Nothing was lost."));
            new LdapTool(product).delete("o=Internet Services,dc=posthouse");
            Await.until("its servers are gone with it", SOON, () -> !greets(product));
            assertTrue(nimsext(product, "--administrator", Product.ADMIN).contains("o=Internet Services,dc=posthouse"));
            Api api = product.api();
            assertEquals(
                    "INTERNET_SERVICES",
                    api.object("o=Internet Services,dc=posthouse").getString("kind"));
            assertEquals(
                    "LIST_CONTAINER",
                    api.object("ou=Mailing Lists,o=Internet Services,dc=posthouse")
                            .getString("kind"));
            api.create(server(api));
            Await.until("a server created in it greets", SOON, () -> greets(product));
        }
    }

    private static JsonObject server(Api api) {
        JsonObject host = api.get("/status").getJsonArray("hosts").getJsonObject(0);
        return Json.createObjectBuilder()
                .add("kind", "MESSAGING_SERVER")
                .add("parent", "o=Internet Services,dc=posthouse")
                .add("name", "mail2")
                .add(
                        "options",
                        Json.createObjectBuilder()
                                .add("hostServer", host.getString("dn"))
                                .add("postmaster", "cn=admin," + USERS)
                                .add("officialDomain", "example.com"))
                .add("agents", Json.createArrayBuilder().add("NMAP_AGENT").add("SMTP_AGENT"))
                .build();
    }

    private static String nimsext(Product product, String... more) throws IOException {
        var command = new ArrayList<>(List.of(Product.LAUNCHER.toString(), "nimsext"));
        command.addAll(List.of(more));
        command.addAll(List.of("--home", product.home().toString()));
        return Product.run(command);
    }

    private static void appointAndDelete(Product product, String name) {
        Api api = product.api();
        String dn = api.createUser(USERS, name, "a quiet river 7").getString("dn");
        api.change(SERVER, "postmaster", dn);
        assertEquals(409, api.delete(dn).code(), "the console does not let a postmaster go");
        new LdapTool(product).delete(dn);
    }

    private static void assertUneditable(Api api) {
        awaitUnknown(api);
        Api.Answer answer = api.tryChange(SERVER, "tempDirectory", Json.createValue("elsewhere"));
        assertEquals(422, answer.code());
        assertTrue(answer.text().contains("no longer exists"), answer.text());
    }

    private static void awaitUnknown(Api api) {
        Await.until(
                "the console says what is wrong",
                SOON,
                () -> api.object(SERVER).getJsonArray("problems").toString().contains("choose another postmaster"));
    }

    // The engine learns of the deletion a moment after the console.
    private static void assertLaunchesNothing(Product product) {
        Await.until("a restart is refused with the reason", SOON, () -> {
            Api.Answer answer = product.api().command(SERVER, "", "restart");
            return answer.code() == 409 && answer.text().contains("no longer exists");
        });
        Await.until("SMTP is gone", SOON, () -> !greets(product));
    }

    private static boolean greets(Product product) {
        return Dialogue.greets("127.0.0.1", product.port(25), "220");
    }

    private static void repairInTheConsole(Product product) {
        try (var browser = new Browser(product.url(), 1360, 900)) {
            browser.open("/").signIn(Product.ADMIN, Product.PASSWORD).shows("mail1");
            browser.open("/object?dn=" + Api.quoted(SERVER) + "&page=server-identification");
            browser.seen("[data-unknown]");
            browser.seen(".head-icon [data-kind=UNKNOWN]");
            assertFalse(browser.has("[data-panel]"), "no field can be edited");
            browser.click("#repair\\:choose").type("#browsing\\:text", Product.ADMIN);
            browser.click("[data-pick=" + Product.ADMIN + "]").seen("[data-successor=" + Product.ADMIN + "]");
            browser.picture("repair").click("#repair\\:go");
            browser.seen(".head-icon [data-kind=MESSAGING_SERVER]");
            assertFalse(browser.has("[data-repair]"));
            assertEquals(List.of(), browser.complaints());
        }
    }

    private static String imspmfix(Product product, String... operands) throws IOException {
        var command = new ArrayList<>(List.of(Product.LAUNCHER.toString(), "imspmfix"));
        command.addAll(List.of(operands));
        command.addAll(List.of("--home", product.home().toString(), "--user", Product.ADMIN, "--password-file"));
        command.add(product.home().resolveSibling("admin-password").toString());
        return Product.run(command);
    }
}
