package org.posthouse.mailcore.engine;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.posthouse.mailcore.acme.AcmeClient;
import org.posthouse.mailcore.acme.Pace;
import org.posthouse.mailcore.agent.Agent;
import org.posthouse.mailcore.agent.AgentContext;
import org.posthouse.mailcore.agent.AgentFactory;
import org.posthouse.mailcore.agent.AgentRefused;
import org.posthouse.mailcore.agent.Surroundings;
import org.posthouse.mailcore.delivery.Expansion;
import org.posthouse.mailcore.delivery.LocalDelivery;
import org.posthouse.mailcore.dns.Resolver;
import org.posthouse.mailcore.logging.RepeatedFault;
import org.posthouse.mailcore.nmap.HandOver;
import org.posthouse.mailcore.people.CardIndex;
import org.posthouse.mailcore.people.People;
import org.posthouse.mailcore.queue.Queue;
import org.posthouse.mailcore.queue.QueueSettings;
import org.posthouse.mailcore.queue.Spool;
import org.posthouse.mailcore.queue.Stage;
import org.posthouse.mailcore.relay.Relay;
import org.posthouse.mailcore.settings.Snapshot;
import org.posthouse.mailcore.snmp.SnmpAgent;
import org.posthouse.mailcore.status.Board;
import org.posthouse.mailcore.status.DiskSpace;
import org.posthouse.mailcore.status.Machine;
import org.posthouse.mailcore.status.Tally;
import org.posthouse.mailcore.store.AuditFile;
import org.posthouse.mailcore.store.RocksVault;
import org.posthouse.mailcore.store.Store;
import org.posthouse.mailcore.store.StoreFailure;
import org.posthouse.mailcore.wire.CertificateInUse;
import org.posthouse.mailcore.wire.HostAddress;
import org.posthouse.mailcore.wire.TlsKeys;
import org.posthouse.schema.directory.Directory;
import org.posthouse.schema.directory.DirectoryException;
import org.posthouse.schema.directory.Orphan;
import org.posthouse.schema.licence.Licensing;
import org.posthouse.schema.licence.Trust;
import org.posthouse.schema.panel.NmapParameters;
import org.posthouse.schema.panel.ServerLicense;
import org.posthouse.schema.panel.ServerStatus;
import org.posthouse.schema.tree.Entry;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.tree.MessagingServer;
import org.posthouse.schema.value.IpAddress;
import org.posthouse.schema.value.Place;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where everything is put together, by hand and in one place. */
final class Assembly {

    private static final Logger LOG = LoggerFactory.getLogger(Engine.class);

    private final EngineOptions options;
    private final Board board;
    private final CardIndex cards;
    private final Supplier<String> secret;
    private final Function<Place, Optional<Spool>> others;
    private final Map<Kind, AgentFactory> factories = AgentFactories.all();
    private final Trust trust;
    private final Supplier<Directory> directory;
    private final RepeatedFault faults;
    private final FolderClaims claims;
    private final DiskSpace space;

    /** With the system secret, the spools of the servers that this engine runs, and the directory, which may be down. */
    Assembly(
            EngineOptions options,
            Board board,
            CardIndex cards,
            Supplier<String> secret,
            Function<Place, Optional<Spool>> others,
            Supplier<Directory> directory) {
        this.directory = directory;
        this.options = options;
        this.board = board;
        this.cards = cards;
        this.secret = secret;
        this.others = others;
        this.claims = new FolderClaims(options.home());
        this.space = new DiskSpace(options.home().resolve("disk-space.txt"), options.clock());
        this.faults = new RepeatedFault(LOG, options.clock());
        this.trust = Trust.in(options.home().resolveSibling(Trust.FOLDER));
        options.makers().forEach((kind, maker) -> factories.put(kind, context -> maker.apply(context.surroundings())));
    }

    /** Opens what the agents of a server share. Throws AgentRefused when a folder or the message store cannot be used. */
    Office open(Surroundings with) {
        RocksVault vault = vault(with.inForce().get(), with.home());
        try {
            return open(vault, with);
        } catch (StoreFailure damaged) {
            // What stays open cannot be opened again, nor repaired.
            vault.close();
            throw refused(damaged);
        }
    }

    private Office open(RocksVault vault, Surroundings with) {
        Supplier<Snapshot> inForce = with.inForce();
        Supplier<QueueSettings> queueSettings = () -> queueSettings(inForce.get(), with.people());
        var store = new Store(vault, options.clock(), (name, owner) -> MailboxOwners.isUser(directory, name, owner));
        var spool = new Spool(vault, vault::free, queueSettings, options.clock());
        var queue = new Queue(spool, queueSettings, with.tally(), options.clock());
        var places = new LocalDelivery.Places(
                () -> inForce.get().server().place(), spool, store, others, new HandOver(secret, this::nmapOf));
        var delivery = new LocalDelivery(places, with.people(), options.clock());
        var outbound = new Outbound(new Relay(with, options.outside(), vault), () -> hasSmtp(inForce.get()));
        queue.register(Stage.INCOMING, new Expansion(with.people()));
        for (Stage stage : List.of(Stage.DELIVER, Stage.OUTGOING)) {
            queue.register(stage, delivery);
            queue.register(stage, outbound);
        }
        queue.start();
        var residents = new People(() -> inForce.get().alone(), cards::read, cards::bind, cards::vouch);
        var office = new Office(with, residents, vault, store, spool, queue);
        owners(office).begin();
        return office;
    }

    /** Whose the mailboxes of an office are. */
    MailboxOwners owners(Office office) {
        return new MailboxOwners(office.store(), office.residents(), directory);
    }

    /** What every agent of a server is given, whether there is mail or not. */
    Surroundings surroundings(Supplier<Snapshot> inForce, Tally tally) {
        Path home = home(inForce.get().server().place());
        return new Surroundings(
                inForce,
                options.listening(),
                new People(inForce, cards::read, cards::bind, cards::vouch),
                new Resolver(
                        () -> inForce.get().server().identification().resolvers(),
                        options.outside().dnsPort(),
                        options.clock()),
                new TlsKeys(() -> inForce.get().server().security(), secret, Optional.of(new CertificateInUse(home))),
                home,
                tally,
                options.clock());
    }

    // Where a server says it is, else where the engine of its host says. One that says only its loopback is that of the
    // console, which stands beside the directory it brought along; if it is not, the name of the server there tells.
    private Optional<InetSocketAddress> nmapOf(MessagingServer server) {
        return server.status()
                .ipAddress()
                .map(IpAddress::address)
                .or(() -> addressOf(server.identification().hostServer()))
                .map(address -> new InetSocketAddress(
                        address,
                        Kind.NMAP_AGENT.agentType().ports().getFirst().number()
                                + options.listening().portOffset()));
    }

    private Optional<InetAddress> addressOf(Place host) {
        try {
            Directory known = directory.get();
            return known.read(host)
                    .flatMap(HostEntry::address)
                    .or(() -> Optional.of(new InetSocketAddress(known.host(), 0))
                            .map(InetSocketAddress::getAddress)
                            .filter(address -> !address.isLoopbackAddress()));
        } catch (DirectoryException unknown) {
            return Optional.empty();
        }
    }

    private static RocksVault vault(Snapshot now, Path home) {
        Path folder =
                now.page(Kind.NMAP_AGENT, NmapParameters.class).messageStore().in(home);
        try {
            return RocksVault.open(folder(folder, FolderUse.MESSAGE_STORE), temp(now, home));
        } catch (StoreFailure refused) {
            throw refused(refused);
        }
    }

    private static AgentRefused refused(StoreFailure failure) {
        return new AgentRefused(FolderUse.MESSAGE_STORE.option(), sentence(String.valueOf(failure.getMessage())));
    }

    private static Path temp(Snapshot now, Path home) {
        return folder(now.server().identification().tempDirectory().in(home), FolderUse.TEMP_DIRECTORY);
    }

    private static QueueSettings queueSettings(Snapshot now, People people) {
        NmapParameters parameters = now.page(Kind.NMAP_AGENT, NmapParameters.class);
        return new QueueSettings(
                now.officialDomain(),
                Duration.ofMinutes(parameters.retryInterval()),
                Duration.ofDays(parameters.retryTimeout()),
                parameters.minimumSpace() << 10,
                people::local);
    }

    private static boolean hasSmtp(Snapshot now) {
        return now.server()
                .agent(Kind.SMTP_AGENT)
                .filter(agent -> agent.enabled())
                .isPresent();
    }

    /** An agent of a server, at rest. */
    AgentRun supervise(
            org.posthouse.schema.tree.Agent wanted,
            Supplier<Surroundings> surroundings,
            Supplier<Office> office,
            Runnable changed) {
        Kind kind = wanted.kind();
        AgentFactory factory = factories.getOrDefault(kind, none -> {
            throw new AgentRefused("", "This version of Posthouse has no " + kind.label() + " yet.");
        });
        Supplier<Agent> maker = () -> {
            Surroundings with = surroundings.get();
            admit(kind, with.inForce().get());
            return factory.create(
                    new AgentContext(with, secret, () -> office.get().mail()));
        };
        return new AgentRun(
                wanted.place(),
                kind,
                new AgentRun.Means(
                        maker,
                        now -> licensing(now).stops(kind),
                        ListeningRecord.of(
                                home(surroundings.get().inForce().get().server().place()), kind)),
                options.patience(),
                options.clock(),
                changed);
    }

    /**
     * Copies a server's certificate to the DBF Directory it uses. Throws StoreFailure when the copies are not up to date.
     */
    void copyCertificate(Snapshot now) {
        Path home = home(now.server().place());
        CertificateCopies.write(
                now.server().identification().dbfDirectory().in(home),
                now.server().security(),
                secret.get());
    }

    /** Where the SNMP side of a server last listened. */
    ListeningRecord snmpListening(Place server) {
        return ListeningRecord.ofSnmp(home(server));
    }

    /** The folders a server works in; the server releases them when it leaves this host. */
    WorkingFolders workingFolders(Place server) {
        return new WorkingFolders(server, home(server), claims);
    }

    /** Faults that last, logged once a minute. */
    RepeatedFault faults() {
        return faults;
    }

    /** The SNMP side of a server, closed. */
    SnmpAgent snmp(Place server, Supplier<Snapshot> inForce) {
        Path home = home(server);
        return new SnmpAgent(
                inForce,
                new SnmpAgent.Surroundings(
                        options.listening(),
                        () -> board.servers().stream()
                                .filter(shown -> shown.place().equals(server))
                                .findFirst(),
                        () -> free(home),
                        () -> Stream.concat(homeFolders(), folders(inForce.get()))
                                .map(space::of)
                                .toList(),
                        options.version(),
                        options.clock()));
    }

    /** The folders of a server that fill up. The mailboxes and the queue are in its Message Store. */
    Stream<Machine.Folder> folders(Snapshot now) {
        Path home = home(now.server().place());
        String server = now.server().place().toString();
        long least = now.server()
                .agent(Kind.NMAP_AGENT)
                .map(agent -> agent.page(NmapParameters.class).minimumSpace() << 10)
                .orElse(0L);
        return Stream.of(FolderUse.DBF_DIRECTORY, FolderUse.MESSAGE_STORE, FolderUse.TEMP_DIRECTORY)
                .flatMap(use -> use.path(now, home).stream()
                        .map(path -> new Machine.Folder(
                                use.option(), server, path, use == FolderUse.MESSAGE_STORE ? least : 0)));
    }

    /** The folders of the engine that fill up; the console of this home, if there is one, has its own beside them. */
    Stream<Machine.Folder> homeFolders() {
        Path own = options.home().toAbsolutePath();
        return Stream.concat(
                Stream.of(new Machine.Folder("home", "", own, 0)),
                Stream.of(Machine.DIRECTORY, "history")
                        .map(use -> new Machine.Folder(use, "", own.resolveSibling(use), 0))
                        .filter(folder -> Files.isDirectory(folder.path())));
    }

    /** What measures the disks of this host. */
    DiskSpace space() {
        return space;
    }

    /** The ACME client of a server, which has not asked anybody yet. */
    AcmeClient acme(Supplier<Snapshot> inForce, Supplier<Optional<Entry>> stands, Runnable changed) {
        var with = new AcmeClient.Surroundings(options.listening(), directory, secret, Pace.USUAL, options.clock());
        return new AcmeClient(inForce, stands, with, changed);
    }

    private static long free(Path folder) {
        try {
            return Files.getFileStore(folder).getUsableSpace();
        } catch (IOException unknown) {
            return -1;
        }
    }

    /** The record in a server's DBF Directory of what cannot be undone. */
    AuditFile audit(Snapshot now) {
        Path home = home(now.server().place());
        return new AuditFile(
                now.server().identification().dbfDirectory().in(home).resolve("rmbox.audit"), options.clock());
    }

    /** Why no agent of a server may be launched: its postmaster is gone. Empty also while the directory cannot say. */
    Optional<String> orphaned(Snapshot now) {
        try {
            Place postmaster = now.server().identification().postmaster();
            return Orphan.problem(directory.get(), postmaster)
                    .map(problem -> "Its postmaster " + problem.value() + " " + problem.reason() + ".");
        } catch (DirectoryException unknown) {
            return Optional.empty();
        }
    }

    private void admit(Kind kind, Snapshot now) {
        licensing(now).refusal(kind).ifPresent(reason -> {
            throw new AgentRefused("", reason);
        });
    }

    /** What an administrator should know of a server that runs; "" for nothing. */
    String warning(Snapshot now) {
        String licence = licensing(now).warning();
        ServerStatus status = now.server().status();
        return !licence.isEmpty()
                ? licence
                : status.ipAddress()
                        .filter(address -> status.forceIpAddress() || status.forceBind())
                        .filter(address -> !HostAddress.isHere(address.address()))
                        .map(address -> "IP Address " + address + " is not an address of this host.")
                        .orElse("");
    }

    /** What the licence of a server allows today. */
    Licensing licensing(Snapshot now) {
        return Licensing.of(
                now.server().page(ServerLicense.class).license(),
                trust,
                LocalDate.ofInstant(options.clock().instant(), ZoneOffset.UTC));
    }

    Board board() {
        return board;
    }

    Clock clock() {
        return options.clock();
    }

    Patience patience() {
        return options.patience();
    }

    // The folder of a server outside Internet Services, where names may repeat, also carries a mark of its place.
    private Path home(Place server) {
        String plain = server.leaf().replaceAll("[^A-Za-z0-9._-]", "_");
        boolean unique = plain.equals(server.leaf())
                && !plain.startsWith(".")
                && server.parent()
                        .map(Place::leaf)
                        .filter(Kind.INTERNET_SERVICES.label()::equalsIgnoreCase)
                        .isPresent();
        String mark = unique ? "" : "-" + HexFormat.of().toHexDigits(server.hashCode());
        return options.home().resolve(plain.replaceFirst("^\\.+", "_") + mark);
    }

    private static String sentence(String words) {
        return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1) + ".";
    }

    private static Path folder(Path folder, FolderUse use) {
        try {
            return Files.createDirectories(folder);
        } catch (IOException unusable) {
            throw new AgentRefused(
                    use.option(), "The folder " + folder + " cannot be created: " + unusable.getMessage() + ".");
        }
    }
}
