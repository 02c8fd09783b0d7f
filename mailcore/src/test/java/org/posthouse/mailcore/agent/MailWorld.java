package org.posthouse.mailcore.agent;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.posthouse.mailcore.people.People;
import org.posthouse.mailcore.settings.Snapshot;
import org.posthouse.mailcore.store.Folder;
import org.posthouse.mailcore.store.Mailbox;
import org.posthouse.mailcore.store.MemoryVault;
import org.posthouse.mailcore.store.Message;
import org.posthouse.mailcore.store.Store;
import org.posthouse.mailcore.store.Vault;
import org.posthouse.mailcore.wire.TlsKeys;
import org.posthouse.schema.directory.DirectoryException.DirectoryDown;
import org.posthouse.schema.login.Attempt;
import org.posthouse.schema.login.SignInDelayed;
import org.posthouse.schema.tree.Entry;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.tree.MessagingServer;
import org.posthouse.schema.tree.Tree;
import org.posthouse.schema.value.Place;

/** What an agent that serves mailboxes needs for a test: settings, users anna and bob, and a store in memory. */
public final class MailWorld {

    /** Time stands still here. */
    public static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-23T12:00:00Z"), ZoneOffset.UTC);

    /** The pause after a wrong password. */
    public static final Duration PAUSE = Duration.ofMillis(1);

    private static final Place SERVICES = Place.of("o=Internet Services,dc=posthouse");
    private static final Place SERVER = SERVICES.child("ou", "mail1");
    private static final Place USERS = Place.of("ou=users,o=example,dc=posthouse");

    private final Store store;
    private final Map<Kind, Map<String, List<String>>> agents = new ConcurrentHashMap<>();
    private volatile boolean directoryDown;

    /** With a store in memory. */
    public MailWorld() {
        this(new MemoryVault());
    }

    /** With a store in this vault. */
    public MailWorld(Vault vault) {
        store = new Store(vault, CLOCK);
    }

    /** From now on the directory does not answer. */
    public void cutDirectory() {
        directoryDown = true;
    }

    /** The store. */
    public Store store() {
        return store;
    }

    /** Whoever is called anna or bob, with the password secret. */
    public People people() {
        return new People(this::snapshot, this::read, MailWorld::isSecret, () -> {});
    }

    /** A server that may not use TLS. */
    public TlsKeys noCertificate() {
        return TestKeys.none();
    }

    /** On loopback, on free ports. */
    public Listening listening(int port) {
        return new Listening(InetAddress.getLoopbackAddress(), -port);
    }

    /** Puts a message into a folder; LF becomes CRLF. */
    public Message deliver(String account, String folder, String message) {
        Mailbox mailbox = store.mailbox(account);
        Folder target = mailbox.folder(folder).orElseThrow();
        byte[] octets = message.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8);
        return mailbox.append(target.id(), octets, Set.of(), CLOCK.instant());
    }

    /** The settings. */
    public Snapshot snapshot() {
        var server = Map.of(
                "posthouseContext", List.of(USERS.toString()),
                "posthouseHost", List.of("cn=host,o=example,dc=posthouse"),
                "posthousePostmaster", List.of("cn=anna," + USERS),
                "posthouseOfficialDomain", List.of("mail.example.com"));
        var kinds = EnumSet.of(Kind.NMAP_AGENT, Kind.IMAP_AGENT, Kind.POP_AGENT);
        kinds.addAll(agents.keySet());
        var entries = new ArrayList<Entry>();
        entries.add(new Entry(SERVICES, Kind.INTERNET_SERVICES, 1, Map.of()));
        entries.add(new Entry(SERVER, Kind.MESSAGING_SERVER, 1, server));
        kinds.forEach(kind -> entries.add(new Entry(SERVER.child("cn", kind.label()), kind, 1, agent(kind))));
        Tree tree = Tree.of(entries);
        MessagingServer mail1 = tree.server(SERVER).orElseThrow();
        return new Snapshot(mail1, tree.seenBy(mail1), 1, CLOCK.instant());
    }

    private Map<String, List<String>> agent(Kind kind) {
        return agents.getOrDefault(kind, Map.of());
    }

    /** Sets an attribute of an agent, which is there from now on. */
    public void with(Kind agent, String attribute, String value) {
        agents.put(agent, Map.of(attribute, List.of(value)));
    }

    private Optional<Entry> read(Place place) {
        if (directoryDown) {
            throw new DirectoryDown("no answer", new IllegalStateException("test"));
        }
        return switch (place.leaf()) {
            case "anna", "bob" -> Optional.of(new Entry(place, Kind.USER, 1, Map.of()));
            default -> Optional.empty();
        };
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
