package org.posthouse.e2e.journey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.posthouse.e2e.world.Installed.PEOPLE;
import static org.posthouse.e2e.world.Installed.SERVER;
import static org.posthouse.e2e.world.Installed.agent;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.posthouse.e2e.browser.Browser;
import org.posthouse.e2e.world.Api;
import org.posthouse.e2e.world.Await;
import org.posthouse.e2e.world.Product;

/** A home whose directory is put back to yesterday's copy: the alarm, and both answers, by page, API, and command line. */
class OlderDirectoryTest {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String SMTP = agent("SMTP Agent");

    @TempDir
    private Path folder;

    private Path home() {
        return folder.resolve("home");
    }

    private static void copy(Path from, Path to) throws IOException {
        if (Files.exists(to)) {
            try (Stream<Path> all = Files.walk(to)) {
                for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(each);
                }
            }
        }
        try (Stream<Path> all = Files.walk(from)) {
            for (Path each : all.sorted().toList()) {
                Files.copy(each, to.resolve(from.relativize(each).toString()));
            }
        }
    }

    /** Makes changes after a copy of the directory, and starts with the copy. */
    private void backToYesterday(Product product) throws IOException {
        Path directory = home().resolve("directory");
        product.close();
        copy(directory, folder.resolve("yesterday"));
        product.again();
        Api api = product.api();
        api.change(SMTP, "maximumMessageSize", "77");
        api.createUser(PEOPLE, "newcomer", "a quiet river 7");
        Await.until("the engine applied it", SOON, () -> isInSync(product.api()));
        product.close();
        copy(folder.resolve("yesterday"), directory);
        product.again();
        Await.until("the alarm", SOON, () -> older(product.api()));
        Await.until(
                "the engine says so too",
                SOON,
                () -> !status(product.api())
                        .getJsonObject("directory")
                        .getJsonArray("hosts")
                        .isEmpty());
    }

    private static JsonObject status(Api api) {
        return api.get("/status");
    }

    private static boolean older(Api api) {
        return status(api).getJsonObject("directory").getBoolean("older");
    }

    private static boolean isInSync(Api api) {
        JsonObject server = status(api).getJsonArray("servers").getJsonObject(0);
        return server.getJsonArray("agents").getValuesAs(JsonObject.class).stream()
                .allMatch(part -> part.getJsonNumber("obeyed").longValue()
                        >= part.getJsonNumber("wanted").longValue());
    }

    private String run(String... words) throws IOException {
        var command = new java.util.ArrayList<>(List.of(Product.LAUNCHER.toString()));
        command.addAll(List.of(words));
        command.addAll(List.of(
                "--home",
                home().toString(),
                "--user",
                Product.ADMIN,
                "--password-file",
                home().resolveSibling("admin-password").toString()));
        return Product.run(command);
    }

    @Test
    void itIsToldOnEveryPageNothingCanBeChangedAndOneClickRestoresIt() throws IOException {
        try (Product product = Product.start(home()).setUp("--with", "smtp,imap")) {
            backToYesterday(product);
            Api api = product.api();
            Api.Answer refused = api.tryChange(SMTP, "maximumMessageSize", Json.createValue(5));
            assertTrue(refused.code() >= 400, refused.text());
            assertTrue(refused.text().contains("older than its history"), refused.text());
            try (var browser = new Browser(product.url(), 1360, 900)) {
                browser.signIn(Product.ADMIN, Product.PASSWORD);
                for (String page : List.of("/", "/history", "/running", "/object?dn=" + Api.quoted(SERVER))) {
                    browser.open(page);
                    browser.seen("[data-rollback]", "older than its history");
                }
                browser.click("[data-decide]");
                browser.seen("[data-answer=restore] [data-made=newcomer]");
                browser.seen("[data-misfit=PASSWORD]", "newcomer");
                browser.picture("older-directory");
                browser.click("[id$=restore]");
                browser.seen("[data-entry]");
                assertEquals(List.of(), browser.complaints());
            }
            Await.until("the engine follows again", SOON, () -> !older(product.api()));
            assertEquals(77, api.object(SMTP).getJsonObject("options").getInt("maximumMessageSize"));
            assertEquals("newcomer", api.object("cn=newcomer," + PEOPLE).getString("name"));
            api.change(SMTP, "maximumMessageSize", "78");
            Await.until("the engine applies what comes", SOON, () -> isInSync(product.api()));
            assertTrue(api.get("/history/verify").getBoolean("whole"));
        }
    }

    @Test
    void theOldStateIsAcceptedByTheCommandLineAndTheHistorySaysWhatItWas() throws IOException {
        try (Product product = Product.start(home()).setUp("--with", "smtp,imap")) {
            backToYesterday(product);
            assertTrue(run("status").contains("The directory is older than its history"));
            assertTrue(run("history", "directory").contains("newcomer"));
            assertTrue(run("history", "accept-directory", "--yes").contains("Accepted"));
            Await.until("the engine follows again", SOON, () -> !older(product.api()));
            Api api = product.api();
            assertFalse(api.object(SMTP).getJsonObject("options").getInt("maximumMessageSize") == 77);
            JsonObject what =
                    api.get("/history?by=directory").getJsonArray("changes").getJsonObject(0);
            assertTrue(what.getString("remark").startsWith("The directory went back"), what.toString());
            api.change(SMTP, "maximumMessageSize", "79");
            Await.until("the engine applies what comes", SOON, () -> isInSync(product.api()));
            product.restart();
            assertFalse(older(product.api()));
        }
    }

    @Test
    void theApiAnswersToo() throws IOException {
        try (Product product = Product.start(home()).setUp("--with", "smtp,imap")) {
            backToYesterday(product);
            Api api = product.api();
            assertTrue(api.get("/history/directory")
                    .getJsonObject("difference")
                    .toString()
                    .contains("newcomer"));
            api.call("POST", "/history/directory/restore?plan", JsonValue.EMPTY_JSON_OBJECT)
                    .insist(200);
            assertTrue(older(api), "a plan restored it");
            api.call("POST", "/history/directory/restore", JsonValue.EMPTY_JSON_OBJECT)
                    .insist(200);
            Await.until("the engine follows again", SOON, () -> !older(product.api()));
            assertEquals(
                    409,
                    api.call("POST", "/history/directory/accept", JsonValue.EMPTY_JSON_OBJECT)
                            .code());
        }
    }
}
