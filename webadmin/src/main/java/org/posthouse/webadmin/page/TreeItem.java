package org.posthouse.webadmin.page;

import org.posthouse.schema.tree.Entry;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.value.Place;

/**
 * One line of the tree.
 *
 * @param place the object, or the container of which more can be shown
 * @param kind the object's kind
 * @param shown the kind whose icon it gets: Unknown when it cannot be understood
 * @param alone whether it is a standalone messaging server
 * @param name what to show
 * @param next where the container's next page begins; "" on a line for an object
 */
public record TreeItem(Place place, Kind kind, Kind shown, boolean alone, String name, String next) {

    /** The line of an object. */
    static TreeItem of(Sight sight, Entry entry) {
        return new TreeItem(
                entry.place(), entry.kind(), sight.shown(entry), Sight.standsAlone(entry), entry.name(), "");
    }

    /** A line below a container that stands for children not shown yet. */
    static TreeItem more(TreeItem container, String name, String next) {
        return new TreeItem(container.place(), container.kind(), container.kind(), false, name, next);
    }

    /** The distinguished name for links. */
    public String dn() {
        return place.toString();
    }

    /** Whether this line stands for further children not loaded yet. */
    public boolean isMore() {
        return !next.isEmpty();
    }
}
