package org.posthouse.webadmin.history;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * Which changes are wanted; what is empty does not matter.
 *
 * @param object the distinguished name of an object
 * @param below whether those below it are meant as well
 * @param who part of the name of the author
 * @param attributes one of these attributes, in lower case
 * @param what what was done
 * @param by the way it came
 * @param from not before
 * @param to before
 * @param text anywhere in the change: names, values, authors
 */
public record Filter(
        String object,
        boolean below,
        String who,
        Set<String> attributes,
        Optional<Deed.What> what,
        Optional<Author.By> by,
        Optional<Instant> from,
        Optional<Instant> to,
        String text) {

    /** Every change. */
    public static final Filter ALL = new Filter(
            "", true, "", Set.of(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), "");

    /** Every change of an object and of those below it. */
    public static Filter of(String object) {
        return new Filter(
                object, true, "", Set.of(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), "");
    }
}
