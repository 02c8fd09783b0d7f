package org.posthouse.schema.directory;

import org.posthouse.schema.tree.Entry;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.value.Place;

/** Why the directory did not do what was asked, in words fit for an administrator. */
public abstract sealed class DirectoryException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private DirectoryException(String message) {
        super(message);
    }

    private DirectoryException(String message, Throwable cause) {
        super(message, cause);
    }

    /** The server does not answer, or answers that it cannot now; asking again later may help. */
    public static final class DirectoryDown extends DirectoryException {
        private static final long serialVersionUID = 1L;

        /** Says which server and why. */
        public DirectoryDown(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** The credentials are wrong, the account is locked, or the rights do not suffice. */
    public static final class NotAllowed extends DirectoryException {
        private static final long serialVersionUID = 1L;

        /** Says what is not allowed. */
        public NotAllowed(String message) {
            super(message);
        }
    }

    /** Somebody else changed the object since it was read. */
    public static final class Conflict extends DirectoryException {
        private static final long serialVersionUID = 1L;

        private final transient Entry current;

        /** Takes the object as it stands now. */
        public Conflict(Entry current) {
            super(current.name() + " was changed by someone else in the meantime");
            this.current = current;
        }

        /** The object as it stands now. */
        public Entry current() {
            return current;
        }
    }

    /** Another object stands at this place already. */
    public static final class NameTaken extends DirectoryException {
        private static final long serialVersionUID = 1L;

        /** Names the place. */
        public NameTaken(Place place, String more) {
            super(place.leaf() + " already exists" + more);
        }
    }

    /** No object stands there. */
    public static final class Missing extends DirectoryException {
        private static final long serialVersionUID = 1L;

        /** Names the place. */
        public Missing(Place place) {
            super(place + " does not exist");
        }
    }

    /** An object of this kind may not stand there. */
    public static final class Misplaced extends DirectoryException {
        private static final long serialVersionUID = 1L;

        /** Names both kinds. */
        public Misplaced(Kind kind, Kind parent) {
            super(kind.label() + " objects cannot be created in " + parent.label() + " objects");
        }
    }

    /** The object cannot go because another one names it. */
    public static final class StillNeeded extends DirectoryException {
        private static final long serialVersionUID = 1L;

        /** Says who needs it and as what. */
        public StillNeeded(Place place, String role, Place by) {
            this(place.leaf() + " " + reason(role, by));
        }

        /** Says the same in a sentence that is made already. */
        public StillNeeded(String sentence) {
            super(sentence);
        }

        /** The same as a phrase after the name of what is needed. */
        public static String reason(String role, Place by) {
            String first =
                    role.equals("Host Server") ? "assign another Host Server to it first" : "select a successor first";
            return "is the " + role + " of " + by.leaf() + "; " + first;
        }
    }

    /** The server refused the operation for a reason of its own. */
    public static final class Unwilling extends DirectoryException {
        private static final long serialVersionUID = 1L;

        /** Repeats the server's reason. */
        public Unwilling(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
