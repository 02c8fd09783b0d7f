package org.posthouse.mailcore.smtp;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.posthouse.mailcore.agent.Listening;
import org.posthouse.mailcore.agent.Surroundings;
import org.posthouse.mailcore.agent.TestKeys;
import org.posthouse.mailcore.dns.Resolver;
import org.posthouse.mailcore.people.People;
import org.posthouse.mailcore.queue.DiskFull;
import org.posthouse.mailcore.queue.Envelope;
import org.posthouse.mailcore.settings.Snapshot;
import org.posthouse.mailcore.status.Tally;
import org.posthouse.mailcore.store.StoreFailure;
import org.posthouse.mailcore.store.TransitBuffer;
import org.posthouse.mailcore.wire.Limits;
import org.posthouse.mailcore.wire.Listener;
import org.posthouse.schema.directory.DirectoryException.DirectoryDown;
import org.posthouse.schema.login.Attempt;
import org.posthouse.schema.login.SignInDelayed;
import org.posthouse.schema.panel.ServerSecurity;
import org.posthouse.schema.tree.Entry;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.tree.MessagingServer;
import org.posthouse.schema.tree.Tree;
import org.posthouse.schema.value.Place;

/** An SMTP server with its settings, its users and a spool that remembers what it took, on a free loopback port. */
public final class Rig implements AutoCloseable {

    public static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-23T12:00:00Z"), ZoneOffset.UTC);
    public static final Path NO_CERTIFICATE = Path.of("/nonexistent");
    public static final Path CERTIFICATE = Path.of("src/test/resources/tls/rsa");
    private static final Place SERVICES = Place.of("o=Internet Services,dc=posthouse");
    private static final Place SERVER = SERVICES.child("ou", "mail1");
    private static final Place USERS = Place.of("ou=users,o=example,dc=posthouse");

    /** One mail the spool took. */
    record Taken(Envelope envelope, String message) {}

    final List<Taken> taken = Collections.synchronizedList(new ArrayList<>());
    volatile int waiting;
    volatile boolean diskFull;
    volatile boolean diskFills;
    volatile boolean spoolBroken;
    volatile boolean directoryDown;
    private final Map<String, List<String>> smtp = new HashMap<>();
    private final Map<String, List<String>> server = new HashMap<>();
    private final Surroundings surroundings;
    private final Listener listener;

    public Rig() {
        this(new Resolver(List::of, CLOCK));
    }

    /** With a resolver of its own. */
    public Rig(Resolver dns) {
        this(
                NO_CERTIFICATE,
                new Limits(100, 100, Duration.ofSeconds(20), Duration.ofSeconds(60), "421 4.7.0 Full"),
                dns);
    }

    Rig(Path certificates, Limits limits) {
        this(certificates, limits, new Resolver(List::of, CLOCK));
    }

    private Rig(Path certificates, Limits limits, Resolver dns) {
        smtp.put("posthouseDomain", List.of("example.com", "example.org"));
        smtp.put("posthouseUserDomain", List.of("hosted.example"));
        server.put("posthouseContext", List.of(USERS.toString()));
        server.put("posthouseHost", List.of("cn=host,o=example,dc=posthouse"));
        server.put("posthousePostmaster", List.of("cn=admin," + USERS));
        server.put("posthouseOfficialDomain", List.of("mail.example.com"));
        surroundings = new Surroundings(
                this::snapshot,
                new Listening(InetAddress.getLoopbackAddress(), 0),
                new People(this::snapshot, this::read, Rig::isSecret, () -> {}),
                dns,
                certificates.equals(NO_CERTIFICATE) ? TestKeys.none() : TestKeys.in(certificates),
                NO_CERTIFICATE,
                new Tally(CLOCK.instant()),
                CLOCK);
        var sessions = new SmtpServer(
                surroundings,
                new Desk(this::take, expected -> new TransitBuffer(Path.of("target"), expected), domain -> waiting),
                Duration.ofMillis(1));
        listener = Listener.open(
                "smtp", new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), null, limits, sessions::serve);
    }

    /** Changes an option of the SMTP Agent, by its attribute, for sessions to come. */
    public Rig with(String attribute, String... values) {
        smtp.put(attribute, List.of(values));
        return this;
    }

    /** Turns SSL and TLS of the server on, with a page that has what it needs. */
    public Rig withTls(ServerSecurity page) {
        server.put("posthouseTls", List.of("TRUE"));
        server.put(
                "posthouseCertificate", List.of(page.certificate().orElseThrow().toString()));
        server.put(
                "posthousePrivateKey", List.of(page.privateKey().orElseThrow().toString()));
        return this;
    }

    /** Turns it off again. */
    public Rig withoutTls() {
        server.put("posthouseTls", List.of("FALSE"));
        return this;
    }

    public Surroundings surroundings() {
        return surroundings;
    }

    public Listener listener() {
        return listener;
    }

    Peer peer() {
        return new Peer(listener.address());
    }

    private Snapshot snapshot() {
        var entries = List.of(
                new Entry(SERVICES, Kind.INTERNET_SERVICES, 1, Map.of()),
                new Entry(SERVER, Kind.MESSAGING_SERVER, 1, server),
                new Entry(SERVER.child("cn", "SMTP Agent"), Kind.SMTP_AGENT, 1, smtp),
                new Entry(SERVER.child("cn", "NMAP Agent"), Kind.NMAP_AGENT, 1, Map.of()));
        Tree tree = Tree.of(entries);
        MessagingServer mail1 = tree.server(SERVER).orElseThrow();
        return new Snapshot(mail1, tree.seenBy(mail1), 1, CLOCK.instant());
    }

    private Optional<Entry> read(Place place) {
        if (directoryDown) {
            throw new DirectoryDown("no answer", new IllegalStateException("test"));
        }
        return switch (place.leaf()) {
            case "anna", "bob", "admin", "bob@hosted.example" ->
                Optional.of(new Entry(place, Kind.USER, 1, Map.of("displayName", List.of("Full " + place.leaf()))));
            case "staff" ->
                Optional.of(new Entry(
                        place, Kind.GROUP, 1, Map.of("member", List.of("cn=anna," + USERS, "cn=bob," + USERS))));
            case "robert" -> alias(place, "cn=bob," + USERS);
            case "ping" -> alias(place, "cn=pong," + USERS);
            case "pong" -> alias(place, "cn=ping," + USERS);
            case "lost" -> alias(place, "cn=gone," + USERS);
            case "far" -> alias(place, "cn=bob,o=elsewhere,dc=posthouse");
            default -> Optional.empty();
        };
    }

    private static Optional<Entry> alias(Place place, String target) {
        return Optional.of(new Entry(place, Kind.ALIAS, 1, Map.of("aliasedObjectName", List.of(target))));
    }

    private void take(Envelope envelope, byte[] message) {
        if (diskFull) {
            throw new DiskFull(1024, 2048);
        }
        if (diskFills) {
            throw new StoreFailure(
                    "the store in /mail cannot be written: No space left on device", new java.io.IOException("test"));
        }
        if (spoolBroken) {
            throw new IllegalStateException("planted fault");
        }
        taken.add(new Taken(envelope, new String(message, StandardCharsets.UTF_8)));
    }

    @Override
    public void close() {
        listener.close();
    }

    private static boolean isSecret(Optional<Place> user, Attempt attempt) {
        if (attempt.password().equals("guessed")) {
            throw SignInDelayed.guessing(Duration.ofSeconds(40));
        }
        if (attempt.password().equals("crowded")) {
            throw SignInDelayed.busy(Duration.ofSeconds(1));
        }
        return user.isPresent() && attempt.password().equals("secret");
    }
}
