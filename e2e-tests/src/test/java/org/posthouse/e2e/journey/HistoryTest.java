package org.posthouse.e2e.journey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.posthouse.e2e.world.Installed.SERVER;
import static org.posthouse.e2e.world.Installed.agent;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.posthouse.e2e.browser.Browser;
import org.posthouse.e2e.world.Api;
import org.posthouse.e2e.world.Await;
import org.posthouse.e2e.world.Installed;
import org.posthouse.e2e.world.LdapTool;
import org.posthouse.e2e.world.LogOnFailure;
import org.posthouse.e2e.world.Product;

/** Whatever way a change comes, it is written down; and nobody alters what is written. */
@ExtendWith(LogOnFailure.class)
class HistoryTest {

    private static final String ADMIN = "cn=admin,ou=people,o=Acme,dc=posthouse";
    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    @Test
    void aChangeByTheApiIsThereWithItsPlanAndTheTimeItTookToBeObeyed() {
        Api api = Installed.product().api();
        toggle(api, "acceptEtrn");
        JsonObject change = newest(api, agent("SMTP Agent"));
        assertEquals("api", change.getString("by"));
        assertEquals(ADMIN, change.getString("who"));
        assertTrue(change.getString("from").startsWith("127."), change.getString("from"));
        JsonObject option = change.getJsonArray("deeds")
                .getJsonObject(0)
                .getJsonArray("options")
                .getJsonObject(0);
        assertEquals("acceptEtrn", option.getString("option"));
        assertEquals("1 change; no sessions are interrupted", change.getString("plan"));
        Await.until(
                "the engines obeyed and that is written down",
                SOON,
                () -> newest(api, agent("SMTP Agent")).containsKey("obeyedAfterMillis"));
    }

    @Test
    void aChangeOnAPageIsThereInTheNameOfWhoeverMadeIt() {
        Product product = Installed.product();
        try (var browser = new Browser(product.url(), 1360, 900)) {
            browser.signIn(Product.ADMIN, Product.PASSWORD);
            browser.open("/object?dn=" + Api.quoted(SERVER) + "&page=server-identification");
            int before = newest(product.api(), SERVER).getInt("number");
            browser.type("#panel\\:tempDirectory", "history-" + System.nanoTime())
                    .click("#panel\\:save");
            Await.until("it is saved", SOON, () -> newest(product.api(), SERVER).getInt("number") > before);
            JsonObject change = newest(product.api(), SERVER);
            assertEquals("page", change.getString("by"));
            assertEquals(ADMIN, change.getString("who"));
            assertTrue(change.getString("plan").startsWith("1 change"), change.getString("plan"));
            Await.until(
                    "the engines obeyed and that is written down",
                    SOON,
                    () -> newest(product.api(), SERVER).containsKey("obeyedAfterMillis"));
            browser.open("/history?object=" + Api.quoted(SERVER));
            browser.click("[data-entry='" + change.getInt("number") + "'] summary");
            browser.seen("[data-entry='" + change.getInt("number") + "'] [data-attribute=posthouseWorkDirectory] ins");
            browser.click("[id$=verify]");
            browser.seen("[data-chain=whole]");
            browser.seen("[data-file=changes]");
            assertTrue(browser.attribute("[data-file=apply]", "href").contains("moment=" + change.getInt("number")));
            browser.picture("history");
            browser.open("/compare?from=" + (change.getInt("number") - 1) + "&object=" + Api.quoted(SERVER));
            browser.seen("[data-difference] [data-attribute=posthouseWorkDirectory]");
            browser.picture("compare");
            assertEquals(List.of(), browser.complaints());
        }
    }

    @Test
    void aChangeByAnotherToolIsNoticedAndWrittenDownAsThatToolsDoing() throws IOException {
        Product product = Installed.product();
        Path ldif = folder.resolve("change.ldif");
        Files.writeString(ldif, """
                dn: %s
                changetype: modify
                replace: posthouseMessageLimit
                posthouseMessageLimit: %d
                """.formatted(agent("SMTP Agent"), 1 + System.nanoTime() % 1_900));
        new LdapTool(product).modify(ADMIN, Product.PASSWORD, ldif);
        Await.until(
                "it is noticed",
                SOON,
                () -> newest(product.api(), agent("SMTP Agent")).getString("by").equals("tool"));
        assertEquals(ADMIN, newest(product.api(), agent("SMTP Agent")).getString("who"));
    }

    @Test
    void theTreeOfAnEarlierMomentIsExportedAppliedAndStandsAgain() throws IOException {
        Product product = Installed.product();
        Api api = product.api();
        toggle(api, "acceptEtrn");
        boolean then = etrn(api);
        int moment = newest(api, agent("SMTP Agent")).getInt("number");
        toggle(api, "acceptEtrn");
        String changes =
                history(product, "export", "changes", "--object", agent("SMTP Agent"), "--option", "acceptEtrn");
        assertTrue(changes.contains("# entry " + moment + ", ") && changes.contains("changetype: modify"), changes);
        String ldif = history(product, "export", "state", "" + moment, "--object", agent("SMTP Agent"), "--ldif");
        assertTrue(ldif.contains("dn: " + agent("SMTP Agent")), ldif);
        Path file = folder.resolve("then.yaml");
        history(product, "export", "state", "" + moment, "--output", file.toString());
        assertTrue(posthouse(product, "apply", file.toString(), "--prune").contains("applied"));
        assertEquals(then, etrn(api));
        JsonObject applied = newest(api, agent("SMTP Agent"));
        assertTrue(applied.getString("plan").startsWith("Applies a file: 1 change"), applied.getString("plan"));
    }

    private static boolean etrn(Api api) {
        return api.object(agent("SMTP Agent")).getJsonObject("options").getBoolean("acceptEtrn");
    }

    @Test
    void theSetUpIsTheFirstEntryAndTheCommandLineSaysThatAllIsWhole() throws IOException {
        Product product = Installed.product();
        JsonObject first = product.api().get("/history?by=setup&size=500");
        assertTrue(first.getInt("total") > 3, first.toString());
        assertTrue(history(product, "verify").contains("as it was written"));
        assertTrue(history(product, "list", "--by", "setup").contains("mail1"));
        assertFalse(Files.readString(journal(product)).contains(Product.PASSWORD), "a password was written down");
    }

    @Test
    void whatIsEditedOrCutOffIsNamedAfterAKillAndARestart() throws IOException {
        try (Product product = Product.start(folder.resolve("home")).setUp("--with", "smtp")) {
            Api api = product.api();
            toggle(api, "acceptEtrn");
            long number = newest(api, agent("SMTP Agent")).getInt("number");
            product.kill();
            product.again();
            assertTrue(product.api().get("/history/verify").getBoolean("whole"), "a kill is taken for tampering");
            product.kill();
            Path journal = journal(product);
            List<String> lines = Files.readAllLines(journal);
            int at = lines.indexOf(lines.stream()
                    .filter(line -> line.startsWith("{\"n\":" + number + ","))
                    .findFirst()
                    .orElseThrow());
            lines.set(at, lines.get(at).replace("cn=admin", "cn=nobody"));
            // What is not yet anchored can go with a crash; an end that was anchored cannot.
            long anchored = anchored(product);
            lines.removeIf(line -> number(line) >= anchored);
            Files.writeString(journal, String.join("\n", lines) + "\n");
            var refused = assertThrows(
                    AssertionError.class,
                    () -> Product.run(List.of(
                            Product.LAUNCHER.toString(),
                            "history",
                            "verify",
                            "--home",
                            product.home().toString())));
            assertTrue(
                    String.valueOf(refused.getMessage()).contains("(entry " + number + ") was altered"),
                    refused::getMessage);
            product.again();
            String faults =
                    product.api().get("/history/verify").getJsonArray("faults").toString();
            assertTrue(faults.contains("line " + (at + 1) + " of " + journal.getFileName()), faults);
            assertTrue(faults.contains("altered"), faults);
            assertTrue(faults.contains("missing") || faults.contains("cut off"), faults);
            toggle(product.api(), "acceptEtrn");
            assertEquals("api", newest(product.api(), agent("SMTP Agent")).getString("by"));
        }
    }

    private static void toggle(Api api, String option) {
        boolean now = api.object(agent("SMTP Agent")).getJsonObject("options").getBoolean(option);
        api.change(agent("SMTP Agent"), option, now ? jakarta.json.JsonValue.FALSE : jakarta.json.JsonValue.TRUE);
    }

    private static JsonObject newest(Api api, String object) {
        return api.get("/history?size=1&below=false&object=" + Api.quoted(object))
                .getJsonArray("changes")
                .getJsonObject(0);
    }

    private static Path journal(Product product) throws IOException {
        try (var files = Files.list(product.home().resolve("history"))) {
            return files.filter(file -> file.toString().endsWith(".jsonl"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static long number(String line) {
        return Long.parseLong(line.replaceFirst("^\\{\"n\":(\\d+),.*", "$1"));
    }

    private static long anchored(Product product) throws IOException {
        List<String> anchors = Files.readAllLines(product.home().resolve("history.anchors"));
        return Long.parseLong(anchors.getLast().split(" ", 2)[0]);
    }

    private static String history(Product product, String... operands) throws IOException {
        var words = new java.util.ArrayList<>(List.of("history"));
        words.addAll(List.of(operands));
        return posthouse(product, words.toArray(String[]::new));
    }

    private static String posthouse(Product product, String... words) throws IOException {
        var command = new java.util.ArrayList<>(List.of(Product.LAUNCHER.toString()));
        command.addAll(List.of(words));
        command.addAll(List.of("--home", product.home().toString(), "--user", Product.ADMIN, "--password-file"));
        command.add(product.home().resolveSibling("admin-password").toString());
        return Product.run(command);
    }
}
