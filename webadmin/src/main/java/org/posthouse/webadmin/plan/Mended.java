package org.posthouse.webadmin.plan;

import java.time.Instant;
import java.util.List;
import org.posthouse.schema.value.Place;

/**
 * What was done about a change that had been left half-done.
 *
 * @param who who had begun it
 * @param began when
 * @param completed whether it was completed; otherwise it was undone
 * @param objects the objects written to that end
 * @param left objects that somebody else changed meanwhile and that were left as they are
 */
public record Mended(String who, Instant began, boolean completed, List<Place> objects, List<Place> left) {

    /** Takes copies. */
    public Mended {
        objects = List.copyOf(objects);
        left = List.copyOf(left);
    }

    @Override
    public String toString() {
        return "The change that " + who + " began at " + began + " was interrupted and is "
                + (completed ? "completed" : "undone") + "; written: " + objects
                + (left.isEmpty() ? "" : "; changed by others in the meantime and left unchanged: " + left);
    }
}
