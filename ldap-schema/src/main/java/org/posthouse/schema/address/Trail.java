package org.posthouse.schema.address;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.posthouse.schema.option.Refused;
import org.posthouse.schema.panel.AliasTarget;
import org.posthouse.schema.tree.Entry;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.value.Place;

/**
 * Where an object leads: to itself, or, when it is an alias (RFC 4512 2.6), to what it points at in the end.
 *
 * @param end what it leads to; empty when it leads nowhere
 * @param astray why it leads nowhere, as a phrase after the alias's name; empty otherwise
 */
record Trail(Optional<Entry> end, String astray) {

    /** Follows an object; {@code served} tells the containers whose users the server knows. */
    static Trail from(Entry start, Function<Place, Optional<Entry>> read, Predicate<Place> served) {
        Set<Place> passed = new HashSet<>();
        Entry at = start;
        while (at.kind() == Kind.ALIAS) {
            if (!passed.add(at.place())) {
                return nowhere("leads back to itself");
            }
            Optional<Place> target = target(at);
            if (target.isEmpty() || target.get().parent().filter(served).isEmpty()) {
                return nowhere("points outside the containers served here");
            }
            Optional<Entry> next = read.apply(target.get());
            if (next.isEmpty()) {
                return nowhere("points to an object that does not exist");
            }
            at = next.get();
        }
        return new Trail(Optional.of(at), "");
    }

    private static Trail nowhere(String why) {
        return new Trail(Optional.empty(), why);
    }

    private static Optional<Place> target(Entry alias) {
        try {
            return Optional.of(Kind.catalogue()
                    .panel(AliasTarget.class)
                    .decode(alias.attributes())
                    .target());
        } catch (Refused malformed) {
            return Optional.empty();
        }
    }
}
