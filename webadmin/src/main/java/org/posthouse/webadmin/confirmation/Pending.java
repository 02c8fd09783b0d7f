package org.posthouse.webadmin.confirmation;

import java.time.Instant;
import java.util.List;
import org.posthouse.schema.directory.NewObject;
import org.posthouse.schema.value.Place;

/**
 * A change that was made and waits to be confirmed.
 *
 * @param id its name in addresses and on command lines
 * @param object the object that was changed
 * @param by who changed it
 * @param parts what was changed
 * @param removed the objects that were deleted, containers first; none when values were changed
 * @param begun when
 * @param until when it is taken back
 */
public record Pending(
        String id, Place object, String by, List<Part> parts, List<NewObject> removed, Instant begun, Instant until) {

    /** Takes copies of the parts and the objects. */
    public Pending {
        parts = List.copyOf(parts);
        removed = List.copyOf(removed);
    }

    /** Whether the object was deleted. */
    public boolean isDeletion() {
        return !removed.isEmpty();
    }

    /**
     * One attribute of it.
     *
     * @param option the option's name
     * @param attribute where it is kept
     * @param multiple whether it is a list
     * @param before its values before; none means the default
     * @param after its values as saved
     */
    public record Part(String option, String attribute, boolean multiple, List<String> before, List<String> after) {

        /** Takes copies of the values. */
        public Part {
            before = List.copyOf(before);
            after = List.copyOf(after);
        }
    }
}
