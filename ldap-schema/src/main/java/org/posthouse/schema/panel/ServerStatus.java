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
@Panel(name = "server-status", title = "Status", intro = "Turns this messaging server on or off, and sets its address.")
public record ServerStatus(
        @Option(
                id = 20,
                attribute = "posthouseIpAddress",
                label = "IP Address",
                effect = REBIND,
                trial = Trial.ADDRESS,
                help = "The IP address of this server, such as 192.0.2.25. If empty, the address of the engine.")
        Optional<IpAddress> ipAddress,

        @Option(
                id = 21,
                attribute = "posthouseForceIpAddress",
                label = "Force IP Address",
                fallback = "FALSE",
                effect = LIVE,
                help = "Makes outgoing connections to other mail servers from the specified IP address.")
        boolean forceIpAddress,

        @Option(
                id = 22,
                attribute = "posthouseForceBind",
                label = "Force Agents to Bind to Specified Address Only",
                fallback = "FALSE",
                effect = REBIND,
                help = "Makes the agents listen on the specified IP address only, so that several servers can "
                        + "share one host.")
        boolean forceBind,

        @Option(
                id = 23,
                attribute = "posthouseServerEnabled",
                label = "Server Status",
                fallback = "TRUE",
                effect = LIVE,
                help = "A disabled server starts no agents the next time its engine starts. Running agents "
                        + "continue until they are stopped.")
        boolean enabled) {

    /** Whether an address is given where one is forced. */
    @AssertTrue(message = "Enter the IP Address that you want to force.")
    @Concerns("ipAddress")
    public boolean isAddressGivenWhenForced() {
        return ipAddress.isPresent() || !(forceIpAddress || forceBind);
    }
}
