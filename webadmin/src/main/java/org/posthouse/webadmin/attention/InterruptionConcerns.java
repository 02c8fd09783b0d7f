package org.posthouse.webadmin.attention;

import java.util.List;
import java.util.stream.Collectors;
import org.posthouse.schema.value.Place;
import org.posthouse.webadmin.plan.Mended;

/** A change that a crash interrupted, and what became of it. */
final class InterruptionConcerns {

    private InterruptionConcerns() {}

    static Concern of(Mended mended) {
        String left = mended.left().stream().map(Place::leaf).collect(Collectors.joining(", "));
        String key = !left.isEmpty()
                ? "interruptedLeft"
                : mended.completed() ? "interruptedFinished" : "interruptedRolledBack";
        return Concern.on(
                left.isEmpty() ? Severity.LAGGING : Severity.REJECTED,
                key,
                List.of(
                        name(mended.who()),
                        mended.began(),
                        (long) mended.objects().size(),
                        left),
                "history");
    }

    private static String name(String who) {
        try {
            return Place.of(who).leaf();
        } catch (IllegalArgumentException plain) {
            return who;
        }
    }
}
