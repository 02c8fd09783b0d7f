package org.posthouse.mailcore.engine;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.posthouse.mailcore.agent.Agent;
import org.posthouse.mailcore.agent.Listening;
import org.posthouse.mailcore.agent.Outside;
import org.posthouse.mailcore.agent.Surroundings;
import org.posthouse.schema.directory.Directory;
import org.posthouse.schema.tree.Kind;

/**
 * What an engine is started with.
 *
 * @param hostName the name of its Host Server object
 * @param home the folder of its state
 * @param listening where its agents listen
 * @param outside where other hosts take mail and answer for names
 * @param status where the status board is shown: at 127.0.0.1, or over TLS at another address; port 0: a free one
 * @param takeOver whether it serves its host although another engine does, which then stops
 * @param connect connects to the directory, or throws a DirectoryException
 * @param makers how each kind of agent is made
 * @param patience how long it waits for what
 * @param version of Posthouse
 * @param clock the time
 */
public record EngineOptions(
        String hostName,
        Path home,
        Listening listening,
        Outside outside,
        InetSocketAddress status,
        boolean takeOver,
        Supplier<Directory> connect,
        Map<Kind, Function<Surroundings, Agent>> makers,
        Patience patience,
        String version,
        Clock clock) {

    /** With the usual ports outside. */
    public EngineOptions(
            String hostName,
            Path home,
            Listening listening,
            InetSocketAddress status,
            Supplier<Directory> connect,
            Map<Kind, Function<Surroundings, Agent>> makers,
            Patience patience,
            String version,
            Clock clock) {
        this(hostName, home, listening, Outside.USUAL, status, connect, makers, patience, version, clock);
    }

    /** Without taking over. */
    public EngineOptions(
            String hostName,
            Path home,
            Listening listening,
            Outside outside,
            InetSocketAddress status,
            Supplier<Directory> connect,
            Map<Kind, Function<Surroundings, Agent>> makers,
            Patience patience,
            String version,
            Clock clock) {
        this(hostName, home, listening, outside, status, false, connect, makers, patience, version, clock);
    }
}
