package org.posthouse.mailcore.agent;

import java.nio.file.Path;
import java.time.Clock;
import java.util.function.Supplier;
import org.posthouse.mailcore.dns.Resolver;
import org.posthouse.mailcore.people.People;
import org.posthouse.mailcore.settings.Snapshot;
import org.posthouse.mailcore.status.Tally;
import org.posthouse.mailcore.wire.TlsKeys;

/**
 * What an agent works with. All of it belongs to one messaging server.
 *
 * @param inForce the settings to obey; a session asks once, when it opens
 * @param listening where to listen
 * @param people whom the server knows
 * @param dns looks up mail hosts by the server's Resolver(s)
 * @param tls the server's certificate and key
 * @param home the server's own folder on this host
 * @param tally counts what happens
 * @param clock the time
 */
public record Surroundings(
        Supplier<Snapshot> inForce,
        Listening listening,
        People people,
        Resolver dns,
        TlsKeys tls,
        Path home,
        Tally tally,
        Clock clock) {}
