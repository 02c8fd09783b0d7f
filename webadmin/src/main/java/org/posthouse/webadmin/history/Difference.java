package org.posthouse.webadmin.history;

import java.util.List;
import org.posthouse.schema.tree.Kind;

/**
 * What differs of one object between two moments.
 *
 * @param object its distinguished name
 * @param kind what it is
 * @param before whether it stood at the first moment
 * @param after whether it stood at the second
 * @param alterations what differs, attribute by attribute
 * @param passwords whether its password was set between
 */
public record Difference(
        String object, Kind kind, boolean before, boolean after, List<Alteration> alterations, boolean passwords) {

    /** Whether it comes out the same. */
    boolean isNothing() {
        return before == after && alterations.isEmpty() && !passwords;
    }
}
