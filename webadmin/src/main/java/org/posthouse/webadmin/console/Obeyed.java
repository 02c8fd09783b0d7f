package org.posthouse.webadmin.console;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.posthouse.webadmin.listener.ConsoleAddress;
import org.posthouse.webadmin.listener.Endpoint;

/**
 * What the console does about its WebAdmin Server object.
 *
 * @param wanted the revision that stands in the directory
 * @param revision the revision obeyed
 * @param since when it came to be
 * @param address where it listens by that
 * @param kept where it listens besides until a change is confirmed
 * @param reason why the wanted revision is not obeyed; empty when it is
 */
public record Obeyed(
        long wanted,
        long revision,
        Instant since,
        Optional<ConsoleAddress> address,
        Set<Endpoint> kept,
        String reason) {

    /** Before the object was read. */
    static final Obeyed NOTHING = new Obeyed(0, 0, Instant.EPOCH, Optional.empty(), Set.of(), "");

    /** Takes a copy. */
    public Obeyed {
        kept = Set.copyOf(kept);
    }
}
