package org.posthouse.schema.directory;

import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModificationType;
import com.unboundid.ldap.sdk.ModifyRequest;
import com.unboundid.ldap.sdk.SearchResultEntry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.posthouse.schema.value.Place;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Names who deleted an object, on Internet Services, because a deleted object can carry no signature. Only the latest
 * are kept: followers read them within moments.
 */
final class Deletions {

    private static final Logger LOG = LoggerFactory.getLogger(Deletions.class);
    private static final int KEPT = 200;

    private final Server server;
    private final Place holder;
    private final Scribe scribe;

    Deletions(Server server, Place holder, Scribe scribe) {
        this.server = server;
        this.holder = holder;
        this.scribe = scribe;
    }

    /** Names the author of the deletion of these objects. What cannot be written is left out: the deletion counts. */
    void sign(List<Place> objects) {
        Optional<Signature> author = scribe.signature().filter(any -> server.isSigned());
        List<Place> others =
                objects.stream().filter(place -> !holder.isWithin(place)).toList();
        if (author.isEmpty() || others.isEmpty()) {
            return;
        }
        try {
            Optional<SearchResultEntry> services = server.entry(holder, Shape.VERSION, Shape.DELETION);
            if (services.isPresent()) {
                add(author.get(), others, services.get());
            }
        } catch (LDAPException | DirectoryException refused) {
            LOG.info("The directory cannot record who deleted {}: {}", others, refused.getMessage());
        }
    }

    private void add(Signature author, List<Place> objects, SearchResultEntry services) throws LDAPException {
        Long version = services.getAttributeValueAsLong(Shape.VERSION);
        long revision = version == null ? 0 : version;
        List<String> known = Stream.ofNullable(services.getAttributeValues(Shape.DELETION))
                .flatMap(Arrays::stream)
                .sorted(Comparator.comparingLong(
                        text -> Signature.read(text).map(Signature::revision).orElse(0L)))
                .toList();
        List<String> more = objects.stream()
                .limit(KEPT)
                .map(place -> author.at(revision).of(place.toString()).text())
                .filter(text -> !known.contains(text))
                .toList();
        List<String> old = known.subList(0, Math.clamp((long) known.size() + more.size() - KEPT, 0, known.size()));
        var changes = new ArrayList<Modification>();
        if (!old.isEmpty()) {
            changes.add(new Modification(ModificationType.DELETE, Shape.DELETION, old.toArray(String[]::new)));
        }
        if (!more.isEmpty()) {
            changes.add(new Modification(ModificationType.ADD, Shape.DELETION, more.toArray(String[]::new)));
            server.pool().modify(new ModifyRequest(holder.toString(), changes));
        }
    }

    /** Who deleted an object lately, as far as somebody was named. */
    static Optional<Signature> of(SearchResultEntry services, Place object) {
        return Stream.ofNullable(services.getAttributeValues(Shape.DELETION))
                .flatMap(Arrays::stream)
                .flatMap(text -> Signature.read(text).stream())
                .filter(signed -> object.isWithin(Place.of(signed.object())))
                .max(Comparator.comparingLong(Signature::revision));
    }
}
