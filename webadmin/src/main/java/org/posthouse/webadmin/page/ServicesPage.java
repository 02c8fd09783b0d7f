package org.posthouse.webadmin.page;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.posthouse.schema.directory.Directory;
import org.posthouse.schema.tree.Entry;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.tree.NameOrder;
import org.posthouse.schema.tree.Showing;
import org.posthouse.schema.tree.Tree;
import org.posthouse.webadmin.login.Visitor;
import org.posthouse.webadmin.pulse.Board;
import org.posthouse.webadmin.table.Columns;
import org.posthouse.webadmin.table.Slice;
import org.posthouse.webadmin.words.Words;

/** Internet Services: the messaging system as a whole, with every messaging server wherever it stands. */
@Named
@RequestScoped
public class ServicesPage {

    /**
     * A messaging server of the system.
     *
     * @param entry the server
     * @param where the container it stands in
     * @param part how it takes part, as a phrase
     * @param tone how that is to be shown
     */
    public record Member(Entry entry, String where, String part, String tone) {}

    /**
     * A host of the system.
     *
     * @param entry the Host Server object
     * @param where the container it stands in
     * @param version of the engine that runs on it; "–" while none answers
     * @param servers how many messaging servers it is to run
     */
    public record Host(Entry entry, String where, String version, long servers) {}

    @Inject
    private Visitor visitor;

    @Inject
    private Banner banner;

    @Inject
    private Words words;

    @Inject
    private IndexPage indexPage;

    @Inject
    private StatusPage statusPage;

    @Inject
    private TablePage tablePage;

    @Inject
    private Links links;

    private @Nullable List<Entry> configuration;
    private @Nullable Table<Member> members;
    private @Nullable Table<Host> hosts;

    private List<Entry> configuration() {
        List<Entry> known = configuration;
        if (known == null) {
            known = banner.during(() -> visitor.directory().configuration(), List.of());
            configuration = known;
        }
        return known;
    }

    /** The messaging servers of the tree. */
    public Table<Member> getMembers() {
        Table<Member> known = members;
        if (known == null) {
            Tree tree = banner.during(() -> visitor.directory().tree(), Tree.EMPTY);
            List<Entry> servers = of(Kind.MESSAGING_SERVER).toList();
            Columns<Entry> columns = Columns.<Entry>none()
                    .text("name", Entry::name)
                    .text("where", this::where)
                    .text("part", server -> member(tree, server).part())
                    .text("state", this::state);
            // What is said of each is worked out for those that are shown.
            known = tablePage.lazy("servers", servers.size(), query -> {
                Slice<Entry> slice = columns.slice(servers, query);
                return new Slice<>(
                        slice.rows().stream()
                                .map(server -> member(tree, server))
                                .toList(),
                        slice.matches());
            });
            members = known;
        }
        return known;
    }

    private String state(Entry entry) {
        return statusPage.stateWords(statusPage.state(entry));
    }

    private Stream<Entry> of(Kind kind) {
        return configuration().stream().filter(entry -> entry.kind() == kind).sorted(NameOrder.ENTRIES);
    }

    /** The hosts of the tree. */
    public Table<Host> getHostTable() {
        Table<Host> known = hosts;
        if (known == null) {
            Map<String, Long> servers = of(Kind.MESSAGING_SERVER)
                    .flatMap(server -> server.value("posthouseHost").map(Links::canonical).stream())
                    .collect(Collectors.groupingBy(host -> host, Collectors.counting()));
            known = tablePage.of(
                    "hosts",
                    of(Kind.HOST_SERVER).map(host -> host(host, servers)).toList(),
                    Columns.<Host>none()
                            .text("name", host -> host.entry().name())
                            .text("where", Host::where)
                            .text("version", Host::version)
                            .number("servers", Host::servers)
                            .text("state", host -> state(host.entry())));
            hosts = known;
        }
        return known;
    }

    private Host host(Entry entry, Map<String, Long> servers) {
        Board board = statusPage.board(entry.place());
        return new Host(
                entry,
                where(entry),
                board == null ? "–" : board.version(),
                servers.getOrDefault(entry.place().toString(), 0L));
    }

    private String where(Entry entry) {
        return entry.place()
                .parent()
                .map(above -> above.path(visitor.directory().root()))
                .orElse("");
    }

    private Member member(Tree tree, Entry server) {
        String where = where(server);
        if (tree.server(server.place()).isEmpty() || indexPage.shown(server) == Kind.UNKNOWN) {
            return new Member(server, where, words.of("services.unknown"), "bad");
        }
        if (Sight.standsAlone(server)) {
            return new Member(server, where, words.of("services.alone"), "idle");
        }
        return switch (tree.showing(server.place())) {
            case Showing.Inside inside -> new Member(server, where, words.of("services.inside"), "good");
            case Showing.Aliased aliased ->
                new Member(
                        server,
                        where,
                        words.of("services.alias", aliased.alias().leaf()),
                        "good");
            case Showing.Outside outside -> new Member(server, where, words.of("services.outside"), "warn");
        };
    }

    /** The number of the last change of all, which every save moves on: NetMail's configuration version. */
    public long getVersion() {
        return banner.during(() -> visitor.directory().configVersion(), 0L);
    }

    /** How many hosts there are. */
    public long getHosts() {
        return of(Kind.HOST_SERVER).count();
    }

    /** How many agents there are. */
    public long getAgents() {
        return configuration().stream().filter(entry -> entry.kind().isAgent()).count();
    }

    /** Those who may administer everything. */
    public List<String> getAdministrators() {
        return banner.during(
                () -> {
                    Directory directory = visitor.directory();
                    Optional<Entry> group = directory.read(directory.administrators());
                    return group.stream()
                            .flatMap(found -> found.values("member").stream())
                            .sorted(Comparator.comparing(links::leaf, NameOrder.NAMES))
                            .toList();
                },
                List.of());
    }

    /** The group of the administrators. */
    public String getGroup() {
        return visitor.directory().administrators().toString();
    }
}
