package org.posthouse.webadmin.plan;

import java.util.List;
import java.util.Map;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.value.Place;

/**
 * One thing that is wanted of the tree. A page, the API, a file that is applied and an undo all end as a list of steps,
 * so that all of them are planned, checked, carried out and recorded alike.
 *
 * <p>Attributes are those of the directory, values their texts as stored; a default is said by its attribute's absence.
 */
public sealed interface Step {

    /** The object it is about. */
    Place place();

    /**
     * An object is to be there.
     *
     * @param place where; its container is there already or made by an earlier step
     * @param kind what it is
     * @param attributes what it has beside its name and classes
     */
    record Make(Place place, Kind kind, Map<String, List<String>> attributes) implements Step {
        /** Takes a copy of the attributes. */
        public Make {
            attributes = Map.copyOf(attributes);
        }
    }

    /**
     * An object is to have other values.
     *
     * @param place which object
     * @param wanted the values of each attribute named; none removes it; attributes not named stay
     */
    record Alter(Place place, Map<String, List<String>> wanted) implements Step {
        /** Takes a copy of the values. */
        public Alter {
            wanted = Map.copyOf(wanted);
        }
    }

    /**
     * An object is to go, with everything in it.
     *
     * @param place which object
     */
    record Remove(Place place) implements Step {}
}
