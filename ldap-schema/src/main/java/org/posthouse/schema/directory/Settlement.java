package org.posthouse.schema.directory;

import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModificationType;
import com.unboundid.ldap.sdk.SearchResultEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.posthouse.schema.directory.DirectoryException.Missing;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.value.Place;

/** Settles what is to become of a directory that went back to an older state. */
final class Settlement {

    private final Server server;
    private final Saving saving;
    private final Writing writing;
    private final Counter counter;
    private final Place services;

    Settlement(Server server, Saving saving, Writing writing, Counter counter, Place services) {
        this.server = server;
        this.saving = saving;
        this.writing = writing;
        this.counter = counter;
        this.services = services;
    }

    /**
     * Writes that changes up to a revision need no longer be waited for, and continues the numbers after it. Returns the
     * number of this change. Throws Missing where there is no Internet Services object.
     */
    long accept(long known) {
        SearchResultEntry now = server.entry(services, Shape.WANTED).orElseThrow(() -> new Missing(services));
        String before = now.getAttributeValue(Shape.ACCEPTED);
        var act = new Act.Changed(
                services,
                Kind.INTERNET_SERVICES,
                Map.of(Shape.ACCEPTED, before == null ? List.of() : List.of(before)),
                Map.of(Shape.ACCEPTED, List.of(Long.toString(known))));
        return writing.of(acts -> acts.accept(act), () -> write(known));
    }

    private long write(long known) {
        while (true) {
            long last = counter.current();
            long next = Math.max(last, known) + 1;
            if (isWritten(last, next, accepting(next, known))) {
                return next;
            }
        }
    }

    private List<Modification> accepting(long next, long known) {
        var changes = new ArrayList<Modification>();
        changes.add(new Modification(ModificationType.REPLACE, Shape.ACCEPTED, Long.toString(known)));
        changes.add(new Modification(ModificationType.REPLACE, Shape.REVISION, Long.toString(next)));
        changes.addAll(saving.signature(next));
        return changes;
    }

    private boolean isWritten(long last, long next, List<Modification> more) {
        try {
            return counter.exchange(last, next, more);
        } catch (LDAPException failure) {
            throw server.reason(failure);
        }
    }

    /** Continues the numbers of changes after this one, unless they are past it already. */
    void raise(long known) {
        long last = counter.current();
        while (last < known && !isWritten(last, known, List.of())) {
            last = counter.current();
        }
    }
}
