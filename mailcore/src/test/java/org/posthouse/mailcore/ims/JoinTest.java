package org.posthouse.mailcore.ims;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.posthouse.schema.certificate.Issue;
import org.posthouse.schema.certificate.Pin;
import org.posthouse.schema.file.AtomicFile;
import org.posthouse.schema.file.SyncRecording;
import org.posthouse.schema.value.DomainName;

/** A host that joins, with a console played by the test. */
class JoinTest {

    private static final String TOKEN = "t".repeat(43);
    private static final String ACCOUNT = """
            {"host":"host2","directory":"ldaps://console.example:636","pin":"%s","root":"dc=posthouse",
             "bindDn":"cn=host2,o=Acme,dc=posthouse","password":"very secret"}""".formatted("p".repeat(43));

    @TempDir
    Path home;

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private KeyPair keys;
    private HttpsServer console;
    private int code = 201;
    private String answer = ACCOUNT;

    @BeforeEach
    void open() throws IOException, GeneralSecurityException {
        keys = KeyPairGenerator.getInstance("EC").generateKeyPair();
        console = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        console.setHttpsConfigurator(new HttpsConfigurator(shown()));
        console.createContext("/api/join", exchange -> {
            asked.add(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
            byte[] text = answer.getBytes(UTF_8);
            exchange.sendResponseHeaders(code, text.length);
            exchange.getResponseBody().write(text);
            exchange.close();
        });
        console.start();
    }

    @AfterEach
    void close() {
        console.stop(0);
    }

    @Test
    void whatItKeepsIsOnTheDiskBeforeItSaysThatItJoined() throws IOException {
        Join join = join(Pin.of(keys.getPublic()));
        Path account = home.resolve("directory.properties");
        Path password = home.resolve("directory.password");
        List<Path> synced = SyncRecording.of(() -> join.run(home, "machine"));
        assertEquals(List.of(AtomicFile.draft(password), home, AtomicFile.draft(account), home), synced);
    }

    @Test
    void keepsItsAccountWhereNobodyElseReadsIt() throws IOException {
        assertEquals("host2", join(Pin.of(keys.getPublic())).run(home, "machine"));
        assertTrue(asked.getFirst().contains("\"token\":\"" + TOKEN + "\""), asked.toString());
        assertTrue(asked.getFirst().contains("\"host\":\"machine\""), asked.toString());
        var known = new Properties();
        try (var in = Files.newBufferedReader(home.resolve("directory.properties"))) {
            known.load(in);
        }
        assertEquals("cn=host2,o=Acme,dc=posthouse", known.getProperty("bindDn"));
        assertEquals("host2", known.getProperty("hostName"));
        assertEquals("very secret", Files.readString(Path.of(known.getProperty("passwordFile"))));
        for (String file : List.of("directory.properties", "directory.password")) {
            assertEquals(
                    "rw-------",
                    PosixFilePermissions.toString(Files.getPosixFilePermissions(home.resolve(file))),
                    file);
        }
        assertFalse(Files.readString(home.resolve("directory.properties")).contains("very secret"));
    }

    @Test
    void tellsNothingToAConsoleWithAnotherKey() throws GeneralSecurityException {
        Pin other = Pin.of(KeyPairGenerator.getInstance("EC").generateKeyPair().getPublic());
        String said = refused(join(other));
        assertTrue(said.contains("is not the console that made this command"), said);
        assertTrue(said.contains(other.digest()), said);
        assertEquals(List.of(), asked);
        assertFalse(Files.exists(home.resolve("directory.properties")));
    }

    @Test
    void repeatsWhyTheConsoleRefuses() throws IOException {
        code = 410;
        answer = "{\"error\":\"notAdmitted\",\"reason\":\"This token expired at noon.\"}";
        String said = refused(join(Pin.of(keys.getPublic())));
        assertTrue(said.endsWith("This token expired at noon."), said);
        Files.createFile(home.resolve("directory.properties"));
        assertTrue(refused(join(Pin.of(keys.getPublic())))
                .contains("Without --join, it starts with its existing settings"));
    }

    @Test
    void saysWhenNobodyAnswers() {
        console.stop(0);
        String said = refused(join(Pin.of(keys.getPublic())));
        assertTrue(said.contains("does not answer"), said);
    }

    @Test
    void saysWhenWhatAnswersIsNoConsole() {
        answer = "<html>";
        assertTrue(refused(join(Pin.of(keys.getPublic()))).contains("is not a Posthouse console"));
    }

    @Test
    void anAddressThatIsNotWholeIsRefusedWithoutRepeatingIt() {
        for (String typed :
                List.of(TOKEN, "https://console/", "http://console/#" + TOKEN + "." + TOKEN, "https://c/#" + TOKEN)) {
            String said = String.valueOf(assertThrows(IllegalArgumentException.class, () -> Join.of(typed))
                    .getMessage());
            assertFalse(said.contains(TOKEN), said);
        }
    }

    private String refused(Join join) {
        return String.valueOf(assertThrows(IllegalStateException.class, () -> join.run(home, "machine"))
                .getMessage());
    }

    private Join join(Pin pin) {
        return Join.of("https://127.0.0.1:" + console.getAddress().getPort() + "/#" + TOKEN + "." + pin.digest());
    }

    // Its certificate is for another name and ended long ago: the key is what counts.
    private SSLContext shown() throws GeneralSecurityException, IOException {
        var chain = new Issue(List.of(new DomainName("elsewhere.example")))
                .selfSigned(keys, Instant.EPOCH, Duration.ofDays(1))
                .chain();
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry(
                "console", keys.getPrivate(), new char[0], chain.certificates().toArray(Certificate[]::new));
        var managers = KeyManagerFactory.getInstance("SunX509");
        managers.init(store, new char[0]);
        var context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }
}
