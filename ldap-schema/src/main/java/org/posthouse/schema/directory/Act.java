package org.posthouse.schema.directory;

import java.util.List;
import java.util.Map;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.value.Place;

/** What is done to one object, as a {@link Scribe} is told. Passwords are never in it. */
public sealed interface Act {

    /** The object it is done to. */
    Place place();

    /** What the object is. */
    Kind kind();

    /**
     * An object is made.
     *
     * @param place where
     * @param kind what it is
     * @param attributes what it has beside its classes and its naming attribute
     */
    record Made(Place place, Kind kind, Map<String, List<String>> attributes) implements Act {}

    /**
     * An object gets other values.
     *
     * @param place which
     * @param kind what it is
     * @param before all values of the attributes that change, as they stood
     * @param after all values of the same attributes, as they will stand
     */
    record Changed(Place place, Kind kind, Map<String, List<String>> before, Map<String, List<String>> after)
            implements Act {}

    /**
     * An object goes.
     *
     * @param place which
     * @param kind what it was
     * @param attributes everything readable that it had
     */
    record Removed(Place place, Kind kind, Map<String, List<String>> attributes) implements Act {}

    /**
     * An account gets another password.
     *
     * @param place whose
     * @param kind what it is
     */
    record Password(Place place, Kind kind) implements Act {}
}
