package org.posthouse.schema.directory;

import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModificationType;
import com.unboundid.ldap.sdk.ModifyRequest;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.util.StaticUtils;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.posthouse.schema.directory.DirectoryException.Misplaced;
import org.posthouse.schema.directory.DirectoryException.Missing;
import org.posthouse.schema.directory.DirectoryException.NameTaken;
import org.posthouse.schema.option.Problem;
import org.posthouse.schema.option.Refused;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.value.MailboxId;
import org.posthouse.schema.value.Place;
import org.posthouse.schema.value.PlainText;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Creates objects, alone or several at once.
 *
 * <p>Several are all or nothing without transactions, which few servers have: the top one carries a mark that hides it
 * and all below it, and losing the mark is the last step. What a crash leaves behind stays hidden and is swept.
 */
final class Creation {

    private static final Logger LOG = LoggerFactory.getLogger(Creation.class);
    private static final Duration FORGOTTEN = Duration.ofMinutes(10);
    // Creating a server with its parts takes well under a second: a minute later nobody is at work on it any more.
    private static final Duration IN_THE_WAY = Duration.ofMinutes(1);

    private final Server server;
    private final Reader reader;
    private final Counter counter;
    private final Deletion deletion;
    private final Saving saving;
    private final Writing writing;
    private final Clock clock;

    Creation(
            Server server,
            Reader reader,
            Counter counter,
            Deletion deletion,
            Saving saving,
            Writing writing,
            Clock clock) {
        this.server = server;
        this.reader = reader;
        this.counter = counter;
        this.deletion = deletion;
        this.saving = saving;
        this.writing = writing;
        this.clock = clock;
    }

    void create(NewObject asked) {
        NewObject object = identified(asked);
        check(object, Optional.empty());
        clear(object.place());
        written(List.of(object), () -> {
            long revision = revision(object);
            add(entry(object, revision));
            return revision;
        });
    }

    private void written(List<NewObject> objects, LongSupplier operation) {
        writing.of(
                acts -> objects.forEach(
                        object -> acts.accept(new Act.Made(object.place(), object.kind(), object.attributes()))),
                operation);
    }

    // Whatever creates a user: an old mailbox of the same name is not the new user's unless the identifier says so.
    private static NewObject identified(NewObject asked) {
        if (asked.kind() != Kind.USER || asked.attributes().containsKey(MailboxId.ATTRIBUTE)) {
            return asked;
        }
        var attributes = new LinkedHashMap<>(asked.attributes());
        attributes.put(MailboxId.ATTRIBUTE, List.of(MailboxId.random()));
        return new NewObject(asked.place(), asked.kind(), attributes);
    }

    void createAll(List<NewObject> asked) {
        List<NewObject> objects = asked.stream().map(Creation::identified).toList();
        NewObject top = objects.getFirst();
        if (objects.size() == 1) {
            create(top);
            return;
        }
        check(top, Optional.empty());
        objects.stream().skip(1).forEach(part -> check(part, holderAmong(objects, part, top)));
        clear(top.place());
        written(objects, () -> addAll(objects));
    }

    private long addAll(List<NewObject> objects) {
        NewObject top = objects.getFirst();
        long revision = revision(top);
        Entry first = entry(top, revision);
        first.addAttribute(Shape.PENDING, StaticUtils.encodeGeneralizedTime(Date.from(clock.instant())));
        add(first);
        try {
            objects.stream().skip(1).forEach(part -> add(entry(part, revision)));
            return reveal(top.place());
        } catch (DirectoryException failure) {
            undo(top.place());
            throw failure;
        }
    }

    private static Optional<Kind> holderAmong(List<NewObject> objects, NewObject part, NewObject top) {
        if (!part.place().isWithin(top.place())) {
            throw new IllegalArgumentException(part.place() + " is not within " + top.place());
        }
        Place holder = part.place().parent().orElseThrow();
        return objects.stream()
                .filter(other -> other.place().equals(holder))
                .map(NewObject::kind)
                .findFirst();
    }

    // A poller must see a number handed out after all parts stood, so the top gets a new one with its last step.
    private long reveal(Place top) {
        long revision = counter.next();
        try {
            var last = new ArrayList<Modification>(saving.signature(revision));
            last.add(new Modification(ModificationType.REPLACE, Shape.REVISION, Long.toString(revision)));
            last.add(new Modification(ModificationType.REPLACE, Shape.PENDING));
            server.pool().modify(new ModifyRequest(top.toString(), last));
            return revision;
        } catch (LDAPException failure) {
            throw server.reason(failure);
        }
    }

    private void undo(Place top) {
        try {
            deletion.sweep(top);
        } catch (DirectoryException again) {
            LOG.warn("A partly created object is hidden and deleted later: {} ({})", top, again.getMessage());
        }
    }

    private void check(NewObject object, Optional<Kind> holderToBe) {
        String name = object.place().leaf();
        if (!PlainText.isName(name)) {
            throw refused(name, "must be a name without control characters");
        }
        if (!object.place().leafAttribute().equals(object.kind().naming())) {
            throw refused(
                    name,
                    object.kind().label() + " is named by " + object.kind().naming());
        }
        if (object.kind().hasFixedName() && !name.equalsIgnoreCase(object.kind().label())) {
            throw refused(name, "must be called " + object.kind().label());
        }
        Place above = object.place().parent().orElseThrow();
        Kind holder = holderToBe.orElseGet(
                () -> reader.read(above).orElseThrow(() -> new Missing(above)).kind());
        if (!object.kind().parents().contains(holder)) {
            throw new Misplaced(object.kind(), holder);
        }
    }

    private static Refused refused(String name, String reason) {
        return new Refused(List.of(new Problem("name", name, reason)));
    }

    private long revision(NewObject object) {
        return object.kind() == Kind.INTERNET_SERVICES ? 1 : counter.next();
    }

    private Entry entry(NewObject object, long revision) {
        var entry = new Entry(object.place().toString());
        object.attributes().forEach((attribute, values) -> {
            if (!values.isEmpty()) {
                entry.addAttribute(new Attribute(attribute, server.secrets().closed(attribute, values)));
            }
        });
        entry.setAttribute("objectClass", Shape.classes(object.kind()));
        entry.setAttribute(object.kind().naming(), object.place().leaf());
        entry.setAttribute(Shape.REVISION, Long.toString(revision));
        saving.signature(revision).forEach(signed -> entry.setAttribute(signed.getAttributeName(), signed.getValues()));
        if (object.kind() == Kind.INTERNET_SERVICES) {
            entry.setAttribute(Shape.VERSION, Long.toString(revision));
        }
        return entry;
    }

    private void add(Entry entry) {
        try {
            server.pool().add(entry);
        } catch (LDAPException failure) {
            var place = Place.of(entry.getDN());
            if (failure.getResultCode().equals(ResultCode.NO_SUCH_OBJECT)) {
                throw new Missing(place.parent().orElseThrow());
            }
            if (!failure.getResultCode().equals(ResultCode.ENTRY_ALREADY_EXISTS)) {
                throw server.reason(failure);
            }
            // A lost connection makes the pool ask twice; the second time finds the work of the first.
            if (server.entry(place, Shape.REVISION).map(Shape::revision).orElse(0L) != revisionOf(entry)) {
                throw taken(place);
            }
        }
    }

    private static long revisionOf(Entry entry) {
        return Shape.revision(entry);
    }

    private NameTaken taken(Place place) {
        boolean pending =
                server.entry(place, Shape.PENDING).filter(Shape::isPending).isPresent();
        return new NameTaken(place, pending ? ": it is just being created; try again in a minute" : "");
    }

    /** The root's own entry, named as the suffix says; nothing when it stands. */
    void root(Place root) {
        if (server.entry(root, "objectClass").isPresent()) {
            return;
        }
        var entry = new Entry(root.toString());
        switch (root.leafAttribute()) {
            case "dc" -> {
                entry.setAttribute("objectClass", "top", "organization", "dcObject");
                entry.setAttribute("o", root.leaf());
            }
            case "o" -> entry.setAttribute("objectClass", "top", "organization");
            case "ou" -> entry.setAttribute("objectClass", "top", "organizationalUnit");
            default -> throw new Missing(root);
        }
        entry.setAttribute(root.leafAttribute(), root.leaf());
        written(List.of(new NewObject(root, Kind.ROOT, Map.of())), () -> {
            add(entry);
            return 0;
        });
    }

    private void clear(Place place) {
        server.entry(place, Shape.PENDING)
                .filter(left -> isOlder(left, IN_THE_WAY))
                .ifPresent(left -> deletion.sweep(place));
    }

    /** Deletes what crashes of others left behind. */
    void sweep() {
        for (SearchResultEntry left : reader.pending()) {
            if (isOlder(left, FORGOTTEN)) {
                LOG.info("Deleting a partly created object: {}", left.getDN());
                deletion.sweep(Place.of(left.getDN()));
            }
        }
    }

    private boolean isOlder(Entry left, Duration age) {
        Date since = left.getAttributeValueAsDate(Shape.PENDING);
        return since != null && since.toInstant().isBefore(clock.instant().minus(age));
    }
}
