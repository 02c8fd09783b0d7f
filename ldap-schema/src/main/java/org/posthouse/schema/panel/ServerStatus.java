package org.posthouse.schema.panel;

import static org.posthouse.schema.option.Effect.LIVE;
import static org.posthouse.schema.option.Effect.REBIND;

import jakarta.validation.constraints.AssertTrue;
import java.util.Optional;
import org.posthouse.schema.option.Concerns;
import org.posthouse.schema.option.Option;
import org.posthouse.schema.option.Panel;
import org.posthouse.schema.option.Trial;
import org.posthouse.schema.value.IpAddress;

/** NetMail's Status page of a Messaging Server. */
@Panel(name = "server-status", title = "Status", intro = "Whether this messaging server runs, and at which address.")
public record ServerStatus(
        @Option(
                id = 20,
                attribute = "posthouseIpAddress",
                label = "IP Address",
                effect = REBIND,
                trial = Trial.ADDRESS,
                help = "The address of this server. Empty: the engine's own address.")
        Optional<IpAddress> ipAddress,

        @Option(
                id = 21,
                attribute = "posthouseForceIpAddress",
                label = "Force IP Address",
                fallback = "FALSE",
                effect = LIVE,
                help = "Ties the server to the given address: it calls other mail hosts from there.")
        boolean forceIpAddress,

        @Option(
                id = 22,
                attribute = "posthouseForceBind",
                label = "Force Agents to Bind to Specified Address Only",
                fallback = "FALSE",
                effect = REBIND,
                help = "The agents listen on this address and no other, so that several servers share one host.")
        boolean forceBind,

        @Option(
                id = 23,
                attribute = "posthouseServerEnabled",
                label = "Server Status",
                fallback = "TRUE",
                effect = LIVE,
                help = "A disabled server starts no agents at the next start of its engine. Agents that run go on "
                        + "until they are stopped.")
        boolean enabled) {

    /** Whether an address is given where one is forced. */
    @AssertTrue(message = "Give the IP Address that is to be forced.")
    @Concerns("ipAddress")
    public boolean isAddressGivenWhenForced() {
        return ipAddress.isPresent() || !(forceIpAddress || forceBind);
    }
}
