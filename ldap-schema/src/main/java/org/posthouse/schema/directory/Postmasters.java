package org.posthouse.schema.directory;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.posthouse.schema.option.Problem;
import org.posthouse.schema.tree.Entry;
import org.posthouse.schema.value.Place;

/**
 * Finds the orphans among many messaging servers, which mostly share one postmaster: each is looked up once. To be used
 * for one answer and thrown away, because it does not hear of changes.
 */
public final class Postmasters {

    private final Directory directory;
    private final Map<Place, Optional<Problem>> known = new HashMap<>();

    /** Asks this directory. */
    public Postmasters(Directory directory) {
        this.directory = directory;
    }

    /** As {@link Orphan#problem(Directory, Entry)}. Throws DirectoryException when the directory cannot be asked. */
    public Optional<Problem> problem(Entry object) {
        return Orphan.postmaster(object)
                .flatMap(user -> known.computeIfAbsent(user, place -> Orphan.problem(directory, place)));
    }
}
