package org.posthouse.schema.directory;

import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SearchScope;
import java.util.Collections;
import java.util.List;
import org.posthouse.schema.directory.Directory.Page;
import org.posthouse.schema.directory.Directory.Query;
import org.posthouse.schema.directory.NameIndex.Child;
import org.posthouse.schema.tree.Entry;
import org.posthouse.schema.value.Place;

/**
 * Shows a container page by page, by {@link org.posthouse.schema.tree.NameOrder}, whatever its size and whatever the
 * server can. Pages begin after a name, so they stay right when objects come and go. Up to {@value #SMALL} children are
 * read for each page; the names of a larger container are kept in a {@link NameIndex}.
 */
final class Browser {

    static final int SMALL = 1_000;
    private static final String CHILDREN = "numSubordinates";
    private static final String AFTER_NAME = "n:";

    private final Server server;
    private final Counter counter;
    private final int small;

    Browser(Server server, Counter counter, int small) {
        this.server = server;
        this.counter = counter;
        this.small = small;
    }

    Page children(Place container, Query query) {
        Filter filter = Reader.and(Reader.ofKinds(query.kinds()), Reader.named(query.text()));
        if (isKnownLarge(container, query)) {
            return large(container, filter, query);
        }
        List<SearchResultEntry> all = server.some(container, SearchScope.ONE, filter, small + 1, Shape.PENDING);
        return all.size() > small ? large(container, filter, query) : page(sorted(all), container, query);
    }

    /** The children that a table shows. */
    Listing.Listed list(Place container, Listing wanted) {
        Filter filter = Reader.and(Reader.ofKinds(wanted.kinds()), Reader.called(wanted.text()));
        List<Child> all = server.names().of(server, container, filter, counter.last(), wanted.by());
        List<Child> ordered = wanted.descending() ? all.reversed() : all;
        int from = Math.min(wanted.from(), all.size());
        return new Listing.Listed(
                entries(ordered.subList(from, Math.min(all.size(), from + wanted.size())), container), all.size());
    }

    private List<Entry> entries(List<Child> page, Place container) {
        return page.stream()
                .flatMap(child -> server.entry(child.in(container), Shape.WANTED).stream())
                .map(found -> Shape.entry(found, server))
                .toList();
    }

    // OpenDJ and 389 Directory Server count children, which spares reading a thousand of them to learn that there are
    // more. Elsewhere the attribute is missing.
    private boolean isKnownLarge(Place container, Query query) {
        return query.text().isEmpty()
                && query.kinds().isEmpty()
                && server.entry(container, CHILDREN)
                        .filter(found -> count(found) > small)
                        .isPresent();
    }

    private static long count(SearchResultEntry found) {
        Long counted = found.getAttributeValueAsLong(CHILDREN);
        return counted == null ? 0 : counted;
    }

    private static List<Child> sorted(List<SearchResultEntry> all) {
        return all.stream()
                .filter(found -> !Shape.isPending(found))
                .map(found -> Child.of(Place.of(found.getDN())))
                .sorted(Child.ORDER)
                .toList();
    }

    private Page large(Place container, Filter filter, Query query) {
        return page(server.names().of(server, container, filter, counter.last()), container, query);
    }

    private Page page(List<Child> all, Place container, Query query) {
        int from = begin(all, query.after());
        List<Child> page = all.subList(from, Math.min(all.size(), from + query.size()));
        boolean last = from + page.size() >= all.size();
        return new Page(
                entries(page, container),
                last ? "" : AFTER_NAME + page.getLast().mark());
    }

    private static int begin(List<Child> all, String after) {
        if (!after.startsWith(AFTER_NAME)) {
            return 0;
        }
        int at = Collections.binarySearch(all, Child.ofMark(after.substring(AFTER_NAME.length())), Child.ORDER);
        return at < 0 ? -at - 1 : at + 1;
    }
}
