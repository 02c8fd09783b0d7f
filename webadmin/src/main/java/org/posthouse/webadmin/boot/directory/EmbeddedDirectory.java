package org.posthouse.webadmin.boot.directory;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running directory server of this process, from the moment it answers until it is closed.
 *
 * <p>All its state is in {@code HOME/directory/}; how to reach it is in {@code HOME/directory.properties}. Its
 * configuration is no state: it is written anew at each start from what the distribution brings, so a new version of
 * Posthouse needs no upgrade step and a damaged configuration heals itself.
 */
public final class EmbeddedDirectory implements AutoCloseable {

    /** Root suffix of the tree that the embedded server holds. */
    public static final String ROOT = "dc=posthouse";

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedDirectory.class);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final AutoCloseable server;
    private final DirectoryHome home;
    private final int port;

    private EmbeddedDirectory(AutoCloseable server, DirectoryHome home, int port) {
        this.server = server;
        this.home = home;
        this.port = port;
    }

    /**
     * Starts the directory and returns as soon as it answers LDAP on the loopback interface. The first start makes the
     * instance: keys, the service account's password, the root entry.
     *
     * @param home the product's home; {@code directory/} and {@code directory.properties} are made below it
     * @param distribution the product's distribution folder, which holds {@code directory/*.jar} and
     *     {@code directory/template/}
     * @param schemaLdif definitions of our attributes and classes in RFC 4512 form, entry {@code cn=schema}; taken
     *     over at each start because a new version may know more
     * @throws DirectoryUnavailable when another process runs the directory of this home, or it cannot start
     */
    public static EmbeddedDirectory start(Path home, Path distribution, Path schemaLdif) {
        return start(home, distribution, schemaLdif, Optional.empty());
    }

    /** As above, and listens for other hosts where {@code ldaps} says. */
    public static EmbeddedDirectory start(Path home, Path distribution, Path schemaLdif, Optional<Ldaps> ldaps) {
        return start(home, distribution, schemaLdif, ldaps, Indexes.WANTED);
    }

    /** As above, as another version of Posthouse starts it. */
    static EmbeddedDirectory start(
            Path home, Path distribution, Path schemaLdif, Optional<Ldaps> ldaps, Indexes indexes) {
        var started = System.nanoTime();
        var place = DirectoryHome.open(home);
        try {
            var distributed = distribution.resolve("directory");
            var configuration = new Configuration(distributed.resolve("template"), schemaLdif, indexes);
            place.furnish(distributed.resolve("template"), schemaLdif);
            var directory = start(place, distributed, configuration, ldaps);
            LOG.info("Directory answers at {} after {} ms", directory.url(), millisSince(started));
            return directory;
        } catch (IOException | RuntimeException failure) {
            place.close();
            throw failure instanceof DirectoryUnavailable known
                    ? known
                    : new DirectoryUnavailable("The directory in " + place.folder() + " did not start", failure);
        }
    }

    private static EmbeddedDirectory start(
            DirectoryHome home, Path distribution, Configuration configuration, Optional<Ldaps> ldaps)
            throws IOException {
        InstanceKey.OF_REPLICAS.ensure(home.folder());
        if (ldaps.isPresent()) {
            InstanceKey.OF_LDAPS.ensure(home.folder());
        }
        var account = ServiceAccount.of(home);
        var port = home.port();
        configuration.write(home, account, port, ldaps);
        // Never closed: threads of the server outlive its shutdown by moments and still load classes.
        var server = DirectoryClasses.of(distribution).startServer(home.folder(), EmbeddedDirectory::log);
        var directory = new EmbeddedDirectory(server, home, port);
        directory.awaitAnswer();
        home.announce(directory.url(), ROOT, account, ldaps);
        return directory;
    }

    private static void log(String severity, String text) {
        switch (severity) {
            case "ERROR" -> LOG.error("{}", text);
            case "NOTICE" -> LOG.info("{}", text);
            default -> LOG.warn("{}", text);
        }
    }

    /** LDAP URL to reach it, on the loopback interface. */
    public String url() {
        return "ldap://127.0.0.1:" + port;
    }

    /** Stops the server: refuses new work, ends what runs, writes the last checkpoint. */
    @Override
    public void close() {
        try {
            server.close();
        } catch (Exception failure) {
            LOG.error("The directory did not stop cleanly; its next start recovers it", failure);
        } finally {
            home.close();
        }
    }

    // OpenDJ hands out its listener before the port is open, so only a connection proves that it answers.
    private void awaitAnswer() throws IOException {
        var started = System.nanoTime();
        while (true) {
            try (var probe = new Socket()) {
                probe.connect(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port), 1000);
                return;
            } catch (IOException refused) {
                if (System.nanoTime() - started > PATIENCE.toNanos()) {
                    throw refused;
                }
                LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
            }
        }
    }

    private static long millisSince(long start) {
        return Duration.ofNanos(System.nanoTime() - start).toMillis();
    }
}
