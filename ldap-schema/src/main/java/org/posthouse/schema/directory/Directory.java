package org.posthouse.schema.directory;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.posthouse.schema.tree.Entry;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.value.Place;

/**
 * The tree in the directory server: reads objects, saves them under a version check, follows changes.
 *
 * <p>Every method throws a {@link DirectoryException} when the server cannot be asked or refuses.
 */
@SuppressWarnings("DoNotCallSuggester") // signatures first; the bodies follow
public final class Directory implements AutoCloseable {

    /**
     * Which children of a container are wanted.
     *
     * @param text part of the name; empty: all
     * @param kinds of these kinds only; empty: all
     * @param size at most so many on a page
     * @param after {@link Page#next} of the page before; empty: the first page
     */
    public record Query(String text, Set<Kind> kinds, int size, String after) {

        /** The first page of all children. */
        public static Query first(int size) {
            return new Query("", Set.of(), size, "");
        }

        /** The page after one whose {@link Page#next} this is. */
        public Query next(String mark) {
            return new Query(text, kinds, size, mark);
        }
    }

    /**
     * Some children of a container.
     *
     * @param entries the children
     * @param next where the next page begins; empty: this is the last one
     */
    public record Page(List<Entry> entries, String next) {}

    private final DirectoryAddress address;

    private Directory(DirectoryAddress address) {
        this.address = address;
    }

    /** Connects and binds. Throws DirectoryDown or NotAllowed. */
    public static Directory connect(DirectoryAddress address, Clock clock) {
        return new Directory(address);
    }

    /** The suffix below which everything stands. */
    public Place root() {
        return address.root();
    }

    /** The container of the mail system's own objects. */
    public Place internetServices() {
        return root().child("o", Kind.INTERNET_SERVICES.label());
    }

    /** The object at a place; empty when there is none or it is still being created. */
    public Optional<Entry> read(Place place) {
        throw new UnsupportedOperationException();
    }

    /** One page of the objects that stand directly in a container, by name where the server can sort. */
    public Page children(Place container, Query query) {
        throw new UnsupportedOperationException();
    }

    /** Whether anything stands in a container. */
    public boolean hasChildren(Place place) {
        throw new UnsupportedOperationException();
    }

    /** Objects of the whole tree whose name or mail address holds the text; no kinds: all kinds. */
    public List<Entry> find(String text, Set<Kind> kinds, int limit) {
        throw new UnsupportedOperationException();
    }

    /** What engines need: Internet Services, messaging servers, agents, hosts and aliases. */
    public List<Entry> configuration() {
        throw new UnsupportedOperationException();
    }

    /** Creates an object. Throws NameTaken, Misplaced, Missing (its container). */
    public Entry create(NewObject object) {
        throw new UnsupportedOperationException();
    }

    /** Creates objects that all stand in the first one: all of them, or none is ever seen. Returns the first. */
    public Entry createAll(List<NewObject> objects) {
        throw new UnsupportedOperationException();
    }

    /**
     * Saves what differs between two sets of attributes, provided that the object is still at the revision seen. An
     * empty list removes an attribute. Throws Conflict.
     */
    public Entry save(Place place, Map<String, List<String>> before, Map<String, List<String>> after, long seen) {
        throw new UnsupportedOperationException();
    }

    /** Deletes an object with everything in it. Throws Conflict, StillNeeded. */
    public void delete(Place place, long seen) {
        throw new UnsupportedOperationException();
    }

    /** Sets a user's password. */
    public void setPassword(Place user, String password) {
        throw new UnsupportedOperationException();
    }

    /** The user of this name, full distinguished name or mail address, if the password is right. Throws NotAllowed when locked. */
    public Optional<Entry> signIn(String login, String password) {
        throw new UnsupportedOperationException();
    }

    /** Whether a user is a member of the administrators' group. */
    public boolean isAdministrator(Place user) {
        throw new UnsupportedOperationException();
    }

    /** Calls the listener, always on one thread, for every change from now on. */
    public Following follow(Consumer<Noticed> listener) {
        throw new UnsupportedOperationException();
    }

    /** The number of the last change of all. */
    public long configVersion() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
}
