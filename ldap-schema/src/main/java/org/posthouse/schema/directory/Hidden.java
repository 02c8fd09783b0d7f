package org.posthouse.schema.directory;

import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SearchScope;
import java.util.HashSet;
import java.util.Set;
import org.posthouse.schema.directory.Noticed.Changed;
import org.posthouse.schema.directory.Noticed.Everything;
import org.posthouse.schema.value.Place;

/**
 * What a watch saw hidden. When an object under creation is shown, all that stands in it appears with it, and its parts
 * were reported while nobody could read them: then everything has to be read again.
 */
final class Hidden {

    private final Set<Place> places = new HashSet<>();

    /** What to tell of an entry that a server reported, with the mark of creation asked for. */
    synchronized Noticed noticed(SearchResultEntry found) {
        var place = Place.of(found.getDN());
        if (Shape.isPending(found)) {
            places.add(place);
            return new Changed(place);
        }
        return places.remove(place) ? new Everything() : new Changed(place);
    }

    /** Begins with what is hidden now. */
    synchronized void begin(Server server) {
        places.clear();
        server.all(server.address().root(), SearchScope.SUB, Filter.createPresenceFilter(Shape.PENDING), Shape.PENDING)
                .forEach(this::noticed);
    }
}
