package org.posthouse.webadmin.file;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.posthouse.schema.tree.Entry;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.value.Place;

/** A tree that is written to a file: as the directory has it, or as it stood at a moment. */
public interface Source {

    /** The suffix below which everything stands. */
    Place root();

    /** The object at a place. */
    Optional<Entry> read(Place place);

    /** Every object of these kinds at a place and below it, in any order. */
    List<Entry> within(Place place, Set<Kind> kinds);

    /** Hands over the users that stand directly in a place, by name where they are few. */
    void users(Place home, Consumer<Entry> to);

    /** What is worth saying of it at the head of a file, line by line. */
    List<String> remarks();
}
