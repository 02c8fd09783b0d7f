package org.posthouse.webadmin.page;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.posthouse.schema.status.State;
import org.posthouse.schema.tree.Entry;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.tree.NameOrder;
import org.posthouse.schema.value.Place;
import org.posthouse.webadmin.history.Change;
import org.posthouse.webadmin.login.Installed;
import org.posthouse.webadmin.login.Visitor;
import org.posthouse.webadmin.pulse.Board;
import org.posthouse.webadmin.pulse.Overview;
import org.posthouse.webadmin.pulse.Pulse;
import org.posthouse.webadmin.pulse.Verdict;
import org.posthouse.webadmin.words.Words;

/** The home page: every messaging server with its agents, the queues together, and what was changed last. */
@Named
@RequestScoped
public class IndexPage {

    private static final int LAST = 8;
    // More cards than anybody reads; those of hundreds of servers would take seconds, and they are renewed every three.
    private static final int CARDS = 24;

    @Inject
    private Visitor visitor;

    @Inject
    private Banner banner;

    @Inject
    private KnownConfiguration lastKnown;

    @Inject
    private Installed installed;

    @Inject
    private Pulse pulse;

    @Inject
    private Words words;

    private final Map<Place, Kind> shown = new HashMap<>();
    private final Map<Place, Boolean> cares = new HashMap<>();
    private @Nullable List<Entry> configuration;
    private @Nullable List<Entry> servers;
    private @Nullable Map<Place, List<Entry>> agents;
    private @Nullable Sight sight;
    private @Nullable Overview overview;

    private List<Entry> configuration() {
        List<Entry> known = configuration;
        if (known == null) {
            pulse.settle();
            known = banner.during(
                    () -> lastKnown.keep(visitor.directory().configuration(), installed.asOf()), lastKnown.entries());
            configuration = known;
        }
        return known;
    }

    /** Servers and agents beside what their engines say; empty without a configuration. */
    Optional<Overview> overview() {
        Overview known = overview;
        if (known == null && !configuration().isEmpty()) {
            known = pulse.overview(
                    configuration(), entry -> shown(entry) == Kind.UNKNOWN ? Optional.of("") : Optional.empty());
            overview = known;
        }
        return Optional.ofNullable(known);
    }

    /** Since when what is shown may be out of date, in words; "" while it is as the directory says. */
    public String getAge() {
        return !configuration().isEmpty() && banner.isDirectoryAway()
                ? words.of("home.age", words.time(lastKnown.readAt()))
                : "";
    }

    /** Messaging servers; those that lag, failed or are refused first. */
    public List<Entry> getServers() {
        List<Entry> known = servers;
        if (known == null) {
            known = configuration().stream()
                    .filter(entry -> entry.kind() == Kind.MESSAGING_SERVER)
                    .sorted(Comparator.comparing((Entry entry) -> !needsCare(entry))
                            .thenComparing(NameOrder.ENTRIES))
                    .toList();
            servers = known;
        }
        return known;
    }

    /** The servers shown as cards. */
    public List<Entry> getCards() {
        return getServers().stream().limit(CARDS).toList();
    }

    /** How many servers there are beyond the cards, in words; "" for none. */
    public String getMore() {
        int more = getServers().size() - CARDS;
        return more > 0 ? words.of("home.more", more) : "";
    }

    /** The agents of a server. */
    public List<Entry> agents(Entry server) {
        Map<Place, List<Entry>> known = agents;
        if (known == null) {
            known = configuration().stream()
                    .filter(entry -> entry.kind().isAgent())
                    .sorted(Comparator.comparing(Entry::kind))
                    .collect(Collectors.groupingBy(
                            entry -> entry.place().parent().orElseThrow()));
            agents = known;
        }
        return known.getOrDefault(server.place(), List.of());
    }

    /** Whether a server or one of its agents is not as wanted. */
    public boolean needsCare(Entry server) {
        return cares.computeIfAbsent(
                server.place(),
                place -> shown(server) == Kind.UNKNOWN
                        || isBad(server)
                        || agents(server).stream().anyMatch(this::isBad));
    }

    private boolean isBad(Entry part) {
        return overview()
                .map(known -> known.verdicts()
                        .getOrDefault(part.place(), Verdict.UNREACHABLE)
                        .needsCare())
                .orElse(true);
    }

    /** Agents that run now. */
    public long getRunning() {
        return pulse.boards().stream()
                .flatMap(board -> board.servers().stream())
                .flatMap(server -> server.agents().stream())
                .filter(agent -> agent.obedience().state() == State.RUNNING)
                .count();
    }

    /** Sessions open now, over all agents. */
    public long getSessions() {
        return pulse.boards().stream()
                .flatMap(board -> board.servers().stream())
                .flatMap(server -> server.agents().stream())
                .mapToLong(Board.Agent::sessions)
                .sum();
    }

    /** All queues as one. */
    public Board.Queue getQueue() {
        return pulse.boards().stream()
                .flatMap(board -> board.servers().stream())
                .map(Board.Server::queue)
                .reduce(Board.Queue.NONE, Board.Queue::plus);
    }

    /** The latest changes, the newest first; none while the history is being read. */
    public List<Change> getChanges() {
        return banner.during(
                () -> installed.history().isLoaded() ? installed.history().latest(LAST) : List.<Change>of(), List.of());
    }

    /** The kind under which an object is shown. */
    public Kind shown(Entry entry) {
        return shown.computeIfAbsent(entry.place(), place -> banner.during(() -> sight().shown(entry), entry.kind()));
    }

    private Sight sight() {
        Sight known = sight;
        if (known == null) {
            known = new Sight(visitor.directory());
            sight = known;
        }
        return known;
    }
}
