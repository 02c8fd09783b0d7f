package org.posthouse.webadmin.history;

import java.util.List;
import org.posthouse.schema.tree.Kind;

/**
 * What was done to one object.
 *
 * @param number the number of its line
 * @param what what was done
 * @param object its distinguished name
 * @param kind what it is or was
 * @param alterations what became of its attributes; of a new object all before are empty, of a removed one all after
 */
public record Deed(long number, What what, String object, Kind kind, List<Alteration> alterations) {

    /** What can be done to an object. */
    public enum What {
        MADE,
        CHANGED,
        REMOVED,
        PASSWORD
    }
}
