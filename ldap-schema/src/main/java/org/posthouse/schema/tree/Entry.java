package org.posthouse.schema.tree;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.posthouse.schema.value.Place;

/**
 * One object as it stands in the directory.
 *
 * @param place where it stands
 * @param kind what it is
 * @param revision the number of the last change; 0 when never changed by us
 * @param attributes text values by attribute name, any case
 */
public record Entry(Place place, Kind kind, long revision, Map<String, List<String>> attributes) {

    /** Takes a copy of the attributes. */
    public Entry {
        var copy = new TreeMap<String, List<String>>(String.CASE_INSENSITIVE_ORDER);
        attributes.forEach((name, values) -> copy.put(name, List.copyOf(values)));
        attributes = Collections.unmodifiableMap(copy);
    }

    /** The name of the object itself. */
    public String name() {
        return place.leaf();
    }

    /** The values of an attribute; empty when it is absent. */
    public List<String> values(String attribute) {
        return attributes.getOrDefault(attribute, List.of());
    }

    /** The first value of an attribute. */
    public Optional<String> value(String attribute) {
        return values(attribute).stream().findFirst();
    }
}
