package org.posthouse.webadmin.boot.directory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModificationType;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.posthouse.schema.certificate.Pin;
import org.posthouse.schema.directory.Directory;
import org.posthouse.schema.directory.DirectoryAddress;
import org.posthouse.schema.directory.DirectoryException;
import org.posthouse.schema.directory.DirectoryException.DirectoryDown;
import org.posthouse.schema.directory.DirectoryException.NotAllowed;
import org.posthouse.schema.directory.NewObject;
import org.posthouse.schema.ldif.Schema;
import org.posthouse.schema.tree.Entry;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.value.Place;

/** What a host that joined may do in the embedded directory, which it reaches over TLS alone. */
class HostAccountTest {

    private static final Place ACME = Place.of("o=Acme,dc=posthouse");
    private static final Place HOST = ACME.child("cn", "host2");
    private static final Place OTHER = ACME.child("cn", "host3");
    private static final Place ANN = ACME.child("cn", "ann");
    private static final String PASSWORD = "x".repeat(43);

    @TempDir
    static Path home;

    private static EmbeddedDirectory server;
    private static Directory service;
    private static Properties known;

    @BeforeAll
    static void start() throws IOException {
        Path schema = Files.writeString(home.resolve("schema.ldif"), Schema.ldif(), StandardCharsets.UTF_8);
        server = EmbeddedDirectory.start(
                home,
                Path.of("target/posthouse").toAbsolutePath(),
                schema,
                Optional.of(new Ldaps("127.0.0.1", freePort())));
        known = new Properties();
        try (var in = Files.newBufferedReader(home.resolve("directory.properties"))) {
            known.load(in);
        }
        service = Directory.connect(
                new DirectoryAddress(
                        known.getProperty("url"),
                        Place.of("dc=posthouse"),
                        known.getProperty("bindDn"),
                        Files.readString(Path.of(known.getProperty("passwordFile")))
                                .strip()),
                Clock.systemUTC());
        service.create(new NewObject(
                service.internetServices(),
                Kind.INTERNET_SERVICES,
                Map.of("posthouseSystemSecret", List.of("the secret"))));
        service.create(new NewObject(ACME, Kind.ORGANIZATION, Map.of()));
        service.create(new NewObject(ANN, Kind.USER, Map.of("sn", List.of("Ann"))));
        service.setPassword(ANN, "secret of ann");
        service.create(new NewObject(HOST, Kind.HOST_SERVER, Map.of()));
        service.create(new NewObject(OTHER, Kind.HOST_SERVER, Map.of()));
        service.setPassword(HOST, PASSWORD);
    }

    @AfterAll
    static void stop() {
        service.close();
        server.close();
    }

    @Test
    void readsWhatEnginesReadAndChecksPasswordsOfUsers() {
        try (Directory own = connect(HOST)) {
            Entry services = own.read(own.internetServices()).orElseThrow();
            assertEquals(Optional.of("the secret"), services.value("posthouseSystemSecret"));
            assertTrue(own.configuration().size() >= 3);
            assertTrue(own.signIn("ann", "secret of ann").isPresent());
            assertFalse(own.signIn("ann", "another").isPresent());
            String before = own.version(ANN);
            assertEquals(before, own.version(ANN));
            service.setPassword(ANN, "secret of ann");
            assertNotEquals(before, own.version(ANN), "the same password in a new hash");
        }
    }

    @Test
    void aWeakHashIsRenewedAtTheNextSignIn() throws Exception {
        Place carl = ACME.child("cn", "carl");
        service.create(new NewObject(carl, Kind.USER, Map.of("sn", List.of("C"))));
        try (var raw = new LDAPConnection(
                "127.0.0.1", URI.create(known.getProperty("url")).getPort())) {
            raw.bind(
                    known.getProperty("bindDn"),
                    Files.readString(Path.of(known.getProperty("passwordFile"))).strip());
            var sha = MessageDigest.getInstance("SHA-1");
            var salt = "saltsalt".getBytes(StandardCharsets.UTF_8);
            sha.update("weak secret".getBytes(StandardCharsets.UTF_8));
            var hash = sha.digest(salt);
            var stored = new byte[hash.length + salt.length];
            System.arraycopy(hash, 0, stored, 0, hash.length);
            System.arraycopy(salt, 0, stored, hash.length, salt.length);
            raw.modify(
                    carl.toString(),
                    new Modification(
                            ModificationType.REPLACE,
                            "userPassword",
                            "{SSHA}" + Base64.getEncoder().encodeToString(stored)));
            assertFalse(service.signIn("carl", "another").isPresent());
            assertTrue(stored(raw, carl).startsWith("{SSHA}"));
            assertTrue(service.signIn("carl", "weak secret").isPresent());
            assertTrue(stored(raw, carl).startsWith("{PBKDF2-HMAC-SHA512}"), stored(raw, carl));
            assertTrue(service.signIn("carl", "weak secret").isPresent());
        }
    }

    private static String stored(LDAPConnection raw, Place user) throws LDAPException {
        return String.valueOf(Objects.requireNonNull(raw.getEntry(user.toString(), "userPassword"))
                .getAttributeValue("userPassword"));
    }

    @Test
    void writesOnItsOwnObjectAndNowhereElse() {
        try (Directory own = connect(HOST)) {
            own.save(HOST, Map.of(), Map.of("posthouseStatusUrl", List.of("http://127.0.0.1:1")), revision(own, HOST));
            assertEquals(
                    Optional.of("http://127.0.0.1:1"),
                    service.read(HOST).orElseThrow().value("posthouseStatusUrl"));
            refused(() -> own.save(
                    OTHER,
                    Map.of(),
                    Map.of("posthouseStatusUrl", List.of("http://127.0.0.1:1")),
                    revision(own, OTHER)));
            refused(() -> own.save(HOST, Map.of(), Map.of("description", List.of("mine")), revision(own, HOST)));
            refused(() -> own.save(
                    own.internetServices(),
                    Map.of(),
                    Map.of("posthouseSystemSecret", List.of("mine")),
                    revision(own, own.internetServices())));
            refused(() -> own.delete(ANN, revision(own, ANN)));
            refused(() -> own.setPassword(ANN, "another password"));
            refused(() -> own.create(new NewObject(ACME.child("cn", "bob"), Kind.USER, Map.of("sn", List.of("B")))));
        }
        assertTrue(service.signIn("ann", "secret of ann").isPresent());
    }

    @Test
    void putsCertificatesInForceOnTheServersItRunsAndChangesNothingElseThere() {
        Place mine = server("mail2", HOST);
        Place others = server("mail3", OTHER);
        var certificate = Map.of(
                "posthouseCertificate", List.of("MIIB"),
                "posthouseAcmeIssued", List.of("digest"),
                "posthouseAcmeAsked", List.<String>of());
        try (Directory own = connect(HOST)) {
            Entry seen = own.read(mine).orElseThrow();
            own.save(mine, seen.attributes(), certificate, seen.revision());
            assertEquals(Optional.of("digest"), service.read(mine).orElseThrow().value("posthouseAcmeIssued"));
            refused(() -> own.save(mine, Map.of(), Map.of("posthouseTls", List.of("TRUE")), revision(own, mine)));
            refused(() -> own.save(others, Map.of(), certificate, revision(own, others)));
        }
    }

    private static Place server(String name, Place host) {
        Place place = service.internetServices().child("ou", name);
        service.create(new NewObject(
                place,
                Kind.MESSAGING_SERVER,
                Map.of(
                        "posthouseHost", List.of(host.toString()),
                        "posthousePostmaster", List.of(ACME.child("cn", "post").toString()),
                        "posthouseOfficialDomain", List.of("example.com"),
                        "posthouseAcmeAsked", List.of("2026-01-01T00:00:00Z"))));
        return place;
    }

    @Test
    void hearsOfChangesByPush() throws InterruptedException {
        var heard = new LinkedBlockingQueue<String>();
        try (Directory own = connect(HOST);
                var _ = own.follow(noticed -> heard.add(noticed.toString()))) {
            // What changes before the search stands is not pushed; the engine reads everything then.
            String told = null;
            for (int round = 0; told == null && round < 20; round++) {
                service.create(new NewObject(ACME.child("ou", "heard" + round), Kind.ORGANIZATIONAL_UNIT, Map.of()));
                told = heard.poll(1, TimeUnit.SECONDS);
                while (told != null && !told.contains("heard")) {
                    told = heard.poll(1, TimeUnit.SECONDS);
                }
            }
            assertTrue(told != null, "it heard of a change");
        }
    }

    @Test
    void isShutOutAsSoonAsItsObjectIsDeleted() {
        Place gone = ACME.child("cn", "gone");
        service.create(new NewObject(gone, Kind.HOST_SERVER, Map.of()));
        service.setPassword(gone, PASSWORD);
        try (Directory own = connect(gone)) {
            assertTrue(own.read(ACME).isPresent());
            service.delete(gone, revision(service, gone));
            assertTrue(loses(own), "its open connection ends");
        }
        assertThrows(NotAllowed.class, () -> connect(gone).close());
    }

    // The directory ends the connection after it has answered the deletion, not before.
    private static boolean loses(Directory own) {
        long patience = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (System.nanoTime() < patience) {
            try {
                if (own.read(ACME).isEmpty()) {
                    return true;
                }
            } catch (DirectoryException shutOut) {
                return true;
            }
        }
        return false;
    }

    @Test
    void isNotTakenInByAServerWithAnotherKey() {
        Pin other = new Pin("x".repeat(43));
        var failure = assertThrows(
                DirectoryDown.class,
                () -> Directory.connect(address(HOST).known(other), Clock.systemUTC())
                        .close());
        assertTrue(String.valueOf(failure.getMessage()).contains("it shows the key"), String.valueOf(failure));
    }

    private static void refused(Runnable act) {
        assertThrows(NotAllowed.class, act::run);
    }

    private static long revision(Directory directory, Place place) {
        return directory.read(place).orElseThrow().revision();
    }

    private static Directory connect(Place host) {
        return Directory.connect(address(host), Clock.systemUTC());
    }

    private static DirectoryAddress address(Place host) {
        return new DirectoryAddress(
                        "ldaps://127.0.0.1:" + known.getProperty("ldapsPort"),
                        Place.of("dc=posthouse"),
                        host.toString(),
                        PASSWORD)
                .known(new Pin(known.getProperty("ldapsPin")));
    }

    private static int freePort() throws IOException {
        try (var any = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return any.getLocalPort();
        }
    }
}
