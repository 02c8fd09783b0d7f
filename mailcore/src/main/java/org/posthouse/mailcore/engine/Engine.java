package org.posthouse.mailcore.engine;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.posthouse.mailcore.people.CardIndex;
import org.posthouse.mailcore.queue.Spool;
import org.posthouse.mailcore.settings.DirectoryState;
import org.posthouse.mailcore.settings.LastGood;
import org.posthouse.mailcore.settings.Refusal;
import org.posthouse.mailcore.settings.Settings;
import org.posthouse.mailcore.settings.SettingsFeed;
import org.posthouse.mailcore.settings.Snapshot;
import org.posthouse.mailcore.status.Board;
import org.posthouse.mailcore.status.Machine;
import org.posthouse.mailcore.status.OptionRefusal;
import org.posthouse.mailcore.status.Orders;
import org.posthouse.mailcore.status.Orders.NotPossible;
import org.posthouse.mailcore.status.ServerBoard;
import org.posthouse.mailcore.status.Standing;
import org.posthouse.mailcore.status.StatusServer;
import org.posthouse.schema.status.State;
import org.posthouse.schema.tree.Entry;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.value.Place;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The engine of one host: follows the directory and runs every messaging server that names this host as its Host Server.
 *
 * <p>Obeys all options through {@link SettingsFeed}; logs what starts, stops, is refused or crashes.
 */
public final class Engine implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Engine.class);

    private final EngineOptions options;
    private final Board board;
    private final SettingsFeed feed;
    private final CardIndex cards;
    private final Assembly assembly;
    private final Machine machine;
    private final StatusServer status;
    private final HostEntry hostEntry;
    private final HostLease lease;
    private final ReentrantLock serving = new ReentrantLock();
    private Consumer<String> objections = nobody -> {};
    private String told = "";
    private final Map<Place, ServerRun> servers = new ConcurrentHashMap<>();
    private final CountDownLatch closing = new CountDownLatch(1);
    private volatile Settings settings = Settings.NONE;

    private Engine(EngineOptions options) {
        this.options = options;
        var head = new Board.Head(
                options.hostName(),
                "",
                options.version(),
                Runtime.version().toString(),
                options.clock().instant());
        board = new Board(head, options.clock());
        var trials = new Trials(options);
        feed = new SettingsFeed(
                options.connect(),
                new SettingsFeed.Listener(this::adopted, this::touched, this::allTouched),
                new LastGood(options.home().resolve("last-good.txt")),
                options.clock());
        cards = new CardIndex(feed::directory, feed::objection, options.clock());
        board.guessers(cards::guessers);
        assembly = new Assembly(options, board, cards, () -> settings.systemSecret(), this::spool, feed::directory);
        machine = new Machine(this::folders, assembly.space());
        status = new StatusServer(
                board,
                new Orders(
                        this::command,
                        this::prove,
                        server -> server(server).history(),
                        this::remove,
                        trial -> trial(trials, trial)),
                machine,
                () -> settings.systemSecret(),
                options.status(),
                options.clock());
        hostEntry = new HostEntry(feed::directory, feed::isOlder, status.url(), options.version());
        lease = new HostLease(options, feed::directory, status.url(), HostLease.Times.USUAL, this::serve);
        status.lease(lease::answerDirectly);
    }

    /** Starts; the servers follow as soon as the directory, or the last good configuration, tells of them. */
    public static Engine start(EngineOptions options) {
        var engine = new Engine(options);
        engine.feed.start();
        Thread.ofVirtual().name("board").start(engine::watch);
        LOG.info("Engine of host {} started; status board at {}", options.hostName(), engine.statusUrl());
        return engine;
    }

    /** Waits until the servers of this host have started and their agents listen, but no longer than so. */
    public void awaitServers(Duration patience) {
        long end = System.nanoTime() + patience.toNanos();
        try {
            boolean isClosing = false;
            while (!isClosing && !isStarted() && System.nanoTime() - end < 0) {
                isClosing = closing.await(10, TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isStarted() {
        List<ServerBoard> shown = board.servers();
        return !shown.isEmpty() && shown.stream().noneMatch(ServerBoard::isStarting);
    }

    /** Where the status board answers. */
    public URI statusUrl() {
        return status.url();
    }

    /** The board itself, for whoever runs in the same process. */
    public Board board() {
        return board;
    }

    /** Stops following, stops every server, drained, and returns when all is closed. */
    @Override
    public void close() {
        closing.countDown();
        feed.hold();
        var closers = servers.values().stream()
                .map(server -> Thread.ofVirtual().start(server::close))
                .toList();
        closers.forEach(Engine::join);
        lease.close();
        hostEntry.withdraw();
        feed.close();
        status.close();
        assembly.space().save();
        LOG.info("Engine of host {} stopped", options.hostName());
    }

    private void adopted(Settings now) {
        settings = now;
        List<Entry> hosts = now.hosts(options.hostName());
        hosts.stream().findFirst().ifPresent(host -> {
            board.identify(host.place().toString());
            lease.look(host.place());
        });
        serve();
    }

    // Called when the settings change, and when another engine of this host takes over or leaves.
    private void serve() {
        serving.lock();
        try {
            Settings now = settings;
            Map<Place, Snapshot> mine =
                    now.on(options.hostName(), options.clock().instant());
            Map<Place, Snapshot> served = lease.serves() ? mine : Map.of();
            for (Place place : List.copyOf(servers.keySet())) {
                if (!served.containsKey(place)) {
                    dismiss(
                            place,
                            mine.containsKey(place)
                                    ? Duration.ZERO
                                    : options.patience().drain());
                }
            }
            served.forEach((place, snapshot) -> offer(place, snapshot, now));
            showBroken(now, mine);
            showDirectory();
            tellObjection();
            if (lease.isDecided()) {
                hostEntry.announce(now.hosts(options.hostName()), lease.serves());
            }
        } finally {
            serving.unlock();
        }
    }

    /** Hands over why this engine does not serve its host, now and whenever that is so later. */
    public void onObjection(Consumer<String> listener) {
        serving.lock();
        try {
            objections = listener;
            told = "";
            tellObjection();
        } finally {
            serving.unlock();
        }
    }

    private void tellObjection() {
        String now = lease.objection();
        if (!now.isEmpty() && !now.equals(told)) {
            objections.accept(now);
        }
        told = now;
    }

    private void touched(Place place) {
        cards.forget(place);
    }

    private void allTouched() {
        cards.doubtAll();
    }

    private void offer(Place place, Snapshot snapshot, Settings now) {
        ServerRun running = servers.get(place);
        if (running != null) {
            running.offer(snapshot, now);
        } else {
            LOG.info("Messaging server {} belongs to this host", place);
            var fresh = new ServerRun(snapshot, now, assembly);
            servers.put(place, fresh);
            fresh.begin();
        }
    }

    // Deleted, given to another host, or served by another engine. Its drain must not hold up the news of other
    // servers.
    private void dismiss(Place place, Duration drain) {
        ServerRun gone = servers.remove(place);
        if (gone != null) {
            LOG.info("Messaging server {} no longer belongs to this engine", place);
            Thread.ofVirtual().start(() -> {
                gone.close(drain);
                board.remove(place);
                serve();
            });
        }
    }

    // Servers that cannot be understood, and those that another engine serves.
    private void showBroken(Settings now, Map<Place, Snapshot> mine) {
        Map<Place, Refusal> broken = new HashMap<>();
        now.brokenOn(options.hostName()).forEach(refusal -> broken.put(refusal.server(), refusal));
        boolean refused = !lease.objection().isEmpty();
        board.servers().stream()
                .map(ServerBoard::place)
                .filter(place -> !servers.containsKey(place) && !broken.containsKey(place))
                .filter(place -> !refused || !mine.containsKey(place))
                .forEach(board::remove);
        broken.forEach((place, refusal) -> board.post(atRest(
                now,
                place,
                State.BROKEN,
                refusal.reason(),
                OptionRefusals.flaws(
                        refusal, place, now.wantedOf(place), options.clock().instant()))));
        if (refused) {
            mine.keySet().forEach(place -> board.post(atRest(now, place, State.REFUSED, lease.objection(), List.of())));
        }
    }

    private ServerBoard atRest(Settings now, Place place, State state, String why, List<OptionRefusal> flaws) {
        Instant at = options.clock().instant();
        long wanted = now.wantedOf(place);
        return new ServerBoard(
                place,
                new Standing(state, why, wanted, wanted, at, 0, at, Optional.empty()),
                List.of(),
                flaws,
                Map::of,
                Optional::empty,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private void showDirectory() {
        DirectoryState state = feed.state();
        board.post(new Board.DirectoryLine(state.state(), state.reason(), settings.revision(), state.since()));
    }

    // Figures change with every mail; whoever waits for news of the board is told of them once a second at most.
    private void watch() {
        try {
            while (!closing.await(1, TimeUnit.SECONDS)) {
                showDirectory();
                servers.values().forEach(ServerRun::sample);
                board.lookAtFigures();
                machine.look();
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    private Optional<String> command(Orders.Order order) {
        return server(order.server()).command(kind(order.agent()), order.verb(), order.grace());
    }

    private String prove(Orders.Proof proof) {
        return server(proof.server())
                .prove(kind(proof.agent()).orElseThrow(() -> new NotPossible("Which agent?")), proof.option());
    }

    private Map<String, Object> remove(Orders.Removal removal) {
        ServerRun server = server(removal.server());
        var removals = new MailboxRemoval(
                server.inForce(), server.office(), assembly::owners, assembly.audit(server.inForce()));
        return switch (removal.verb()) {
            case "list" -> removals.listFormer(Place.of(removal.manager()));
            case "hand-over" -> removals.handOver(removal);
            default -> removals.carryOut(removal);
        };
    }

    private Orders.Verdict trial(Trials trials, Orders.Trial trial) {
        ServerRun server = server(trial.server());
        if (trial.about().equals("host_server")) {
            return leaving(server, Place.of(trial.value()));
        }
        if (trial.about().equals("mailbox")) {
            return mailbox(server, trial.value());
        }
        return Stream.of(FolderUse.values())
                .filter(use -> use.name().equalsIgnoreCase(trial.about()))
                .findFirst()
                .map(use -> server.folderTrials().of(use, trial.value()).verdict())
                .orElseGet(() -> trials.of(trial, server.inForce(), server.listening(Kind.SMTP_AGENT), listening()));
    }

    private Orders.Verdict mailbox(ServerRun server, String name) {
        return server.office()
                .map(assembly::owners)
                .map(owners -> owners.verdict(name))
                .orElseThrow(() -> new NotPossible("The NMAP Agent is not running."));
    }

    // Each address where an agent of this engine listens, with its name.
    private Map<String, String> listening() {
        var all = new HashMap<String, String>();
        servers.forEach((place, server) -> Stream.of(Kind.values())
                .filter(Kind::isAgent)
                .forEach(kind ->
                        server.listening(kind).forEach(at -> all.put(at, kind.label() + " of " + place.leaf()))));
        return all;
    }

    // A server that goes to another host leaves its mailboxes here.
    private Orders.Verdict leaving(ServerRun server, Place host) {
        long mailboxes = host.leaf().equalsIgnoreCase(options.hostName())
                ? 0
                : server.folderTrials().mailboxes();
        return mailboxes == 0
                ? new Orders.Verdict("good", options.hostName())
                : new Orders.Verdict("stay", options.hostName(), Long.toString(mailboxes));
    }

    private List<Machine.Folder> folders() {
        return Stream.concat(
                        assembly.homeFolders(),
                        servers.entrySet().stream()
                                .sorted(Map.Entry.comparingByKey())
                                .flatMap(server ->
                                        assembly.folders(server.getValue().inForce())))
                .toList();
    }

    // Mail for another server's mailbox is handed to its queue; by NMAP to another engine, later.
    private Optional<Spool> spool(Place server) {
        return Optional.ofNullable(servers.get(server))
                .flatMap(ServerRun::office)
                .map(Office::spool);
    }

    private ServerRun server(String place) {
        return Optional.ofNullable(servers.get(Place.of(place)))
                .orElseThrow(() -> new NotPossible("This engine runs no messaging server " + place + "."));
    }

    private static Optional<Kind> kind(String name) {
        return name.isEmpty()
                ? Optional.empty()
                : Optional.of(Stream.of(Kind.values())
                        .filter(kind -> kind.isAgent() && kind.name().equals(name))
                        .findFirst()
                        .orElseThrow(() -> new NotPossible("\"" + name + "\" is not a kind of agent.")));
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }
}
