package org.posthouse.schema.directory;

import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SearchScope;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.posthouse.schema.address.Addressee;
import org.posthouse.schema.address.Population;
import org.posthouse.schema.tree.Entry;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.tree.NameOrder;
import org.posthouse.schema.value.MailboxId;
import org.posthouse.schema.value.Place;

/** Reads single objects, looks for objects, and reads all that engines need. */
final class Reader {

    private static final List<String> NAMES = List.of("cn", "ou", "o");
    private static final List<String> SOUGHT = List.of("cn", "ou", "o", "mail", "sn", "givenName");

    // What servers keep of an entry's state: all of them the time, OpenLDAP entryCSN, OpenDJ etag, 389 DS entryusn.
    private static final String[] VERSIONS = {
        "modifyTimestamp", "entryCSN", "etag", "entryusn", "pwdChangedTime", "entryUUID", Shape.REVISION
    };

    private static final List<Kind> PEOPLE = List.of(Kind.USER, Kind.GROUP, Kind.ORGANIZATIONAL_ROLE, Kind.ALIAS);

    private final Server server;
    private final Place root;

    Reader(Server server) {
        this.server = server;
        this.root = server.address().root();
    }

    Optional<Entry> read(Place place) {
        return server.entry(place, Shape.WANTED)
                .filter(found -> !Shape.isPending(found))
                .map(found -> Shape.entry(found, server))
                .filter(entry -> entry.kind() == Kind.USER || !isBelowPending(place));
    }

    // Users are read for every recipient of a mail and are not created together with what they stand in.
    private boolean isBelowPending(Place place) {
        Optional<Place> above = place.parent();
        while (above.isPresent() && above.get().isWithin(root) && !above.get().equals(root)) {
            if (server.entry(above.get(), Shape.PENDING)
                    .filter(Shape::isPending)
                    .isPresent()) {
                return true;
            }
            above = above.get().parent();
        }
        return false;
    }

    void survey(Consumer<Stub> to) {
        List<Place> pending =
                pending().stream().map(found -> Place.of(found.getDN())).toList();
        server.survey(
                root,
                Filter.createPresenceFilter("objectClass"),
                new String[] {"objectClass", "modifyTimestamp", Shape.REVISION, "entryUUID", "nsUniqueId"},
                found -> {
                    var place = Place.of(found.getDN());
                    if (pending.stream().noneMatch(place::isWithin)) {
                        to.accept(new Stub(
                                place,
                                Shape.entry(found, server).kind(),
                                Shape.revision(found),
                                time(found, "modifyTimestamp"),
                                uuid(found)));
                    }
                });
    }

    private static String uuid(SearchResultEntry found) {
        String uuid = found.getAttributeValue("entryUUID");
        return Objects.requireNonNullElse(uuid == null ? found.getAttributeValue("nsUniqueId") : uuid, "");
    }

    Optional<Stamp> stamp(Place place) {
        // OpenDJ names no modifier of an object that was only created.
        return server.entry(
                        place,
                        "modifiersName",
                        "creatorsName",
                        "modifyTimestamp",
                        "createTimestamp",
                        "entryUUID",
                        "nsUniqueId")
                .map(found -> new Stamp(
                        Optional.ofNullable(found.getAttributeValue("modifiersName"))
                                .or(() -> Optional.ofNullable(found.getAttributeValue("creatorsName"))),
                        time(found, "modifyTimestamp"),
                        time(found, "createTimestamp"),
                        uuid(found)));
    }

    boolean showsPassword(Place user) {
        return server.entry(user, "userPassword")
                .filter(found -> found.hasAttribute("userPassword"))
                .isPresent();
    }

    /** What tells one state of an object from the next; "" when it does not exist or nothing does. */
    String version(Place place) {
        return server.entry(place, VERSIONS).stream()
                .flatMap(found -> Stream.of(VERSIONS)
                        .filter(found::hasAttribute)
                        .map(name -> name + "=" + found.getAttributeValue(name)))
                .collect(Collectors.joining(";"));
    }

    private static Optional<Instant> time(SearchResultEntry found, String attribute) {
        return Optional.ofNullable(found.getAttributeValueAsDate(attribute)).map(Date::toInstant);
    }

    boolean hasChildren(Place place) {
        return !server.some(place, SearchScope.ONE, Filter.createPresenceFilter("objectClass"), 1, "1.1")
                .isEmpty();
    }

    int count(Place container, Set<Kind> kinds, int most) {
        return server.some(container, SearchScope.ONE, ofKinds(kinds), most, "1.1")
                .size();
    }

    int countWithin(Place place, int most) {
        return server.some(place, SearchScope.SUB, Filter.createPresenceFilter("objectClass"), most, "1.1")
                .size();
    }

    List<Entry> find(String text, Set<Kind> kinds, int limit) {
        Filter filter = Filter.createANDFilter(
                ofKinds(kinds),
                Filter.createORFilter(
                        SOUGHT.stream().map(name -> holds(name, text)).toList()));
        // A few more than wanted, since those under creation are left out.
        return shown(server.some(root, SearchScope.SUB, filter, limit + 5, Shape.WANTED)).stream()
                .sorted(NameOrder.ENTRIES)
                .limit(limit)
                .toList();
    }

    // Whom another tool created has only the server's identifier: entryUUID (RFC 4530), or nsUniqueId of 389 DS, of
    // which
    // no other server has an index.
    List<Entry> usersOfMailbox(String identifier) {
        Filter filter = Filter.createANDFilter(
                ofKinds(Set.of(Kind.USER)),
                Filter.createORFilter(
                        Filter.createEqualityFilter(MailboxId.ATTRIBUTE, identifier),
                        Filter.createEqualityFilter(
                                identifier.matches("(\\p{XDigit}{8}-?){4}") ? "nsUniqueId" : "entryUUID", identifier)));
        return shown(server.some(root, SearchScope.SUB, filter, 10, Shape.WANTED)).stream()
                .filter(user -> user.value(MailboxId.ATTRIBUTE)
                        .filter(identifier::equals)
                        .isPresent())
                .toList();
    }

    List<Entry> beginning(String text, Set<Kind> kinds, int limit) {
        Filter filter = Filter.createANDFilter(
                ofKinds(kinds),
                Filter.createORFilter(NAMES.stream()
                        .map(name -> text.isEmpty()
                                ? Filter.createPresenceFilter(name)
                                : Filter.createSubInitialFilter(name, text))
                        .toList()));
        return shown(server.some(root, SearchScope.SUB, filter, limit + 5, Shape.WANTED)).stream()
                .sorted(NameOrder.ENTRIES)
                .limit(limit)
                .toList();
    }

    List<Entry> configuration() {
        return all(Arrays.stream(Kind.values()).filter(Kind::isConfiguration).toList());
    }

    List<Entry> all(Collection<Kind> kinds) {
        return within(root, kinds);
    }

    List<Entry> within(Place place, Collection<Kind> kinds) {
        return shown(server.all(place, SearchScope.SUB, ofKinds(kinds), Shape.WANTED));
    }

    /** Everybody to whom mail can be addressed; incomplete when the server stops answering in the middle. */
    Population population() {
        var containers = new HashMap<String, Place>();
        var all = new ArrayList<Addressee>();
        var pending = new ArrayList<Place>();
        String[] wanted = Stream.concat(Addressee.ATTRIBUTES.stream(), Stream.of(Shape.PENDING))
                .toArray(String[]::new);
        boolean complete = isSurveyed(wanted, found -> {
            if (Shape.isPending(found)) {
                pending.add(Place.of(found.getDN()));
            } else {
                Addresses.addressee(found, root, containers).ifPresent(all::add);
            }
        });
        all.removeIf(each -> pending.stream().anyMatch(each.container()::isWithin));
        return complete ? Population.of(all) : Population.of(all).incomplete();
    }

    // Throws when the server says nothing at all.
    private boolean isSurveyed(String[] wanted, Consumer<SearchResultEntry> to) {
        var number = new AtomicInteger();
        try {
            server.survey(root, ofKinds(PEOPLE), wanted, found -> {
                number.incrementAndGet();
                to.accept(found);
            });
            return true;
        } catch (DirectoryException broken) {
            if (number.get() == 0) {
                throw broken;
            }
            return false;
        }
    }

    private List<Entry> shown(List<SearchResultEntry> found) {
        List<Place> pending = found.stream()
                .filter(Shape::isPending)
                .map(entry -> Place.of(entry.getDN()))
                .toList();
        return found.stream()
                .map(entry -> Shape.entry(entry, server))
                .filter(entry -> pending.stream().noneMatch(entry.place()::isWithin))
                .toList();
    }

    /** Those of these kinds; none given: all objects. */
    static Filter ofKinds(Collection<Kind> kinds) {
        if (kinds.isEmpty()) {
            return Filter.createPresenceFilter("objectClass");
        }
        return Filter.createORFilter(kinds.stream()
                .map(kind -> Filter.createEqualityFilter("objectClass", kind.objectClass()))
                .toList());
    }

    /** Those of whose names or address one holds the text; empty: all. */
    static List<Filter> called(String text) {
        return text.isEmpty()
                ? List.of()
                : List.of(Filter.createORFilter(
                        SOUGHT.stream().map(name -> holds(name, text)).toList()));
    }

    /** Those whose own name holds the text; empty: all. */
    static List<Filter> named(String text) {
        return text.isEmpty()
                ? List.of()
                : List.of(Filter.createORFilter(
                        NAMES.stream().map(name -> holds(name, text)).toList()));
    }

    private static Filter holds(String attribute, String text) {
        return text.isEmpty() ? Filter.createPresenceFilter(attribute) : Filter.createSubAnyFilter(attribute, text);
    }

    /** All conditions together. */
    static Filter and(Filter first, List<Filter> more) {
        return more.isEmpty()
                ? first
                : Filter.createANDFilter(
                        Stream.concat(Stream.of(first), more.stream()).toList());
    }

    /** Every place under creation or deletion, with since when. */
    List<SearchResultEntry> pending() {
        return new ArrayList<>(
                server.all(root, SearchScope.SUB, Filter.createPresenceFilter(Shape.PENDING), Shape.PENDING));
    }
}
