package org.posthouse.schema.directory;

import com.unboundid.ldap.sdk.DeleteRequest;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModificationType;
import com.unboundid.ldap.sdk.ModifyRequest;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SearchScope;
import com.unboundid.ldap.sdk.controls.SubtreeDeleteRequestControl;
import com.unboundid.util.StaticUtils;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.posthouse.schema.directory.DirectoryException.Misplaced;
import org.posthouse.schema.directory.DirectoryException.StillNeeded;
import org.posthouse.schema.tree.Entry;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.value.Place;

/**
 * Deletes an object with everything in it: hides it in one step, under the check of its revision, then takes it apart.
 *
 * <p>So nobody ever sees half of it, and what a crash leaves behind is swept.
 */
final class Deletion {

    // Whoever deletes one of these makes the messaging server an object of type Unknown (NetMail "Messaging Server").
    private static final Map<String, String> NEEDED =
            Map.of("posthousePostmaster", "Postmaster", "posthouseHost", "Host Server");

    private final Server server;
    private final Reader reader;
    private final Saving saving;
    private final Writing writing;
    private final Deletions deletions;
    private final Clock clock;

    Deletion(Server server, Reader reader, Saving saving, Writing writing, Deletions deletions, Clock clock) {
        this.server = server;
        this.reader = reader;
        this.saving = saving;
        this.writing = writing;
        this.deletions = deletions;
        this.clock = clock;
    }

    /** Several at once: all are hidden before the first is taken apart, and shown again when one cannot be. */
    void deleteAll(Map<Place, Long> seen) {
        // Whoever was overtaken is told before anything is written down.
        seen.forEach(saving::current);
        writing.of(acts -> seen.keySet().forEach(place -> tell(place, acts)), () -> deleteTogether(seen));
    }

    private long deleteTogether(Map<Place, Long> seen) {
        deletions.sign(List.copyOf(seen.keySet()));
        var hidden = new ArrayList<Place>();
        var last = new AtomicLong();
        try {
            seen.forEach((place, revision) -> {
                SearchResultEntry current = saving.current(place, revision);
                guard(place);
                guardAdministrators(place);
                if (saving.entry(current).kind() != Kind.UNKNOWN) {
                    last.set(saving.modify(place, current, revision, List.of(hidden())));
                }
                hidden.add(place);
            });
        } catch (DirectoryException refused) {
            hidden.forEach(this::show);
            throw refused;
        }
        // From here on nobody sees them any more; what a crash leaves of them is swept.
        hidden.forEach(place -> {
            Optional<SearchResultEntry> holder = holder(place);
            sweep(place);
            holder.ifPresent(above -> last.set(saving.touch(place.parent().orElseThrow(), above)));
        });
        return last.get();
    }

    private Modification hidden() {
        return new Modification(
                ModificationType.ADD, Shape.PENDING, StaticUtils.encodeGeneralizedTime(Date.from(clock.instant())));
    }

    void delete(Place place, long seen) {
        SearchResultEntry current = saving.current(place, seen);
        Kind kind = saving.entry(current).kind();
        if (kind == Kind.ROOT) {
            throw new Misplaced(kind, kind);
        }
        guard(place);
        guardAdministrators(place);
        writing.of(acts -> tell(place, acts), () -> delete(place, current, kind, seen));
    }

    private void tell(Place place, Consumer<Act> acts) {
        server.each(place, SearchScope.SUB, Filter.createPresenceFilter("objectClass"), Shape.WANTED, found -> {
            Entry each = saving.entry(found);
            acts.accept(new Act.Removed(each.place(), each.kind(), each.attributes()));
        });
    }

    private long delete(Place place, SearchResultEntry current, Kind kind, long seen) {
        // Before the object disappears from sight, since whoever misses it asks at once.
        deletions.sign(List.of(place));
        Optional<SearchResultEntry> holder = holder(place);
        long revision = 0;
        if (kind != Kind.UNKNOWN && kind != Kind.INTERNET_SERVICES) {
            revision = saving.modify(place, current, seen, List.of(hidden()));
        }
        try {
            sweep(place);
        } catch (DirectoryException failure) {
            show(place);
            throw failure;
        }
        return holder.isPresent() ? saving.touch(place.parent().orElseThrow(), holder.get()) : revision;
    }

    // The agents are a part of what a messaging server is.
    private Optional<SearchResultEntry> holder(Place place) {
        return place.parent()
                .flatMap(above -> server.entry(above, Shape.WANTED))
                .filter(above -> saving.entry(above).kind() == Kind.MESSAGING_SERVER);
    }

    private void guard(Place place) {
        for (Entry messagingServer : reader.configuration()) {
            if (messagingServer.kind() == Kind.MESSAGING_SERVER
                    && !messagingServer.place().isWithin(place)) {
                NEEDED.forEach((attribute, role) -> messagingServer
                        .value(attribute)
                        .map(Place::of)
                        .filter(needed -> needed.isWithin(place))
                        .ifPresent(needed -> {
                            throw new StillNeeded(needed, role, messagingServer.place());
                        }));
            }
        }
    }

    // Without one nobody could sign in any more; deleting the whole mail system takes its administrators along.
    private void guardAdministrators(Place place) {
        Place group = Directory.administrators(server.address().root());
        List<Place> members = reader.read(group).stream()
                .flatMap(found -> found.values("member").stream())
                .map(Place::of)
                .toList();
        if (!group.isWithin(place) && !members.isEmpty() && members.stream().allMatch(user -> user.isWithin(place))) {
            throw new StillNeeded(members.getFirst(), "last member", group);
        }
    }

    // Best effort: what stays hidden is swept later.
    private void show(Place place) {
        try {
            server.pool()
                    .modify(new ModifyRequest(
                            place.toString(), new Modification(ModificationType.REPLACE, Shape.PENDING)));
        } catch (LDAPException gone) {
            throw server.reason(gone);
        }
    }

    /** Deletes a place and all below it, unconditionally. */
    void sweep(Place place) {
        try {
            if (server.abilities().treeDelete()) {
                remove(place.toString(), true);
            } else {
                leavesFirst(place);
            }
        } catch (LDAPException failure) {
            throw server.reason(failure);
        }
    }

    private void leavesFirst(Place place) throws LDAPException {
        List<Place> all = server.all(place, SearchScope.SUB, Filter.createPresenceFilter("objectClass"), "1.1").stream()
                .map(found -> Place.of(found.getDN()))
                .sorted(Comparator.comparingInt(Place::depth).reversed())
                .toList();
        for (Place each : all) {
            remove(each.toString(), false);
        }
    }

    private void remove(String dn, boolean whole) throws LDAPException {
        var request = new DeleteRequest(dn);
        if (whole) {
            request.addControl(new SubtreeDeleteRequestControl());
        }
        try {
            server.pool().delete(request);
        } catch (LDAPException failure) {
            if (!failure.getResultCode().equals(ResultCode.NO_SUCH_OBJECT)) {
                throw failure;
            }
        }
    }
}
