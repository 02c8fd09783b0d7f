package org.posthouse.e2e.journey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.posthouse.e2e.browser.Browser;
import org.posthouse.e2e.wire.Dialogue;
import org.posthouse.e2e.world.Api;
import org.posthouse.e2e.world.Await;
import org.posthouse.e2e.world.Engine;
import org.posthouse.e2e.world.Ports;
import org.posthouse.e2e.world.Product;

/** An engine joins with the command of the console, and runs a messaging server with an account of its own. */
class JoinTest {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Duration START = Duration.ofSeconds(60);
    private static final Duration SILENT = Duration.ofSeconds(60);
    private static final String HOST = "cn=host2,o=Acme,dc=posthouse";
    private static final String SERVER = "ou=mail2,o=Internet Services,dc=posthouse";

    @TempDir
    Path folder;

    @Test
    void anEngineJoinsByOneCommandAndRunsWhatIsItsOwn() throws IOException {
        Path home = folder.resolve("host2");
        int offset = Ports.offset();
        List<String> ports = List.of("--port-offset", "" + offset);
        try (Product product = Product.start(folder.resolve("home"), "--ldaps-port", "" + Ports.free())
                .setUp("--with", "smtp")) {
            Api api = product.api();
            String address;
            try (Browser browser = new Browser(product.url(), 1360, 900)) {
                browser.signIn(Product.ADMIN, Product.PASSWORD);
                browser.open("/join?in=" + Api.quoted("o=Acme,dc=posthouse")).click("#join\\:make");
                String command = browser.seen("[data-command]").getText();
                browser.seen("[data-fate=waiting]");
                browser.picture("join");
                assertTrue(command.startsWith("./posthouse ims --join 'https://127.0.0.1:"), command);
                address = command.replaceAll(".*'(.*)'.*", "$1");
                strangersStayOutside(address, ports);
                try (Engine engine = Engine.start(
                        home, List.of("--join", address, "--host-name", "host2", ports.get(0), ports.get(1)))) {
                    browser.seen("[data-fate=joined]", "host2 joined");
                    assertEquals(List.of(), browser.complaints());
                    Await.until("its board is read", START, () -> host(api).getBoolean("answers"));
                    nothingSecretIsOutside(engine, home, address);
                    runsWhatIsItsOwn(api, offset);
                    aTokenIsGoodOnce(address, ports);
                    whoeverGuessesWaits(address, ports);
                }
            }
            List<String> otherwise = List.of("--status-address", "127.0.0.2", ports.get(0), ports.get(1));
            try (Engine again = Engine.start(home, otherwise)) {
                Await.until(
                        "it starts by what it kept",
                        START,
                        () -> Dialogue.greeting("127.0.0.1", 25 + offset).contains("changed.example"));
                Await.until(
                        "its board is read over TLS",
                        START,
                        () -> host(api).getBoolean("answers")
                                && host(api).getString("board").startsWith("https://127.0.0.2:"));
                isUnreachableWhileItSaysNothing(api, again, offset);
                goesWithItsObject(api, home);
                assertTrue(again.process().isAlive());
            }
        }
    }

    // With another key, a mistyped token, or nobody there.
    private void strangersStayOutside(String address, List<String> ports) throws IOException {
        String key = address.substring(address.indexOf('.', address.indexOf('#')) + 1);
        assertRefused(address.replace(key, "A".repeat(43)), ports, "is not the console that made this command");
        String token = address.substring(address.indexOf('#') + 1, address.length() - key.length() - 1);
        assertRefused(address.replace(token, "A".repeat(43)), ports, "does not recognize this token");
        assertRefused(address.replaceFirst(":[0-9]+/", ":" + Ports.free() + "/"), ports, "does not answer");
    }

    private static void nothingSecretIsOutside(Engine engine, Path home, String address) throws IOException {
        String password = Files.readString(home.resolve("directory.password"));
        Path process = Path.of("/proc", "" + engine.process().pid());
        String line = Files.readString(process.resolve("cmdline"));
        assertTrue(line.contains(address), "the one-time token is there, and spent");
        for (String seen : List.of(line, Files.readString(process.resolve("environ")), engine.said())) {
            assertFalse(seen.contains(password), seen);
        }
        for (String file : List.of("directory.properties", "directory.password")) {
            assertEquals(
                    "rw-------",
                    PosixFilePermissions.toString(Files.getPosixFilePermissions(home.resolve(file))),
                    file);
        }
        String known = Files.readString(home.resolve("directory.properties"));
        assertTrue(known.contains("url=ldaps\\://127.0.0.1"), known);
        assertTrue(known.contains("bindDn=cn\\=host2,o\\=Acme,dc\\=posthouse"), known);
    }

    private static void runsWhatIsItsOwn(Api api, int offset) {
        api.create(Json.createObjectBuilder()
                .add("kind", "MESSAGING_SERVER")
                .add("parent", "o=Internet Services,dc=posthouse")
                .add("name", "mail2")
                .add("agents", Json.createArrayBuilder(List.of("NMAP_AGENT", "SMTP_AGENT")))
                .add(
                        "options",
                        Json.createObjectBuilder()
                                .add("hostServer", HOST)
                                .add("postmaster", "cn=admin,ou=people,o=Acme,dc=posthouse")
                                .add("officialDomain", "second.example"))
                .build());
        Await.until(
                "mail2 greets on its host",
                START,
                () -> Dialogue.greeting("127.0.0.1", 25 + offset).contains("second.example"));
        api.change(SERVER, "officialDomain", "changed.example");
        Await.until(
                "a change is obeyed",
                SOON,
                () -> Dialogue.greeting("127.0.0.1", 25 + offset).contains("changed.example"));
        Await.until(
                "it is shown as running",
                SOON,
                () -> host(api)
                        .getJsonArray("servers")
                        .getJsonObject(0)
                        .getString("state")
                        .equals("running"));
    }

    private void aTokenIsGoodOnce(String address, List<String> ports) throws IOException {
        assertRefused(address, ports, "This token was used at");
    }

    // A right token is never kept waiting by wrong ones, so the guesses are made last only for their answer.
    private void whoeverGuessesWaits(String address, List<String> ports) throws IOException {
        String key = address.substring(address.indexOf('.', address.indexOf('#')) + 1);
        String token = address.substring(address.indexOf('#') + 1, address.length() - key.length() - 1);
        for (int guess = 0; guess < 4; guess++) {
            assertRefused(address.replace(token, ("" + guess).repeat(43)), ports, "does not recognize this token");
        }
        assertRefused(address.replace(token, "9".repeat(43)), ports, "Too many unknown tokens");
        assertRefused(address, ports, "This token was used at");
    }

    // A stopped process answers as little as one behind a firewall: its connections stay open and nothing comes.
    private static void isUnreachableWhileItSaysNothing(Api api, Engine engine, int offset) throws IOException {
        Product.run(List.of("kill", "-STOP", "" + engine.process().pid()));
        try {
            api.change(SERVER, "officialDomain", "unheard.example");
            Await.until("it is shown as unreachable", SILENT, () -> verdict(api).equals("unreachable"));
        } finally {
            Product.run(List.of("kill", "-CONT", "" + engine.process().pid()));
        }
        Await.until("it is heard again, and obeys", START, () -> verdict(api).equals("obeys"));
        Await.until(
                "its greeting is the new one",
                SOON,
                () -> Dialogue.greeting("127.0.0.1", 25 + offset).contains("unheard.example"));
    }

    private static String verdict(Api api) {
        return api.get("/status").getJsonArray("servers").getValuesAs(JsonObject.class).stream()
                .filter(server -> server.getString("dn").equals(SERVER))
                .findFirst()
                .orElseThrow()
                .getString("verdict");
    }

    private static void goesWithItsObject(Api api, Path home) throws IOException {
        assertEquals(409, api.delete(HOST).code(), "mail2 needs it");
        api.delete(SERVER).insist(204);
        api.delete(HOST).insist(204);
        Path log = home.resolve("logs/ims.0.log");
        Await.until(
                "the directory lets it in no more",
                START,
                () -> Files.readString(log).contains("does not accept the name and password of " + HOST));
    }

    private void assertRefused(String address, List<String> ports, String reason) throws IOException {
        Path home = folder.resolve("stranger");
        try (Engine stranger = Engine.start(home, List.of("--join", address, ports.get(0), ports.get(1)))) {
            assertEquals(1, stranger.end());
            assertTrue(stranger.said().contains(reason), stranger.said());
            assertFalse(Files.exists(home.resolve("directory.password")));
        }
    }

    private static JsonObject host(Api api) {
        return api.get("/hosts?host=" + Api.quoted(HOST));
    }
}
