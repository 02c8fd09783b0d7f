package org.posthouse.mailcore.agent;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.posthouse.mailcore.settings.Snapshot;
import org.posthouse.schema.panel.ServerStatus;
import org.posthouse.schema.value.IpAddress;

/**
 * Where the agents of this engine listen.
 *
 * @param bind the engine's own address; a server that forces its address wins over it
 * @param portOffset added to every port, so that nobody needs the rights of root
 */
public record Listening(InetAddress bind, int portOffset) {

    /** The socket address for a port of a server as these settings want it. */
    public InetSocketAddress at(Snapshot snapshot, int port) {
        return new InetSocketAddress(address(snapshot), port + portOffset);
    }

    /** The address a server's agents bind to. */
    public InetAddress address(Snapshot snapshot) {
        ServerStatus status = snapshot.server().status();
        return status.ipAddress()
                .filter(address -> status.forceBind())
                .map(IpAddress::address)
                .orElse(bind);
    }
}
