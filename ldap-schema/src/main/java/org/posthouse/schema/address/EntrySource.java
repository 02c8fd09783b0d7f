package org.posthouse.schema.address;

import java.util.Optional;
import org.posthouse.schema.tree.Entry;
import org.posthouse.schema.value.LoginName;
import org.posthouse.schema.value.Place;

/** Where an {@link AddressBook} reads objects: from the directory, or from what is kept of it in memory. */
@FunctionalInterface
public interface EntrySource {

    /** The object at a place. A source that asks a directory may throw its exceptions. */
    Optional<Entry> at(Place place);

    /** The first object of this name along a server's context list; asks for each container and spelling unless overridden. */
    default Optional<Entry> first(AddressResolver resolver, String name) {
        return resolver.contexts().stream()
                .flatMap(context -> LoginName.spellings(name).stream().map(spelling -> context.child("cn", spelling)))
                .flatMap(place -> at(place).stream())
                // Directories ignore more than case: soft hyphens, controls, and double spaces.
                .filter(entry -> LoginName.same(entry.name(), name))
                .findFirst();
    }
}
