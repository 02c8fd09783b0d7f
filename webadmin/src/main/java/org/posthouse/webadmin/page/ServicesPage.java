package org.posthouse.webadmin.page;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.posthouse.schema.directory.Directory;
import org.posthouse.schema.tree.Entry;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.tree.Showing;
import org.posthouse.schema.tree.Tree;
import org.posthouse.webadmin.login.Visitor;
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

    private @Nullable List<Entry> configuration;
    private @Nullable List<Member> members;

    private List<Entry> configuration() {
        List<Entry> known = configuration;
        if (known == null) {
            known = banner.during(() -> visitor.directory().configuration(), List.of());
            configuration = known;
        }
        return known;
    }

    /** The messaging servers of this page of the table. */
    public List<Member> getMembers() {
        List<Member> known = members;
        if (known == null) {
            Tree tree = banner.during(() -> visitor.directory().tree(), Tree.EMPTY);
            var columns = new LinkedHashMap<String, Function<Member, String>>();
            columns.put("name", member -> member.entry().name());
            columns.put("where", Member::where);
            columns.put("part", Member::part);
            columns.put("state", member -> statusPage.stateWords(statusPage.state(member.entry())));
            known = tablePage.page(
                    servers().stream().map(server -> member(tree, server)).toList(), columns);
            members = known;
        }
        return known;
    }

    private List<Entry> servers() {
        return configuration().stream()
                .filter(entry -> entry.kind() == Kind.MESSAGING_SERVER)
                .toList();
    }

    /** How many messaging servers there are in the tree. */
    public int getServers() {
        return servers().size();
    }

    private Member member(Tree tree, Entry server) {
        String where = server.place()
                .parent()
                .map(above -> above.path(visitor.directory().root()))
                .orElse("");
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
        return count(Kind.HOST_SERVER);
    }

    /** How many agents there are. */
    public long getAgents() {
        return configuration().stream().filter(entry -> entry.kind().isAgent()).count();
    }

    private long count(Kind kind) {
        return configuration().stream().filter(entry -> entry.kind() == kind).count();
    }

    /** Those who may administer everything. */
    public List<String> getAdministrators() {
        return banner.during(
                () -> {
                    Directory directory = visitor.directory();
                    Optional<Entry> group = directory.read(directory.administrators());
                    return group.stream()
                            .flatMap(found -> found.values("member").stream())
                            .sorted()
                            .toList();
                },
                List.of());
    }

    /** The group of the administrators. */
    public String getGroup() {
        return visitor.directory().administrators().toString();
    }
}
