package org.posthouse.schema.directory;

import com.unboundid.asn1.ASN1OctetString;
import com.unboundid.ldap.sdk.DereferencePolicy;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.SearchResult;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SearchScope;
import com.unboundid.ldap.sdk.controls.SimplePagedResultsControl;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.posthouse.schema.directory.Directory.Page;
import org.posthouse.schema.directory.Directory.Query;
import org.posthouse.schema.tree.Entry;
import org.posthouse.schema.value.Place;

/**
 * Shows a container page by page.
 *
 * <p>Up to {@value #SMALL} children are sorted by name here, whatever the server can; its pages begin after a name, so
 * they stay right when objects come and go. A larger container is shown in the server's own order (OpenDJ: by name),
 * in pages of RFC 2696: sorting a large one makes OpenDJ read all of it for every page, and slapd has no order for cn.
 */
final class Browser {

    static final int SMALL = 1_000;
    private static final int STRIDE = 1_000;
    private static final String CHILDREN = "numSubordinates";
    private static final String AFTER_NAME = "n:";
    private static final String AFTER_COUNT = "p:";

    private final Server server;
    private final Place root;
    private final int small;

    Browser(Server server, int small) {
        this.server = server;
        this.small = small;
        this.root = server.address().root();
    }

    Page children(Place container, Query query) {
        Filter filter = Reader.and(Reader.ofKinds(query.kinds()), Reader.named(query.text()));
        if (query.after().startsWith(AFTER_COUNT) || isKnownLarge(container, query)) {
            return large(container, filter, query);
        }
        List<SearchResultEntry> all =
                server.some(container, SearchScope.ONE, filter, small + 1, "cn", "ou", "o", Shape.PENDING);
        return all.size() > small && server.abilities().paged() ? large(container, filter, query) : small(all, query);
    }

    // OpenDJ and 389 Directory Server count children, which spares reading a thousand of them to learn that there are
    // more. Elsewhere the attribute is missing.
    private boolean isKnownLarge(Place container, Query query) {
        return server.abilities().paged()
                && query.after().isEmpty()
                && query.text().isEmpty()
                && query.kinds().isEmpty()
                && server.entry(container, CHILDREN)
                        .filter(found -> count(found) > small)
                        .isPresent();
    }

    private static long count(SearchResultEntry found) {
        Long counted = found.getAttributeValueAsLong(CHILDREN);
        return counted == null ? 0 : counted;
    }

    private Page small(List<SearchResultEntry> all, Query query) {
        String after = query.after().isEmpty() ? "" : query.after().substring(AFTER_NAME.length());
        List<Place> rest = all.stream()
                .filter(found -> !Shape.isPending(found))
                .map(found -> Place.of(found.getDN()))
                .filter(place -> after.isEmpty() || key(place).compareToIgnoreCase(after) > 0)
                .sorted((a, b) -> key(a).compareToIgnoreCase(key(b)))
                .toList();
        List<Entry> page = rest.stream()
                .limit(query.size())
                .flatMap(place -> server.entry(place, Shape.WANTED).stream())
                .map(found -> Shape.entry(found, root))
                .toList();
        boolean last = rest.size() <= query.size();
        return new Page(page, last ? "" : AFTER_NAME + key(rest.get(query.size() - 1)));
    }

    // ou=x and cn=x may stand side by side.
    private static String key(Place place) {
        return place.leaf() + "\n" + place.leafAttribute();
    }

    private Page large(Place container, Filter filter, Query query) {
        String[] after = query.after().startsWith(AFTER_COUNT)
                ? query.after().split(":", 3)
                : new String[] {AFTER_COUNT, "0", ""};
        int shown = Integer.parseInt(after[1]);
        var mark = after[2].isEmpty()
                ? null
                : new ASN1OctetString(Base64.getUrlDecoder().decode(after[2]));
        try {
            return page(server.pool().search(request(container, filter, query.size(), mark)), shown);
        } catch (LDAPException failure) {
            if (mark == null || failure.getResultCode().equals(ResultCode.SERVER_DOWN)) {
                throw server.reason(failure);
            }
            return skipping(container, filter, query.size(), shown);
        }
    }

    // slapd takes a mark only over the connection that got it; over another one the way there is walked again.
    private Page skipping(Place container, Filter filter, int size, int shown) {
        try (LDAPConnection connection = server.listen()) {
            @Nullable ASN1OctetString mark = null;
            int skipped = 0;
            while (skipped < shown) {
                int step = Math.min(STRIDE, shown - skipped);
                SearchRequest request = request(container, filter, step, mark);
                request.setAttributes("1.1");
                mark = Server.mark(connection.search(request));
                skipped += step;
                if (mark == null) {
                    return new Page(List.of(), "");
                }
            }
            return page(connection.search(request(container, filter, size, mark)), shown);
        } catch (LDAPException failure) {
            throw server.reason(failure);
        }
    }

    private static SearchRequest request(Place container, Filter filter, int size, @Nullable ASN1OctetString mark) {
        var request = new SearchRequest(container.toString(), SearchScope.ONE, filter, Shape.WANTED);
        request.setDerefPolicy(DereferencePolicy.NEVER);
        request.setControls(new SimplePagedResultsControl(size, mark, true));
        return request;
    }

    private Page page(SearchResult step, int shownBefore) throws LDAPException {
        List<Entry> entries = Server.found(step.getSearchEntries()).stream()
                .filter(found -> !Shape.isPending(found))
                .map(found -> Shape.entry(found, root))
                .sorted(Reader.BY_NAME)
                .toList();
        ASN1OctetString mark = Server.mark(step);
        int shown = shownBefore + step.getEntryCount();
        return new Page(
                entries,
                mark == null
                        ? ""
                        : AFTER_COUNT + shown + ":"
                                + Base64.getUrlEncoder().withoutPadding().encodeToString(mark.getValue()));
    }
}
