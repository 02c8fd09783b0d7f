package org.posthouse.webadmin.pulse;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.posthouse.schema.directory.Directory;
import org.posthouse.schema.directory.Directory.Query;
import org.posthouse.schema.directory.DirectoryException;
import org.posthouse.schema.directory.DirectoryException.Missing;
import org.posthouse.schema.option.Trial;
import org.posthouse.schema.status.State;
import org.posthouse.schema.tree.Entry;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.value.Place;
import org.posthouse.webadmin.login.Installed;

/**
 * The newest state of every engine, and the way to have an engine do something now. Which engines there are is read
 * again from the directory now and then, because an engine writes its address there when it starts.
 */
@ApplicationScoped
public class Pulse {

    private static final Duration HOSTS_KNOWN_FOR = Duration.ofSeconds(3);
    // A host without an address is one whose engine is about to write it, as after the set-up.
    private static final Duration SOME_UNKNOWN_FOR = Duration.ofMillis(300);
    private static final Duration FIRST_WORD = Duration.ofSeconds(1);
    // More than a messaging server can have agents.
    private static final int PARTS = 100;

    /**
     * The watch of each host that is believed.
     *
     * @param news how often there had been news by then
     */
    private record Chosen(long news, Map<Place, BoardWatch> watches) {}

    @Inject
    private Installed installed;

    private final BoardClient client = new BoardClient();
    private final Object news = new Object();
    private final Map<BoardAddress, BoardWatch> watches = new HashMap<>();
    private final AtomicLong told = new AtomicLong();
    private volatile Spoken spoken = Spoken.NOTHING;
    private volatile Chosen chosen = new Chosen(-1, Map.of());
    private Instant hostsReadAt = Instant.EPOCH;
    private @Nullable MachineWatch machines;
    private boolean someUnknown;
    private Instant unknownSince = Instant.EPOCH;

    /** What the engine that runs a messaging server says of it. */
    public Optional<Board.Server> server(Place server) {
        return Optional.ofNullable(spoken().servers().get(server));
    }

    /** What its engine says of an agent. */
    public Optional<Board.Agent> agent(Place agent) {
        return Optional.ofNullable(spoken().agents().get(agent));
    }

    private Spoken spoken() {
        findEngines();
        long now = told.get();
        Spoken known = spoken;
        if (known.news() != now) {
            known = Spoken.of(now, boards());
            spoken = known;
        }
        return known;
    }

    /** The board of a host's engine; empty while it does not answer. */
    public Optional<Board> board(Place host) {
        return watch(host).flatMap(BoardWatch::board);
    }

    /** Gives each engine known a moment to speak for the first time, or to show that it does not answer. */
    public void settle() {
        await(() -> everyWatch().stream().allMatch(BoardWatch::heard) && !isOneExpected(), FIRST_WORD);
    }

    // An engine writes its address within moments of its host's creation; a host without an engine is waited for no
    // more.
    private synchronized boolean isOneExpected() {
        return someUnknown
                && unknownSince.plus(HOSTS_KNOWN_FOR).isAfter(installed.clock().instant());
    }

    /** Every engine that answers. */
    public List<Board> boards() {
        return watching().stream().flatMap(watch -> watch.board().stream()).toList();
    }

    /** Why the engine that is to run a server says nothing; empty when no host is named or the directory is away. */
    public Optional<String> silenceOf(Place server) {
        try {
            return hostOf(server).map(this::silence);
        } catch (DirectoryException down) {
            return Optional.empty();
        }
    }

    /** Of every host an engine ever ran on, why its engine says nothing; "" of those that do. */
    public Map<Place, String> silences() {
        var silences = new HashMap<Place, String>();
        watching().forEach(watch -> silences.put(watch.address().host(), watch.silence()));
        return silences;
    }

    /**
     * What is wanted of every server and agent beside what their engines say.
     *
     * @param wanted what is in the directory
     * @param flaw why a server cannot be understood; empty for all others
     */
    public Overview overview(Collection<Entry> wanted, Function<Entry, Optional<String>> flaw) {
        var seen = new HashMap<Place, Board.Server>();
        boards().forEach(board -> board.servers().forEach(server -> seen.put(server.place(), server)));
        return Overview.of(wanted, seen, host -> host.map(this::whySilent).orElse("it names no Host Server"), flaw);
    }

    /** Why nothing is known of what runs on a host, as a phrase: "no engine has ever run on host hostb". */
    public String whySilent(Place host) {
        if (!hasEngine(host)) {
            return "no engine has ever run on host " + host.leaf();
        }
        String why = silence(host);
        return why.isEmpty()
                ? "the engine of host " + host.leaf() + " has not reported it yet"
                : "the engine of host " + host.leaf() + " is unreachable (" + why + ")";
    }

    /** Why its engine has not applied the newest settings of a server, as far as anybody knows. */
    String whyUnknown(Place server) {
        try {
            return hostOf(server).map(this::whySilent).orElse("it names no Host Server");
        } catch (DirectoryException down) {
            return "the directory is unavailable";
        }
    }

    /** Why a host's engine says nothing; empty when it does, or when none ever ran there. */
    public String silence(Place host) {
        return watch(host).map(BoardWatch::silence).orElse("");
    }

    /** The machine of a host's engine, with its clock measured; empty while it does not answer. */
    public Optional<Machine> machine(Place host) {
        return watch(host)
                .filter(watch -> watch.board().isPresent())
                .flatMap(watch -> machines().machine(watch.address()));
    }

    /** Where the board of a host's engine is; "" when none ever ran there. */
    public String boardUrl(Place host) {
        return watch(host).map(watch -> watch.address().shown()).orElse("");
    }

    /** Further engines that run as this host, by the addresses of their boards, though there must be one alone. */
    public Map<String, Board> rivals(Place host) {
        var rivals = new TreeMap<String, Board>();
        String chosen = boardUrl(host);
        everyWatch().stream()
                .filter(watch -> watch.address().host().equals(host))
                .filter(watch -> !watch.address().shown().equals(chosen))
                .forEach(watch -> watch.board()
                        .filter(board -> board.host().equalsIgnoreCase(host.leaf()))
                        .ifPresent(board -> rivals.put(watch.address().shown(), board)));
        return rivals;
    }

    /** Whether an engine ever ran on a host. */
    public boolean hasEngine(Place host) {
        return watch(host).isPresent();
    }

    /**
     * Has an agent, or a server when {@code agent} is "", start, stop or restart now, by the settings saved last. Returns
     * why it could not, or "".
     */
    public String command(Place server, String agent, String act) {
        return command(server, agent, act, Duration.ZERO);
    }

    /** The same; a "drain" lets the sessions that run go on for the grace at most. */
    public String command(Place server, String agent, String act, Duration grace) {
        awaitNewest(server);
        try {
            return client.command(address(server), server, agent, act, grace);
        } catch (IOException silent) {
            return "The engine is unreachable: " + silent.getMessage();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return "Stopped while waiting for the engine";
        }
    }

    /**
     * Has a server or an agent that was enabled start now, one that was disabled stop when its sessions have ended or the
     * grace is over. Returns why it could not, or "".
     */
    public String obeyNow(Entry changed, boolean enabled, Duration grace) {
        boolean server = changed.kind() == Kind.MESSAGING_SERVER;
        Place home = server ? changed.place() : changed.place().parent().orElseThrow();
        awaitNewest(home);
        if (enabled && isRunning(changed.place())) {
            return "";
        }
        return command(home, server ? "" : changed.kind().name(), enabled ? "start" : "drain", grace);
    }

    /** What comes of trying a value at a server. Throws IOException when its engine does not say. */
    public Tried trial(Place server, Trial about, String value) throws IOException {
        try {
            if (about == Trial.ADDRESS) {
                return new Tried(client.hasAddress(address(server), value) ? "good" : "absent", value);
            }
            return client.trial(address(server), server, about.name().toLowerCase(Locale.ROOT), value);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException("stopped while waiting", stopped);
        }
    }

    /** How busy a server was. Throws IOException when its engine does not say. */
    public History history(Place server) throws IOException {
        try {
            return client.history(address(server), server);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException("stopped while waiting", stopped);
        }
    }

    /** Whether its engine says that this server or agent runs. */
    public boolean isRunning(Place place) {
        return server(place)
                .map(Board.Server::obedience)
                .or(() -> agent(place).map(Board.Agent::obedience))
                .filter(obedience -> obedience.state() == State.RUNNING || obedience.state() == State.IDLE)
                .isPresent();
    }

    /** Sessions open now at a server or an agent. */
    public long sessions(Place place) {
        return server(place)
                .map(Board.Server::sessions)
                .or(() -> agent(place).map(Board.Agent::sessions))
                .orElse(0L);
    }

    /**
     * Has a mailbox of a server looked at, or removed, for a Server Manager. Returns what is or was in it: mailbox,
     * folders, messages, octets, and the record that was written. Throws Declined with the reason.
     */
    public JsonObject rmbox(Place server, Place manager, String mailbox, boolean forReal) {
        return mailboxes(server, manager, Map.of("mailbox", mailbox, "do", forReal ? "remove" : "look"));
    }

    /**
     * The mailboxes of former users of a server: {@code {"mailboxes": [...]}}. Asks the engine. Throws Declined with the
     * reason.
     */
    public JsonObject formerMailboxes(Place server, Place manager) {
        return mailboxes(server, manager, Map.of("do", "list"));
    }

    /**
     * Hands the mail of a former user's mailbox over to a user of the server. Takes as long as it takes to copy the mail. Throws
     * Declined with the reason.
     */
    public JsonObject handOver(Place server, Place manager, String mailbox, String to) {
        return mailboxes(server, manager, Map.of("mailbox", mailbox, "do", "hand-over", "to", to));
    }

    private JsonObject mailboxes(Place server, Place manager, Map<String, String> order) {
        awaitNewest(server);
        try {
            return client.rmbox(address(server), server, manager, order);
        } catch (IOException silent) {
            throw new Declined("The engine is unreachable: " + silent.getMessage());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new Declined("Stopped while waiting for the engine");
        }
    }

    // Who enables an agent and starts it at once must not be told that it is disabled.
    private void awaitNewest(Place server) {
        try {
            Directory directory = installed.shown();
            var saved = new HashMap<Place, Long>();
            directory.read(server).ifPresent(found -> saved.put(server, found.revision()));
            directory
                    .children(server, Query.first(PARTS))
                    .entries()
                    .forEach(part -> saved.put(part.place(), part.revision()));
            await(() -> server(server).stream().allMatch(board -> knows(board, saved)), FIRST_WORD);
        } catch (DirectoryException down) {
            // Nothing newer can be known then; an engine is commanded all the same.
        }
    }

    private static boolean knows(Board.Server board, Map<Place, Long> saved) {
        return board.obedience().wanted() >= saved.getOrDefault(board.place(), 0L)
                && board.agents().stream()
                        .allMatch(agent -> agent.obedience().wanted() >= saved.getOrDefault(agent.place(), 0L));
    }

    /** The line by which an agent greets. Throws IOException when it cannot now. */
    public String prove(Place server, Kind agent) throws IOException {
        return prove(server, agent, "");
    }

    /** The line that depends on an option; "" when none does. Throws IOException when the agent cannot show it now. */
    public String prove(Place server, Kind agent, String option) throws IOException {
        try {
            return client.prove(address(server), server, agent.name(), option);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException("stopped while waiting", stopped);
        }
    }

    /** Waits until something holds, looking again at each news; gives up after the patience. */
    public void await(BooleanSupplier something, Duration patience) {
        long end = System.nanoTime() + patience.toNanos();
        try {
            synchronized (news) {
                while (!something.getAsBoolean() && end - System.nanoTime() > 0) {
                    // Short, because an engine that is new in the directory is no news of a board.
                    long left = Math.min(end - System.nanoTime(), SOME_UNKNOWN_FOR.toNanos());
                    TimeUnit.NANOSECONDS.timedWait(news, left);
                }
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void tell() {
        told.incrementAndGet();
        synchronized (news) {
            news.notifyAll();
        }
    }

    private BoardAddress address(Place server) throws IOException {
        return watching().stream()
                .filter(watch -> watch.board().stream()
                        .flatMap(board -> board.servers().stream())
                        .anyMatch(state -> state.place().equals(server)))
                .map(BoardWatch::address)
                .findFirst()
                .or(() -> hostOf(server).flatMap(this::watch).map(BoardWatch::address))
                .orElseThrow(() -> new IOException("no engine runs this server; start one on its host"));
    }

    private Optional<Place> hostOf(Place server) {
        return installed
                .directory()
                .read(server)
                .flatMap(entry -> entry.value("posthouseHost"))
                .map(Place::of);
    }

    private Optional<BoardWatch> watch(Place host) {
        return Optional.ofNullable(chosen().get(host));
    }

    private Collection<BoardWatch> watching() {
        return chosen().values();
    }

    // One for each host: the engine that named itself last, unless it fell silent and another one of that host speaks.
    private Map<Place, BoardWatch> chosen() {
        findEngines();
        long now = told.get();
        Chosen known = chosen;
        if (known.news() != now) {
            var watches = new HashMap<Place, BoardWatch>();
            everyWatch()
                    .forEach(watch -> watches.merge(
                            watch.address().host(), watch, (one, two) -> rank(one) >= rank(two) ? one : two));
            known = new Chosen(now, watches);
            chosen = known;
        }
        return known.watches();
    }

    private static int rank(BoardWatch watch) {
        return (watch.board().isPresent() ? 2 : 0) + (watch.address().rival() ? 0 : 1);
    }

    private synchronized MachineWatch machines() {
        MachineWatch known = machines;
        if (known == null) {
            known = new MachineWatch(client, installed.clock());
            machines = known;
        }
        return known;
    }

    private synchronized List<BoardWatch> everyWatch() {
        findEngines();
        return List.copyOf(watches.values());
    }

    private synchronized void findEngines() {
        Instant now = installed.clock().instant();
        if (hostsReadAt
                .plus(someUnknown || watches.isEmpty() ? SOME_UNKNOWN_FOR : HOSTS_KNOWN_FOR)
                .isBefore(now)) {
            hostsReadAt = now;
            try {
                watch(addresses(installed.shown()));
            } catch (DirectoryException down) {
                // Engines go on without the directory, and so does the pulse of those known already.
            }
        }
    }

    private Set<BoardAddress> addresses(Directory directory) {
        List<Entry> configuration = directory.configuration(Set.of(Kind.INTERNET_SERVICES, Kind.HOST_SERVER));
        Place services = directory.internetServices();
        String secret = configuration.stream()
                .filter(entry -> entry.place().equals(services))
                .flatMap(entry -> entry.value("posthouseSystemSecret").stream())
                .findFirst()
                .orElseThrow(() -> new Missing(services));
        List<Entry> hosts = configuration.stream()
                .filter(entry -> entry.kind() == Kind.HOST_SERVER)
                .toList();
        var found = new HashSet<BoardAddress>();
        hosts.forEach(host -> BoardAddress.of(host, secret).ifPresent(found::add));
        boolean unknown = found.size() < hosts.size();
        if (unknown && !someUnknown) {
            unknownSince = installed.clock().instant();
        }
        someUnknown = unknown;
        hosts.forEach(host -> found.addAll(BoardAddress.rivals(host, secret)));
        return found;
    }

    private void watch(Set<BoardAddress> addresses) {
        boolean moved = !watches.keySet().equals(addresses);
        watches.values().removeIf(watch -> {
            boolean gone = !addresses.contains(watch.address());
            if (gone) {
                watch.close();
            }
            return gone;
        });
        addresses.forEach(
                address -> watches.computeIfAbsent(address, any -> new BoardWatch(address, client, this::tell)));
        if (moved) {
            told.incrementAndGet();
        }
        machines().keep(addresses);
        client.keep(addresses);
    }

    @PreDestroy
    synchronized void close() {
        watches.values().forEach(BoardWatch::close);
        client.close();
    }
}
