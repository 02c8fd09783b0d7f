package org.posthouse.webadmin.file;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.value.Place;

/**
 * An object as a file describes it.
 *
 * @param line where it begins
 * @param place where it is to stand
 * @param kind what it is to be
 * @param partial whether the options that are not named stay as they are, instead of returning to their defaults
 * @param options what is wanted, by field name; empty when the file says nothing of its options, so that they stay
 * @param contains what is to stand in it; empty when the file says nothing of that
 */
record Described(
        int line,
        Place place,
        Kind kind,
        boolean partial,
        Optional<Map<String, Wanted>> options,
        Optional<List<Described>> contains) {

    /**
     * The value of a field as a file gives it.
     *
     * @param line where its name stands
     * @param texts its values, each with its line; none wants the default
     */
    record Wanted(int line, List<Node.Text> texts) {}

    /** Its name, for the reader. */
    String name() {
        return place.leaf();
    }
}
