package org.posthouse.e2e.journey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
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
import org.posthouse.e2e.world.LogOnFailure;
import org.posthouse.e2e.world.Ports;
import org.posthouse.e2e.world.Product;

/** What the console says of a host: its engine, the machine under it, and that there is one engine alone. */
@ExtendWith(LogOnFailure.class)
class HostTest {

    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    private final Product product = Installed.product();
    private final Api api = product.api();

    @Test
    void theEngineSaysWhatItRunsOn() throws IOException {
        JsonObject host = host(name());
        JsonObject machine = host.getJsonObject("machine");
        assertTrue(host.getBoolean("answers"));
        assertEquals(System.getProperty("os.arch"), machine.getString("architecture"));
        assertEquals(Runtime.getRuntime().availableProcessors(), machine.getInt("processors"));
        assertEquals(product.pid(), machine.getJsonNumber("process").longValue());
        double ahead = machine.getJsonNumber("clockAheadMs").doubleValue();
        double error = machine.getJsonNumber("clockErrorMs").doubleValue();
        assertTrue(Math.abs(ahead) <= error, "it is the same clock, so the error explains all: " + machine);
        assertEquals(
                List.of("home", "directory", "history", "dbfDirectory", "messageStore", "tempDirectory"),
                machine.getJsonArray("folders").getValuesAs(JsonObject.class).stream()
                        .filter(each -> List.of("", Installed.SERVER).contains(each.getString("server")))
                        .map(each -> each.getString("use"))
                        .toList());
        String said = Product.run(List.of(
                Product.LAUNCHER.toString(),
                "host",
                "show",
                "Acme/" + name(),
                "--home",
                product.home().toString(),
                "--user",
                "admin",
                "--password-file",
                product.home().resolveSibling("admin-password").toString()));
        assertTrue(said.contains("ms against the console, give or take"), said);
        assertTrue(said.contains("server     mail1 running"), said);
    }

    @Test
    void aHostWithoutAnEngineSaysHowToStartOne() throws IOException {
        api.create(Json.createObjectBuilder()
                .add("kind", "HOST_SERVER")
                .add("parent", "o=Acme,dc=posthouse")
                .add("name", "nobody")
                .build());
        try (Browser browser = new Browser(product.url(), 1360, 900)) {
            browser.signIn(Product.ADMIN, Product.PASSWORD);
            browser.open("/object?dn=" + Api.quoted(dn("nobody")));
            browser.seen("[data-empty=engine]", "No engine has reported from this host yet");
            browser.open("/object?dn=" + Api.quoted(dn(name())));
            browser.seen("[data-fact=clock]", "±").seen("[data-server=mail1] [data-state=running]");
            browser.seen("[data-folder=messageStore]", "of mail1");
            browser.picture("host");
            assertEquals(List.of(), browser.complaints());
        }
        api.delete(dn("nobody")).insist(204);
    }

    @Test
    void twoEnginesOfOneHostAreShownAsAConflict() throws IOException {
        Path home = folder.resolve("second");
        Process second = new ProcessBuilder(
                        Product.LAUNCHER.toString(),
                        "ims",
                        "--home",
                        home.toString(),
                        "--port-offset",
                        "" + Ports.offset(),
                        "--directory",
                        directory(),
                        "--directory-bind-dn",
                        "cn=posthouse",
                        "--directory-password-file",
                        product.home()
                                .resolve("directory/service-account.password")
                                .toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("second.txt").toFile())
                .start();
        try {
            Await.until(
                    "both engines are named",
                    SOON,
                    () -> host(name()).getJsonArray("rivals").size() == 1);
            try (Browser browser = new Browser(product.url(), 1360, 900)) {
                browser.signIn(Product.ADMIN, Product.PASSWORD);
                browser.open("/object?dn=" + Api.quoted(dn(name())));
                browser.seen("[data-conflict]", "Two engines are running as this host");
                browser.seen("[data-conflict]", "does not serve");
            }
            Await.until(
                    "it says who serves",
                    SOON,
                    () -> Files.readString(folder.resolve("second.txt")).contains("already serves host " + name()));
            assertTrue(host(name()).getJsonObject("lease").getString("board").startsWith("http"));
        } finally {
            second.destroy();
        }
        Await.until(
                "one is left", SOON, () -> host(name()).getJsonArray("rivals").isEmpty());
        Await.until("it takes its place back", SOON, () -> host(name()).getBoolean("answers"));
    }

    private String directory() throws IOException {
        var known = new java.util.Properties();
        try (var in = java.nio.file.Files.newBufferedReader(product.home().resolve("directory.properties"))) {
            known.load(in);
        }
        return known.getProperty("url") + "/dc=posthouse";
    }

    private JsonObject host(String name) {
        return api.get("/hosts?host=" + Api.quoted(dn(name)));
    }

    private static String dn(String name) {
        return "cn=" + name + ",o=Acme,dc=posthouse";
    }

    private static String name() throws IOException {
        return InetAddress.getLocalHost().getHostName();
    }
}
