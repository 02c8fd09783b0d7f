package org.posthouse.schema.directory;

import java.util.Optional;
import org.posthouse.schema.option.Problem;
import org.posthouse.schema.tree.Entry;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.value.Place;

/**
 * A messaging server whose postmaster is gone: NetMail shows it as type Unknown, lets nobody edit it and launches none of
 * its agents, until IMSPMFIX gives it another postmaster.
 */
public final class Orphan {

    /** The attribute that names the postmaster. */
    public static final String POSTMASTER = "posthousePostmaster";

    /** The option that it is. */
    public static final String OPTION = "postmaster";

    private Orphan() {}

    /**
     * What makes an object an orphan: a postmaster that is not in the directory any more, or is no user. Empty for every
     * other object, and where the postmaster is missing or malformed, which the object's own page says. Throws
     * DirectoryException when the directory cannot be asked.
     */
    public static Optional<Problem> problem(Directory directory, Entry object) {
        return postmaster(object).flatMap(user -> problem(directory, user));
    }

    /** Who a messaging server's postmaster is; empty for other objects and where it is missing or malformed. */
    static Optional<Place> postmaster(Entry object) {
        return object.kind() == Kind.MESSAGING_SERVER
                ? object.value(POSTMASTER).flatMap(Orphan::place)
                : Optional.empty();
    }

    /** What is wrong with a postmaster; empty when it is a user of the directory. */
    public static Optional<Problem> problem(Directory directory, Place postmaster) {
        Optional<Entry> found = directory.read(postmaster);
        if (found.isPresent() && found.get().kind() == Kind.USER) {
            return Optional.empty();
        }
        String why = found.isEmpty()
                ? "no longer exists"
                : "is not a user, but of type " + found.get().kind().label();
        return Optional.of(new Problem(OPTION, postmaster.toString(), why + "; choose another postmaster"));
    }

    private static Optional<Place> place(String text) {
        try {
            return Optional.of(Place.of(text));
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }
}
