package org.posthouse.webadmin.page;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.posthouse.schema.directory.Directory;
import org.posthouse.schema.tree.Entry;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.tree.MessagingServer;
import org.posthouse.schema.tree.NameOrder;
import org.posthouse.schema.tree.Showing;
import org.posthouse.schema.tree.Tree;
import org.posthouse.schema.value.Place;
import org.posthouse.webadmin.change.ChangeService;
import org.posthouse.webadmin.change.ChangeServices;
import org.posthouse.webadmin.login.Visitor;
import org.posthouse.webadmin.plan.Step;
import org.posthouse.webadmin.table.Columns;
import org.posthouse.webadmin.table.Slice;
import org.posthouse.webadmin.words.Words;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which messaging servers see each other, and why: NetMail's distributed and standalone servers. */
@Named
@RequestScoped
public class NeighboursPage {

    private static final Logger LOG = LoggerFactory.getLogger(NeighboursPage.class);

    /**
     * Another server, from the one shown.
     *
     * @param dn where it stands
     * @param name its name
     * @param shown the kind under which it is shown
     * @param alone whether it is standalone
     * @param seen whether the server shown sees it
     * @param seenWhy the sentence on that
     * @param sees whether it sees the server shown
     * @param seesWhy the sentence on that
     */
    public record Neighbour(
            String dn,
            String name,
            Kind shown,
            boolean alone,
            boolean seen,
            String seenWhy,
            boolean sees,
            String seesWhy) {}

    @Inject
    private Visitor visitor;

    @Inject
    private Banner banner;

    @Inject
    private Words words;

    @Inject
    private ChangeServices changeServices;

    @Inject
    private TablePage tablePage;

    private @Nullable Table<Neighbour> neighbours;
    private @Nullable Tree tree;
    private @Nullable Sight sight;

    private Tree tree() {
        Tree known = tree;
        if (known == null) {
            known = banner.during(() -> visitor.directory().tree(), Tree.EMPTY);
            tree = known;
        }
        return known;
    }

    /** Whether an object is a standalone messaging server. */
    public boolean isAlone(Entry entry) {
        return Sight.standsAlone(entry);
    }

    /** The other messaging servers, by name. */
    public Table<Neighbour> of(Entry server) {
        Table<Neighbour> known = neighbours;
        if (known == null) {
            Optional<MessagingServer> own = tree().server(server.place());
            Columns<MessagingServer> columns = Columns.<MessagingServer>none()
                    .text("name", MessagingServer::name)
                    .ranked("seen", other -> "", Comparator.comparing(other -> !isSeen(own, other)))
                    .ranked("sees", other -> "", Comparator.comparing(other -> !isSeeing(own, other)));
            List<MessagingServer> others = own.isEmpty() ? List.of() : others(server);
            // What is said of each is worked out for those that are shown.
            known = tablePage.lazy("neighbors", others.size(), query -> {
                Slice<MessagingServer> slice = columns.slice(others, query);
                return new Slice<>(
                        slice.rows().stream()
                                .flatMap(other -> own.stream()
                                        .map(self -> isUnknown(other) ? unknown(other) : neighbour(self, other)))
                                .toList(),
                        slice.matches());
            });
            neighbours = known;
        }
        return known;
    }

    private boolean isSeen(Optional<MessagingServer> own, MessagingServer other) {
        return own.filter(self -> !isAlone(self)).isPresent()
                && tree().showing(other.place()).isShown();
    }

    private boolean isSeeing(Optional<MessagingServer> own, MessagingServer other) {
        return own.filter(self -> tree().showing(self.place()).isShown()).isPresent() && !isAlone(other);
    }

    private List<MessagingServer> others(Entry server) {
        return tree().servers().stream()
                .filter(other -> !other.place().equals(server.place()))
                .sorted(Comparator.comparing(MessagingServer::name, NameOrder.NAMES))
                .toList();
    }

    private Neighbour neighbour(MessagingServer own, MessagingServer other) {
        return new Neighbour(
                other.place().toString(),
                other.name(),
                Kind.MESSAGING_SERVER,
                isAlone(other),
                isSeen(Optional.of(own), other),
                why("neighbours.seen", own, other),
                isSeeing(Optional.of(own), other),
                why("neighbours.sees", other, own));
    }

    // What cannot be understood works with nobody.
    private boolean isUnknown(MessagingServer server) {
        return banner.during(
                () -> tree().entry(server.place())
                        .filter(entry -> sight().shown(entry) == Kind.UNKNOWN)
                        .isPresent(),
                false);
    }

    private Neighbour unknown(MessagingServer other) {
        return new Neighbour(
                other.place().toString(),
                other.name(),
                Kind.UNKNOWN,
                false,
                false,
                words.of("neighbours.seen.unknown"),
                false,
                words.of("neighbours.sees.unknown"));
    }

    private Sight sight() {
        Sight known = sight;
        if (known == null) {
            known = new Sight(visitor.directory());
            sight = known;
        }
        return known;
    }

    private static boolean isAlone(MessagingServer server) {
        return !server.identification().distributedProcessing();
    }

    private String why(String key, MessagingServer looking, MessagingServer lookedAt) {
        if (isAlone(looking)) {
            return words.of(key + ".alone");
        }
        return switch (tree().showing(lookedAt.place())) {
            case Showing.Inside inside -> words.of(key + ".inside");
            case Showing.Aliased aliased ->
                words.of(key + ".alias", aliased.alias().leaf());
            case Showing.Outside outside -> words.of(key + ".outside");
        };
    }

    /** Whether a distributed server is unseen for want of an alias. */
    public boolean isUnseen(Entry server) {
        return server.kind() == Kind.MESSAGING_SERVER
                && !Sight.standsAlone(server)
                && tree().showing(server.place()) instanceof Showing.Outside;
    }

    /** Creates the alias in Internet Services by which the other servers see this one. */
    public void createAlias(Entry server) {
        banner.during(() -> {
            Directory directory = visitor.directory();
            Place alias = free(directory, server.name());
            var target = Map.of("aliasedObjectName", List.of(server.place().toString()));
            ChangeService changes = changeServices.by(directory, visitor.getPlace());
            changes.apply(changes.plan(List.of(new Step.Make(alias, Kind.ALIAS, target))));
            LOG.info("{} created the alias {} of {}", visitor.getPlace(), alias, server.place());
            tree = null;
            neighbours = null;
        });
    }

    private static Place free(Directory directory, String name) {
        Place services = directory.internetServices();
        Place place = services.child(Kind.ALIAS.naming(), name);
        for (int number = 2; directory.read(place).isPresent(); number++) {
            place = services.child(Kind.ALIAS.naming(), name + " " + number);
        }
        return place;
    }
}
