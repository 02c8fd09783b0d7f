package org.posthouse.mailcore.ims;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.posthouse.mailcore.engine.Engine;
import org.posthouse.mailcore.engine.Tree;
import org.posthouse.mailcore.engine.World;
import org.posthouse.schema.tree.Kind;

/** An engine that is started together with its directory, and before it. */
class EarlyStartTest {

    private final Tree tree = Tree.planted();

    @TempDir
    Path home;

    @AfterEach
    void close() {
        tree.close();
    }

    @Test
    void withSavedSettingsItServesBeforeAnybodySaysWhereTheDirectoryIs() throws IOException {
        tree.server("mail1", "127.0.0.1", Map.of(), Kind.NMAP_AGENT, Kind.SMTP_AGENT);
        Properties settings = settings(serveOnce());
        settings.setProperty("head-start", "60000");
        try (Engine early = (Engine) Ims.start(settings)) {
            assertTrue(greeting(Integer.parseInt(settings.getProperty("port-offset")) + 25)
                    .startsWith("220 "));
            await("the board says why", () -> early.board().json().contains("The directory of this host is starting."));
            tellDirectory(settings);
            await("it follows the directory", () -> early.board().json().contains("\"state\":\"polling\""));
        }
    }

    // Leaves saved settings behind; tells the port offset.
    private int serveOnce() {
        try (World before = World.of(tree, home.resolve("engine"))) {
            before.awaitBoard("\"running\"");
            await("settings are saved", () -> Files.exists(home.resolve("engine/last-good.txt")));
            return before.port(0);
        }
    }

    private Properties settings(int offset) {
        var settings = new Properties();
        settings.setProperty("home", home.toString());
        settings.setProperty("host-name", Tree.HOST);
        settings.setProperty("port-offset", Integer.toString(offset));
        return settings;
    }

    private void tellDirectory(Properties settings) throws IOException {
        Path password =
                Files.writeString(home.resolve("password"), tree.address().password());
        settings.setProperty("directory.url", tree.address().url());
        settings.setProperty("directory.root", tree.address().root().toString());
        settings.setProperty("directory.bindDn", tree.address().bindDn());
        settings.setProperty("directory.passwordFile", password.toString());
        settings.setProperty("directory.complete", "true");
    }

    private static void await(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() - end < 0, what);
            LockSupport.parkNanos(5_000_000);
        }
    }

    private static String greeting(int port) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(30_000);
            return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
                    .readLine();
        }
    }
}
