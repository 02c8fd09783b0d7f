package org.posthouse.schema.address;

import java.util.Optional;
import org.posthouse.schema.tree.Entry;
import org.posthouse.schema.value.Place;

/** Where an {@link AddressBook} reads objects: from the directory, or from what is kept of it in memory. */
@FunctionalInterface
public interface EntrySource {

    /** The object at a place. A source that asks a directory may throw its exceptions. */
    Optional<Entry> at(Place place);

    /** The first object of this name along a server's context list; asks once for each container unless overridden. */
    default Optional<Entry> first(AddressResolver resolver, String name) {
        return resolver.contexts().stream()
                .flatMap(context -> at(context.child("cn", name)).stream())
                .findFirst();
    }
}
