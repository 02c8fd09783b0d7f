package org.posthouse.webadmin.advice;

import java.util.List;
import java.util.Optional;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.value.Place;

/**
 * One sensible step.
 *
 * @param what which one; its words stand in the bundles under "advice."
 * @param values what the words name, in their order
 * @param subject the object it is about; empty for the whole system
 * @param kind the kind of object that is to be created; empty when none is
 * @param panel the page of the subject that helps; "" for its first one
 * @param optional whether an administrator may put it away
 * @param state what it follows from: it comes back when this changes
 */
public record Advice(
        What what,
        List<Object> values,
        Optional<Place> subject,
        Optional<Kind> kind,
        String panel,
        boolean optional,
        String state) {

    /** All steps there are, the most urgent first. */
    public enum What {
        SERVER,
        AGENT,
        CERTIFICATE,
        TLS,
        DISABLED,
        POSTMASTER,
        MX_NONE,
        MX_ELSEWHERE,
        HTTPS,
        LOOPBACK,
        OFFSET
    }

    /** What tells it from every other step, and from the same one in another state. */
    public String key() {
        return what + " " + subject.map(Place::toString).orElse("") + " "
                + kind.map(Kind::name).orElse("") + " " + state;
    }
}
