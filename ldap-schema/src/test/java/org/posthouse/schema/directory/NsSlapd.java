package org.posthouse.schema.directory;

import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.posthouse.schema.certificate.Certified;
import org.posthouse.schema.certificate.Issue;
import org.posthouse.schema.certificate.KeyKind;
import org.posthouse.schema.value.DomainName;
import org.posthouse.schema.value.Place;

/**
 * Debian's 389 Directory Server, run by a test in a folder of its own on free loopback ports, without the tools that expect
 * systemd. Its certificate comes from a private authority.
 */
public final class NsSlapd implements AutoCloseable {

    /** Where Debian installs it. */
    public static final Path PROGRAM = Path.of("/usr/sbin/ns-slapd");

    private static final Path TEMPLATE = Path.of("/usr/share/dirsrv/data/template-dse.ldif");
    private static final String ROOT = "dc=posthouse";
    private static final String MANAGER = "cn=Directory Manager";
    private static final String PASSWORD = "directory-manager";

    private final Path folder;
    private final int port;
    private final int securePort;
    private @Nullable Process process;

    private NsSlapd(Path folder, int port, int securePort) {
        this.folder = folder;
        this.port = port;
        this.securePort = securePort;
    }

    /** One with Posthouse's schema. */
    public static NsSlapd start(Path folder) throws IOException, InterruptedException, GeneralSecurityException {
        try (var ours = NsSlapd.class.getResourceAsStream("/org/posthouse/schema/posthouse.ldif")) {
            return start(folder, Objects.requireNonNull(ours).readAllBytes());
        }
    }

    /** One that does not know Posthouse yet. */
    static NsSlapd bare(Path folder) throws IOException, InterruptedException, GeneralSecurityException {
        return start(folder, new byte[0]);
    }

    private static NsSlapd start(Path folder, byte[] schema)
            throws IOException, InterruptedException, GeneralSecurityException {
        var server = new NsSlapd(folder, freePort(), freePort());
        for (String each : List.of("etc/schema", "db", "bak", "ldif", "lock", "log", "run", "inst")) {
            Files.createDirectories(folder.resolve(each));
        }
        if (schema.length > 0) {
            Files.write(folder.resolve("etc/schema/60posthouse.ldif"), schema);
        }
        for (String each : List.of("certmap.conf", "slapd-collations.conf")) {
            Files.copy(
                    Path.of("/etc/dirsrv/config", each), folder.resolve("etc").resolve(each));
        }
        Files.copy(Path.of("/etc/dirsrv/schema/99user.ldif"), folder.resolve("etc/schema/99user.ldif"));
        server.certify();
        Files.writeString(folder.resolve("etc/dse.ldif"), server.configuration());
        server.launch();
        server.addBackend();
        return server;
    }

    private static int freePort() throws IOException {
        try (var probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        }
    }

    /** Over TLS from the first octet. */
    public DirectoryAddress ldaps() {
        return address("ldaps://localhost:" + securePort, false, Optional.of(authority()));
    }

    /** Over StartTLS. */
    DirectoryAddress startTls() {
        return address("ldap://localhost:" + port, true, Optional.of(authority()));
    }

    /** In plain text. */
    public DirectoryAddress plain() {
        return address("ldap://localhost:" + port, false, Optional.empty());
    }

    private static DirectoryAddress address(String url, boolean startTls, Optional<Path> trusted) {
        return new DirectoryAddress(url, Place.of(ROOT), MANAGER, PASSWORD, startTls, trusted, Optional.empty());
    }

    private Path authority() {
        return folder.resolve("authority.pem");
    }

    private void certify() throws IOException, InterruptedException, GeneralSecurityException {
        Certified own = new Issue(List.of(new DomainName("localhost")))
                .selfSigned(KeyKind.RSA.make(), Clock.systemUTC().instant(), Duration.ofDays(1));
        Files.writeString(authority(), own.chain().pem());
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("server-cert", own.key(), "x".toCharArray(), new Certificate[] {
            own.chain().own()
        });
        Path file = folder.resolve("server.p12");
        try (OutputStream out = Files.newOutputStream(file)) {
            store.store(out, "x".toCharArray());
        }
        String database = "sql:" + folder.resolve("etc");
        run("certutil", "-N", "-d", database, "--empty-password");
        run("pk12util", "-i", file.toString(), "-d", database, "-W", "x");
    }

    private String configuration() throws IOException, InterruptedException {
        String text = Files.readString(TEMPLATE);
        var values = Map.ofEntries(
                Map.entry("cert_dir", "etc"),
                Map.entry("config_dir", "etc"),
                Map.entry("schema_dir", "etc/schema"),
                Map.entry("db_dir", "db"),
                Map.entry("db_home_dir", "db"),
                Map.entry("bak_dir", "bak"),
                Map.entry("ldif_dir", "ldif"),
                Map.entry("lock_dir", "lock"),
                Map.entry("log_dir", "log"),
                Map.entry("run_dir", "run"),
                Map.entry("inst_dir", "inst"),
                Map.entry("tmp_dir", "run"),
                Map.entry("ldapi", "run/ldapi"));
        for (var value : values.entrySet()) {
            text = text.replace(
                    "%" + value.getKey() + "%", folder.resolve(value.getValue()).toString());
        }
        // Java writes the names of keys in lower case.
        return text.replace("Server-Cert", "server-cert")
                .replace("%db_lib%", "bdb")
                .replace(
                        "%ds_passwd%",
                        run("pwdhash", "-s", "PBKDF2-SHA512", PASSWORD).strip())
                .replace(
                        "%ds_port%",
                        port + "\nnsslapd-listenhost: 127.0.0.1\nnsslapd-security: on" + "\nnsslapd-securePort: "
                                + securePort + "\nnsslapd-securelistenhost: 127.0.0.1")
                .replace("%ds_suffix%", ROOT)
                .replace("%ds_user%", System.getProperty("user.name"))
                .replace("%fqdn%", "localhost")
                .replace("%rootdn%", MANAGER)
                .replaceAll("%ldapi_(enabled|autobind)%", "off");
    }

    private String run(String... command) throws IOException, InterruptedException {
        Path log = folder.resolve("tool.log");
        Process tool = new ProcessBuilder(List.of(command))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        if (!tool.waitFor(180, TimeUnit.SECONDS) || tool.exitValue() != 0) {
            throw new IOException(String.join(" ", command) + ": " + Files.readString(log));
        }
        return Files.readString(log);
    }

    void launch() throws IOException {
        process = new ProcessBuilder(
                        PROGRAM.toString(),
                        "-D",
                        folder.resolve("etc").toString(),
                        "-i",
                        folder.resolve("run/pid").toString(),
                        "-d",
                        "0")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("ns-slapd.log").toFile())
                .start();
        long until = System.nanoTime() + Duration.ofMinutes(3).toNanos();
        while (!answers()) {
            if (System.nanoTime() > until || !process.isAlive()) {
                throw new IOException("ns-slapd does not start: "
                        + Files.readString(folder.resolve("log/errors"), StandardCharsets.UTF_8));
            }
            LockSupport.parkNanos(50_000_000);
        }
    }

    private boolean answers() {
        try (var connection = new LDAPConnection("127.0.0.1", port)) {
            return connection.getRootDSE() != null;
        } catch (LDAPException notYet) {
            return false;
        }
    }

    // In its file it would refuse to start with one that has no files yet.
    private void addBackend() throws IOException {
        try (var connection = new LDAPConnection("127.0.0.1", port, MANAGER, PASSWORD)) {
            connection.add(
                    "dn: cn=userroot,cn=ldbm database,cn=plugins,cn=config",
                    "objectClass: top",
                    "objectClass: extensibleObject",
                    "objectClass: nsBackendInstance",
                    "cn: userroot",
                    "nsslapd-suffix: " + ROOT);
            connection.add(
                    "dn: cn=\"" + ROOT + "\",cn=mapping tree,cn=config",
                    "objectClass: top",
                    "objectClass: extensibleObject",
                    "objectClass: nsMappingTree",
                    "cn: " + ROOT,
                    "nsslapd-state: backend",
                    "nsslapd-backend: userroot");
        } catch (LDAPException | com.unboundid.ldif.LDIFException refused) {
            throw new IOException(refused);
        }
    }

    @Override
    public void close() throws IOException {
        Process running = process;
        if (running != null) {
            running.destroyForcibly().onExit().orTimeout(60, TimeUnit.SECONDS).join();
        }
        try (var files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
