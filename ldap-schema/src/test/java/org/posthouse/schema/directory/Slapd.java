package org.posthouse.schema.directory;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.posthouse.schema.value.Place;

/** Debian's OpenLDAP server, run by a test in a folder of its own on a free loopback port. */
public final class Slapd implements AutoCloseable {

    /** Where Debian installs it. */
    public static final Path PROGRAM = Path.of("/usr/sbin/slapd");

    private static final String ROOT = "dc=posthouse";
    private static final String PASSWORD = "slapd-test-secret";

    private static final String INDEXES =
            "olcDbIndex: objectClass,cn,mail,posthouseRevision eq\nolcDbIndex: posthousePending pres\n";

    private final Path folder;
    private final int port;
    private @Nullable Process process;

    private Slapd(Path folder, int port) {
        this.folder = folder;
        this.port = port;
    }

    /** One with Posthouse's schema. */
    public static Slapd start(Path folder) throws IOException, InterruptedException {
        try (var ours = Slapd.class.getResourceAsStream("/org/posthouse/schema/posthouse-slapd.ldif")) {
            byte[] schema = Objects.requireNonNull(ours).readAllBytes();
            return start(folder, new String(schema, StandardCharsets.UTF_8), false);
        }
    }

    /** One with the schema of a version that signed no changes; our account may change that. */
    static Slapd earlier(Path folder) throws IOException, InterruptedException {
        try (var ours = Slapd.class.getResourceAsStream("/org/posthouse/schema/posthouse-slapd.ldif")) {
            String schema = new String(Objects.requireNonNull(ours).readAllBytes(), StandardCharsets.UTF_8);
            return start(
                    folder,
                    schema.replaceAll(
                                    "(?m)^olcAttributeTypes: [^\\n]*posthouse(ChangedBy|Deletion|AcceptedRevision)[^\\n]*\\n",
                                    "")
                            .replaceAll(" \\$ posthouse(ChangedBy|Deletion|AcceptedRevision)", "")
                            .replaceAll("posthouse(ChangedBy|Deletion|AcceptedRevision) \\$ ", ""),
                    true);
        }
    }

    /** One that does not know Posthouse yet; whether our account may change that. */
    static Slapd bare(Path folder, boolean mayExtend) throws IOException, InterruptedException {
        return start(folder, "", mayExtend);
    }

    private static Slapd start(Path folder, String schema, boolean mayExtend) throws IOException, InterruptedException {
        var slapd = new Slapd(folder, freePort());
        slapd.configure(schema, mayExtend);
        slapd.launch();
        return slapd;
    }

    private static int freePort() throws IOException {
        try (var probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        }
    }

    /** Where it is, with an account that may do everything. */
    public DirectoryAddress address() {
        return new DirectoryAddress("ldap://127.0.0.1:" + port, Place.of(ROOT), "cn=service," + ROOT, PASSWORD);
    }

    private String config(String schema, boolean mayExtend) {
        return """
            dn: cn=config
            objectClass: olcGlobal
            cn: config
            olcPidFile: %1$s/slapd.pid

            dn: cn=module{0},cn=config
            objectClass: olcModuleList
            cn: module{0}
            olcModulePath: /usr/lib/ldap
            olcModuleLoad: back_mdb
            olcModuleLoad: syncprov

            dn: cn=schema,cn=config
            objectClass: olcSchemaConfig
            cn: schema

            include: file:///etc/ldap/schema/core.ldif

            include: file:///etc/ldap/schema/cosine.ldif

            include: file:///etc/ldap/schema/inetorgperson.ldif

            %2$s
            dn: olcDatabase={0}config,cn=config
            objectClass: olcDatabaseConfig
            olcDatabase: {0}config
            olcAccess: {0}to * by dn.exact="%6$s" manage

            dn: olcDatabase={1}mdb,cn=config
            objectClass: olcMdbConfig
            olcDatabase: {1}mdb
            olcDbDirectory: %1$s/data
            olcSuffix: %3$s
            olcRootDN: cn=service,%3$s
            olcRootPW: %4$s
            %5$solcDbMaxSize: 268435456

            dn: olcOverlay={0}syncprov,olcDatabase={1}mdb,cn=config
            objectClass: olcOverlayConfig
            objectClass: olcSyncProvConfig
            olcOverlay: {0}syncprov
            """.formatted(
                        folder,
                        schema,
                        ROOT,
                        PASSWORD,
                        schema.isEmpty() ? "" : INDEXES,
                        mayExtend ? "cn=service," + ROOT : "cn=nobody");
    }

    private void configure(String schema, boolean mayExtend) throws IOException, InterruptedException {
        Files.createDirectories(folder.resolve("config"));
        Files.createDirectories(folder.resolve("data"));
        Path all = folder.resolve("config.ldif");
        Files.writeString(all, config(schema, mayExtend));
        run("/usr/sbin/slapadd", "-n", "0", "-F", folder + "/config", "-l", all.toString());
    }

    private void run(String... command) throws IOException, InterruptedException {
        Path log = folder.resolve("slapadd.log");
        Process adding = new ProcessBuilder(List.of(command))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        if (!adding.waitFor(120, TimeUnit.SECONDS) || adding.exitValue() != 0) {
            throw new IOException(Files.readString(log));
        }
    }

    void launch() throws IOException {
        process = new ProcessBuilder(
                        PROGRAM.toString(), "-h", "ldap://127.0.0.1:" + port, "-F", folder + "/config", "-d", "0")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("slapd.log").toFile())
                .start();
        long until = System.nanoTime() + Duration.ofMinutes(2).toNanos();
        while (!answers()) {
            if (System.nanoTime() > until || !process.isAlive()) {
                throw new IOException("slapd does not start: " + Files.readString(folder.resolve("slapd.log")));
            }
            LockSupport.parkNanos(20_000_000);
        }
    }

    private boolean answers() {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 200);
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }

    /** As kill -9 does. */
    void kill() {
        Process running = process;
        if (running != null) {
            running.destroyForcibly().onExit().orTimeout(60, TimeUnit.SECONDS).join();
        }
    }

    @Override
    public void close() throws IOException {
        kill();
        try (var files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
