package org.posthouse.schema.directory;

import java.time.Instant;
import java.util.Optional;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.value.Place;

/**
 * The little that tells whether an object is the same as it was.
 *
 * @param place its distinguished name
 * @param kind what it is
 * @param revision the number of its last change through Posthouse; 0: none
 * @param changed when anybody changed it last (modifyTimestamp); empty where the server does not say
 * @param uuid the server's own identifier of the object (entryUUID or nsUniqueId), which a rename keeps; "" for none
 */
public record Stub(Place place, Kind kind, long revision, Optional<Instant> changed, String uuid) {}
