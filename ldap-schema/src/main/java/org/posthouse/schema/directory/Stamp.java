package org.posthouse.schema.directory;

import java.time.Instant;
import java.util.Optional;

/**
 * What the server itself says of the last change of an object (RFC 4512 3.4).
 *
 * @param by the account that made it (modifiersName); empty where the server does not say
 * @param at when (modifyTimestamp), to the second; empty where the server does not say
 * @param made when the object was made (createTimestamp)
 * @param uuid the server's own identifier of the object, which a rename keeps; "" for none
 */
public record Stamp(Optional<String> by, Optional<Instant> at, Optional<Instant> made, String uuid) {}
