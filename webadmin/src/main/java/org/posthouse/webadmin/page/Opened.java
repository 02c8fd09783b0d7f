package org.posthouse.webadmin.page;

import jakarta.enterprise.context.SessionScoped;
import java.io.Serializable;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.posthouse.schema.value.Place;

/**
 * Which containers the visitor has open in the tree, so that they stay open from page to page, and the tree as it was
 * seen last, for the time that the directory is unavailable.
 */
@SessionScoped
public class Opened implements Serializable {

    private static final long serialVersionUID = 1L;
    private static final int MOST = 40;

    private final transient Set<Place> places = new LinkedHashSet<>();

    private transient List<TreeNode> lastSeen = List.of();
    private transient Instant seenAt = Instant.EPOCH;

    /** Takes the tree as it was read just now. */
    synchronized void saw(List<TreeNode> roots, Instant at) {
        lastSeen = roots;
        seenAt = at;
    }

    /** Whether this is the tree seen last, and not one that is equal to it. */
    @SuppressWarnings("ReferenceEquality") // A tree that was read again replaces it.
    synchronized boolean isLastSeen(List<TreeNode> roots) {
        return lastSeen == roots;
    }

    synchronized List<TreeNode> lastSeen() {
        return lastSeen;
    }

    synchronized Instant seenAt() {
        return seenAt;
    }

    synchronized boolean holds(Place place) {
        return places.contains(place);
    }

    synchronized void open(Place place) {
        places.remove(place);
        places.add(place);
        if (places.size() > MOST) {
            places.remove(places.iterator().next());
        }
    }

    synchronized void close(Place place) {
        places.removeIf(open -> open.isWithin(place));
    }
}
