package org.posthouse.webadmin.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who a command acts for, and at which console. */
class SignInTest {

    @TempDir
    Path folder;

    private final List<String> asked = new ArrayList<>();
    private final Map<String, String> environment = new HashMap<>();
    private HttpServer console;
    private String expires = "2999-01-01T00:00:00Z";
    private int status = 200;

    @BeforeEach
    void listen() throws IOException {
        Files.writeString(folder.resolve("pw"), "long enough\n");
        environment.put("XDG_CONFIG_HOME", folder.resolve("config").toString());
        console = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        console.createContext("/api/", exchange -> {
            String path = exchange.getRequestURI().getPath().substring("/api/".length());
            asked.add(exchange.getRequestMethod() + " " + path + " "
                    + exchange.getRequestHeaders().getFirst("Authorization"));
            exchange.getRequestBody().readAllBytes();
            byte[] body = (path.equals("sign-in")
                            ? "{\"token\":\"t0ken\",\"dn\":\"cn=anna\",\"expires\":\"" + expires + "\"}"
                            : "{\"confirmations\":[],\"reason\":\"who are you?\"}")
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(path.equals("sign-in") ? 200 : status, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        console.start();
    }

    @AfterEach
    void stop() {
        console.stop(0);
    }

    private String url() {
        return "http://127.0.0.1:" + console.getAddress().getPort() + "/";
    }

    private String run(String... words) {
        var out = new ByteArrayOutputStream();
        Cli.run(List.of(words), environment, new PrintStream(out, true, StandardCharsets.UTF_8));
        return out.toString(StandardCharsets.UTF_8);
    }

    private void signIn() {
        run(
                "sign-in",
                "--url",
                url(),
                "--user",
                "anna",
                "--password-file",
                folder.resolve("pw").toString());
    }

    private Path saved() {
        return folder.resolve("config/posthouse/sign-in.json");
    }

    @Test
    void aSignInServesLaterCommandsAndIsReadableByItsOwnerAlone() throws IOException {
        signIn();
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(saved())));
        assertFalse(Files.readString(saved()).contains("long enough"), "no password is saved");
        run("confirm");
        assertEquals("GET confirmations Bearer t0ken", asked.getLast());
    }

    @Test
    void signingOutEndsTheTokenAndDeletesTheFile() {
        signIn();
        assertTrue(run("sign-out").startsWith("You are signed out."));
        assertEquals("DELETE sign-in Bearer t0ken", asked.getLast());
        assertFalse(Files.exists(saved()));
        assertTrue(run("sign-out").startsWith("You were not signed in."));
        assertThrows(Failure.class, () -> run("confirm"));
    }

    @Test
    void anExpiredSignInIsSaidToBe() {
        expires = "2020-01-01T00:00:00Z";
        signIn();
        var failure = assertThrows(Failure.class, () -> run("confirm"));
        assertEquals(Failure.SIGN_IN, failure.code());
        assertTrue(String.valueOf(failure.getMessage()).startsWith("Your sign-in as anna expired on "));
    }

    @Test
    void aTokenThatTheConsoleNoLongerAcceptsIsSaidToBe() {
        signIn();
        status = 401;
        var failure = assertThrows(Failure.class, () -> run("confirm"));
        assertEquals(Failure.SIGN_IN, failure.code());
        assertTrue(String.valueOf(failure.getMessage()).contains("Sign in again: posthouse sign-in --user anna"));
    }

    @Test
    void aTokenIsShownToNoOtherConsole() {
        signIn();
        asked.clear();
        console.createContext("/other", exchange -> exchange.close());
        var failure =
                assertThrows(Failure.class, () -> run("confirm", "--url", url().replace("127.0.0.1", "localhost")));
        assertEquals(Failure.USAGE, failure.code());
        assertEquals(List.of(), asked);
    }

    @Test
    void optionsGoBeforeTheEnvironmentAndThatBeforeTheSavedSignIn() throws IOException {
        signIn();
        environment.put("POSTHOUSE_URL", url());
        environment.put("POSTHOUSE_USER", "otto");
        environment.put("POSTHOUSE_PASSWORD_FILE", folder.resolve("pw").toString());
        run("confirm");
        assertEquals("GET confirmations Basic b3R0bzpsb25nIGVub3VnaA==", asked.getLast());
        environment.put("POSTHOUSE_TOKEN", "fr0m-environment");
        run("confirm");
        assertEquals("GET confirmations Bearer fr0m-environment", asked.getLast());
        run("confirm", "--user", "anna");
        assertEquals("GET confirmations Basic YW5uYTpsb25nIGVub3VnaA==", asked.getLast());
        Files.writeString(folder.resolve("token"), "from-file\n");
        run("confirm", "--user", "anna", "--token-file", folder.resolve("token").toString());
        assertEquals("GET confirmations Bearer from-file", asked.getLast());
    }

    @Test
    void aHomeOfTheEnvironmentNamesTheConsoleThatRunsInIt() throws IOException {
        Files.writeString(folder.resolve("run.json"), "{\"pid\": 1, \"url\": \"" + url() + "\"}");
        environment.putAll(Map.of("POSTHOUSE_HOME", folder.toString(), "POSTHOUSE_TOKEN", "t"));
        run("confirm");
        assertEquals("GET confirmations Bearer t", asked.getLast());
        var failure = assertThrows(
                Failure.class,
                () -> run("confirm", "--home", folder.resolve("none").toString()));
        assertEquals(Failure.UNREACHABLE, failure.code());
    }

    @Test
    void aBrokenFileIsNamed() throws IOException {
        Files.createDirectories(saved().getParent());
        Files.writeString(saved(), "{}");
        var failure = assertThrows(Failure.class, () -> run("confirm", "--url", url()));
        assertEquals(Failure.SIGN_IN, failure.code());
        assertTrue(String.valueOf(failure.getMessage()).contains(saved().toString()));
    }
}
