package org.posthouse.schema.directory;

import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.SearchScope;
import java.lang.ref.SoftReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.posthouse.schema.tree.NameOrder;
import org.posthouse.schema.value.Place;

/**
 * The children of large containers by name, kept for a while.
 *
 * <p>No directory sorts as people do: OpenDJ reads the whole container for each sorted page, and slapd has no order for
 * cn. One reading fetches names alone, about a second for 100,000 of them, and serves all pages until something is
 * written or half a minute has passed. Safe for use by several threads.
 */
final class NameIndex {

    private static final Duration FRESH = Duration.ofSeconds(30);

    /** A child: its name and the attribute that names it, since ou=x and cn=x may stand side by side. */
    record Child(String name, String attribute) {

        /** The order of children. */
        static final Comparator<Child> ORDER =
                Comparator.comparing(Child::name, NameOrder.NAMES).thenComparing(Child::attribute);

        static Child of(Place place) {
            return new Child(place.leaf(), place.leafAttribute());
        }

        Place in(Place container) {
            return container.child(attribute, name);
        }

        /** As text, so that a page can begin after it. */
        String mark() {
            return name + "\n" + attribute;
        }

        static Child ofMark(String mark) {
            String[] parts = mark.split("\n", 2);
            return new Child(parts[0], parts.length < 2 ? "" : parts[1]);
        }
    }

    @SuppressWarnings("ArrayRecordComponent") // Compared by its octets alone.
    private record Keyed(byte[] key, Child child) {}

    private record Known(List<Child> children, long version, long read) {}

    private final ConcurrentHashMap<String, SoftReference<Known>> indexes = new ConcurrentHashMap<>();

    /** The children that match, by name; read anew when the tree has changed since. */
    List<Child> of(Server server, Place container, Filter filter, long version) {
        return of(server, container, filter, version, Listing.By.NAME);
    }

    /** The children that match, sorted by a value and then by name; those without the value come last. */
    List<Child> of(Server server, Place container, Filter filter, long version, Listing.By by) {
        String what = container + "\n" + filter + "\n" + by;
        SoftReference<Known> kept = indexes.get(what);
        @Nullable Known known = kept == null ? null : kept.get();
        // A few are read again each time, so that what another tool changed shows at once.
        if (known != null
                && known.children().size() > Browser.SMALL
                && known.version() == version
                && System.nanoTime() - known.read() < FRESH.toNanos()) {
            return known.children();
        }
        var fresh = new Known(sorted(server, container, filter, by), version, System.nanoTime());
        indexes.values().removeIf(each -> each.get() == null);
        indexes.put(what, new SoftReference<>(fresh));
        return fresh.children();
    }

    private static List<Child> sorted(Server server, Place container, Filter filter, Listing.By by) {
        var found = new ArrayList<Keyed>();
        String[] wanted = Stream.concat(Stream.of(Shape.PENDING), by.attributes().stream())
                .toArray(String[]::new);
        server.each(container, SearchScope.ONE, filter, wanted, entry -> {
            if (!Shape.isPending(entry)) {
                Child child = Child.of(Place.of(entry.getDN()));
                found.add(new Keyed(by == Listing.By.NAME ? NameOrder.key(child.name()) : by.key(entry), child));
            }
        });
        found.sort(Comparator.comparing(Keyed::key, Arrays::compareUnsigned).thenComparing(Keyed::child, Child.ORDER));
        return found.stream().map(Keyed::child).toList();
    }
}
