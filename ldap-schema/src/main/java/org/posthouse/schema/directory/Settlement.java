package org.posthouse.schema.directory;

import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModificationType;
import com.unboundid.ldap.sdk.ModifyRequest;
import com.unboundid.ldap.sdk.SearchResultEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.posthouse.schema.directory.DirectoryException.Missing;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.value.Place;

/** Settles what is to become of a directory that went back to an older state. */
final class Settlement {

    private final Server server;
    private final Saving saving;
    private final Writing writing;
    private final Place services;

    Settlement(Server server, Saving saving, Writing writing, Place services) {
        this.server = server;
        this.saving = saving;
        this.writing = writing;
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
            Long version = version();
            long next = Math.max(version == null ? 0 : version, known) + 1;
            if (isNumbered(version, next, accepting(next, known))) {
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

    private @Nullable Long version() {
        return server.entry(services, Shape.VERSION)
                .orElseThrow(() -> new Missing(services))
                .getAttributeValueAsLong(Shape.VERSION);
    }

    // Takes the old number away in the same step: false when another writer handed out a number in the meantime.
    private boolean isNumbered(@Nullable Long version, long next, List<Modification> more) {
        var changes = new ArrayList<Modification>();
        if (version != null) {
            changes.add(new Modification(ModificationType.DELETE, Shape.VERSION, Long.toString(version)));
        }
        changes.add(new Modification(ModificationType.ADD, Shape.VERSION, Long.toString(next)));
        changes.addAll(more);
        try {
            server.pool().modify(new ModifyRequest(services.toString(), changes));
            return true;
        } catch (LDAPException failure) {
            if (Counter.isTaken(failure, version)) {
                return false;
            }
            throw server.reason(failure);
        }
    }

    /** Continues the numbers of changes after this one, unless they are past it already. */
    void raise(long known) {
        Long version = version();
        while ((version == null || version < known) && !isNumbered(version, known, List.of())) {
            version = version();
        }
    }
}
