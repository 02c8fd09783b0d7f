package org.posthouse.schema.directory;

import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModificationType;
import com.unboundid.ldap.sdk.ModifyRequest;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchResultEntry;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.posthouse.schema.directory.DirectoryException.Conflict;
import org.posthouse.schema.directory.DirectoryException.Missing;
import org.posthouse.schema.option.OptionFacts;
import org.posthouse.schema.tree.Entry;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.value.Place;

/**
 * Changes an object in one modify that fails as a whole when somebody else was faster.
 *
 * <p>The check is portable: the same modify takes the revision seen away and puts the new one in its place, so it finds
 * nothing to take away when another change came between. No control is needed for it.
 */
final class Saving {

    // Of these options there is one value; anything else that stands there goes.
    private static final Set<String> SINGLE = Kind.catalogue()
            .options()
            .filter(option -> !option.multiple())
            .map(OptionFacts::attribute)
            .collect(Collectors.toCollection(() -> new TreeSet<>(String.CASE_INSENSITIVE_ORDER)));

    private final Server server;
    private final Counter counter;
    private final Writing writing;
    private final Scribe scribe;

    Saving(Server server, Counter counter, Writing writing, Scribe scribe) {
        this.server = server;
        this.counter = counter;
        this.writing = writing;
        this.scribe = scribe;
    }

    /** What names the author on an object that gets a revision; nothing where nobody is named or the server cannot. */
    List<Modification> signature(long revision) {
        return scribe.signature().filter(any -> server.isSigned()).stream()
                .map(signed -> new Modification(
                        ModificationType.REPLACE,
                        Shape.CHANGED_BY,
                        signed.at(revision).text()))
                .toList();
    }

    /**
     * Saves; the object as it stands then, worked out from what was read before the write. Whoever takes their own rights
     * away with it could not read it anymore.
     */
    Entry save(Place place, Map<String, List<String>> before, Map<String, List<String>> after, long seen) {
        SearchResultEntry current = current(place, seen);
        var changes = new ArrayList<Modification>();
        var old = new TreeMap<String, List<String>>(String.CASE_INSENSITIVE_ORDER);
        var fresh = new TreeMap<String, List<String>>(String.CASE_INSENSITIVE_ORDER);
        after.forEach((attribute, wanted) -> {
            List<String> kept = values(current, attribute);
            List<String> stands = server.secrets().opened(attribute, kept);
            List<String> target = SINGLE.contains(attribute)
                    ? wanted
                    : merged(stands, before.getOrDefault(attribute, List.of()), wanted);
            List<Modification> deltas = SecretValues.isSecret(attribute)
                    ? replacing(attribute, kept, stands.equals(target) ? kept : closed(attribute, target))
                    : deltas(attribute, stands, target);
            if (!deltas.isEmpty()) {
                old.put(attribute, stands);
                fresh.put(attribute, target);
                changes.addAll(deltas);
            }
        });
        if (changes.isEmpty()) {
            return entry(current);
        }
        var act = new Act.Changed(place, entry(current).kind(), old, fresh);
        long revision = writing.of(acts -> acts.accept(act), () -> modify(place, current, seen, changes));
        return saved(entry(current), revision, fresh);
    }

    private static Entry saved(Entry before, long revision, Map<String, List<String>> fresh) {
        var attributes = new TreeMap<String, List<String>>(String.CASE_INSENSITIVE_ORDER);
        attributes.putAll(before.attributes());
        attributes.putAll(fresh);
        attributes.values().removeIf(List::isEmpty);
        attributes.put(Shape.REVISION, List.of(Long.toString(revision)));
        return new Entry(before.place(), before.kind(), revision, attributes);
    }

    /** The entry as it stands. Throws Missing, or Conflict when it is not at the revision seen. */
    SearchResultEntry current(Place place, long seen) {
        SearchResultEntry current = server.entry(place, Shape.WANTED)
                .filter(found -> !Shape.isPending(found))
                .orElseThrow(() -> new Missing(place));
        if (Shape.revision(current) != seen) {
            throw conflict(current);
        }
        return current;
    }

    private Conflict conflict(SearchResultEntry current) {
        return new Conflict(Shape.entry(current, server));
    }

    /** Makes the changes under a new revision, provided the entry is still at the one seen. Throws Conflict. */
    long modify(Place place, SearchResultEntry current, long seen, List<Modification> changes) {
        long revision = counter.next();
        var all = new ArrayList<Modification>(missingClass(current));
        if (seen > 0) {
            all.add(new Modification(ModificationType.DELETE, Shape.REVISION, Long.toString(seen)));
        }
        all.add(new Modification(ModificationType.ADD, Shape.REVISION, Long.toString(revision)));
        all.addAll(signature(revision));
        all.addAll(changes);
        try {
            server.pool().modify(new ModifyRequest(place.toString(), all));
        } catch (LDAPException failure) {
            explain(place, revision, seen, failure);
        }
        return revision;
    }

    private void explain(Place place, long revision, long seen, LDAPException failure) {
        if (failure.getResultCode().equals(ResultCode.NO_SUCH_OBJECT)) {
            throw new Missing(place);
        }
        if (!failure.getResultCode().isConnectionUsable()) {
            throw server.reason(failure);
        }
        SearchResultEntry now = server.entry(place, Shape.WANTED).orElseThrow(() -> new Missing(place));
        // A lost connection makes the pool ask twice; the second time finds the work of the first.
        if (Shape.revision(now) == revision) {
            return;
        }
        if (Shape.revision(now) != seen || failure.getResultCode().equals(ResultCode.NO_SUCH_ATTRIBUTE)) {
            throw conflict(now);
        }
        throw server.reason(failure);
    }

    // Objects made by other programs lack the class that carries our attributes.
    private List<Modification> missingClass(SearchResultEntry current) {
        Kind kind = Shape.entry(current, server).kind();
        return kind
                .auxiliaryClass()
                .filter(own -> !current.hasObjectClass(own))
                .map(own -> new Modification(ModificationType.ADD, "objectClass", own))
                .stream()
                .toList();
    }

    private static List<String> values(SearchResultEntry current, String attribute) {
        String[] values = current.getAttributeValues(attribute);
        return values == null ? List.of() : List.of(values);
    }

    // What the user took away goes, what the user added comes; values put there by others meanwhile stay.
    private static List<String> merged(List<String> stands, List<String> before, List<String> wanted) {
        Set<String> seen = folded(before);
        Set<String> staying = folded(wanted);
        var kept = stands.stream()
                .filter(value -> !seen.contains(value) || staying.contains(value))
                .toList();
        if (staying.containsAll(kept)) {
            return wanted;
        }
        Set<String> there = folded(kept);
        return Stream.concat(kept.stream(), wanted.stream().filter(value -> !there.contains(value)))
                .toList();
    }

    // Lists may hold ten thousand values: none is compared with every other.
    private static Set<String> folded(Collection<String> values) {
        var folded = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        folded.addAll(values);
        return folded;
    }

    private List<String> closed(String attribute, List<String> target) {
        return server.secrets().closed(attribute, target);
    }

    // What is sealed never has the same text twice.
    private static List<Modification> replacing(String attribute, List<String> kept, List<String> sealed) {
        if (kept.equals(sealed)) {
            return List.of();
        }
        var changes = new ArrayList<Modification>();
        if (!kept.isEmpty()) {
            changes.add(new Modification(ModificationType.DELETE, attribute, kept.toArray(String[]::new)));
        }
        if (!sealed.isEmpty()) {
            changes.add(new Modification(ModificationType.ADD, attribute, sealed.toArray(String[]::new)));
        }
        return changes;
    }

    private static List<Modification> deltas(String attribute, List<String> stands, List<String> target) {
        var old = new HashSet<>(stands);
        var wanted = new HashSet<>(target);
        List<String> gone =
                stands.stream().filter(value -> !wanted.contains(value)).toList();
        List<String> come =
                target.stream().filter(value -> !old.contains(value)).toList();
        var reached = Stream.concat(stands.stream().filter(wanted::contains), come.stream())
                .toList();
        if (!reached.equals(target)) {
            // Another order cannot be said in deltas: all go and come back, each named, so nothing is overwritten.
            gone = stands;
            come = target;
        }
        var changes = new ArrayList<Modification>();
        if (!gone.isEmpty()) {
            changes.add(new Modification(ModificationType.DELETE, attribute, gone.toArray(String[]::new)));
        }
        if (!come.isEmpty()) {
            changes.add(new Modification(ModificationType.ADD, attribute, come.toArray(String[]::new)));
        }
        return changes;
    }

    /** Raises the revision of an object whose parts changed, whatever it is at. */
    long touch(Place place, SearchResultEntry current) {
        var changes = new ArrayList<Modification>(missingClass(current));
        long revision = counter.next();
        changes.add(new Modification(ModificationType.REPLACE, Shape.REVISION, Long.toString(revision)));
        changes.addAll(signature(revision));
        try {
            server.pool().modify(new ModifyRequest(place.toString(), changes));
            return revision;
        } catch (LDAPException failure) {
            throw server.reason(failure);
        }
    }

    /** Replaces attributes, whatever the revision, which stays as it is. */
    void mark(Place place, Map<String, List<String>> after) {
        var changes = new ArrayList<Modification>();
        after.forEach((attribute, values) ->
                changes.add(new Modification(ModificationType.REPLACE, attribute, values.toArray(String[]::new))));
        try {
            server.pool().modify(new ModifyRequest(place.toString(), changes));
        } catch (LDAPException failure) {
            throw failure.getResultCode().equals(ResultCode.NO_SUCH_OBJECT)
                    ? new Missing(place)
                    : server.reason(failure);
        }
    }

    /** Puts a value in the place of another one, provided that one stands there. Returns whether it did. */
    boolean exchange(Place place, String attribute, Optional<String> expected, Optional<String> wanted) {
        var changes = new ArrayList<Modification>();
        expected.ifPresent(old -> changes.add(new Modification(ModificationType.DELETE, attribute, old)));
        wanted.ifPresent(fresh -> changes.add(new Modification(ModificationType.ADD, attribute, fresh)));
        try {
            server.pool().modify(new ModifyRequest(place.toString(), changes));
            return true;
        } catch (LDAPException failure) {
            if (failure.getResultCode().equals(ResultCode.NO_SUCH_OBJECT)) {
                throw new Missing(place);
            }
            if (!failure.getResultCode().isConnectionUsable()) {
                throw server.reason(failure);
            }
            return exchanged(place, attribute, expected, wanted, failure);
        }
    }

    // A lost connection makes the pool ask twice; the second time finds the work of the first.
    private boolean exchanged(
            Place place, String attribute, Optional<String> expected, Optional<String> wanted, LDAPException failure) {
        SearchResultEntry now = server.entry(place, Shape.WANTED).orElseThrow(() -> new Missing(place));
        Optional<String> stands = values(now, attribute).stream().findFirst();
        if (stands.equals(wanted)) {
            return true;
        }
        if (stands.equals(expected)) {
            throw server.reason(failure);
        }
        return false;
    }

    // Adds a class that is there already: who may gets told so, who may not is told that first.
    boolean mayChange(Place place) {
        Optional<SearchResultEntry> found = server.entry(place, "objectClass");
        if (found.isEmpty()) {
            // 389 Directory Server shows nothing to accounts to which nobody gave a right.
            return false;
        }
        String there = values(found.get(), "objectClass").stream().findFirst().orElse("top");
        try {
            server.pool()
                    .modify(new ModifyRequest(
                            place.toString(), new Modification(ModificationType.ADD, "objectClass", there)));
            return true;
        } catch (LDAPException failure) {
            if (failure.getResultCode().equals(ResultCode.INSUFFICIENT_ACCESS_RIGHTS)) {
                return false;
            }
            if (failure.getResultCode().equals(ResultCode.ATTRIBUTE_OR_VALUE_EXISTS)) {
                return true;
            }
            throw server.reason(failure);
        }
    }

    Entry entry(SearchResultEntry found) {
        return Shape.entry(found, server);
    }
}
