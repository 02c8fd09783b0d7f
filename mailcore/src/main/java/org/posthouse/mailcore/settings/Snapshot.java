package org.posthouse.mailcore.settings;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.posthouse.schema.address.AddressResolver;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.tree.MessagingServer;
import org.posthouse.schema.value.DomainName;

/**
 * The settings of one messaging server in force at one moment, never changed. A session takes one when it opens and
 * never looks again, so that no session changes its mind half-way.
 *
 * <p>What every recipient of a mail is looked up in is put together once.
 */
public final class Snapshot {

    private final MessagingServer server;
    private final long revision;
    private final Instant since;
    private final AddressResolver addresses;

    /**
     * A snapshot.
     *
     * @param server the server with its agents
     * @param seen the servers it works with, itself first
     * @param revision the latest revision among the server and its agents
     * @param since when it came into force
     */
    public Snapshot(MessagingServer server, List<MessagingServer> seen, long revision, Instant since) {
        this.server = server;
        this.revision = revision;
        this.since = since;
        this.addresses = new AddressResolver(server, seen);
    }

    /** Which mailboxes addresses and login names mean here. */
    public AddressResolver addresses() {
        return addresses;
    }

    /** The server with its agents. */
    public MessagingServer server() {
        return server;
    }

    /** The servers it works with, itself first. */
    public List<MessagingServer> seen() {
        return addresses.seen();
    }

    /** The latest revision among the server and its agents. */
    public long revision() {
        return revision;
    }

    /** When it came into force. */
    public Instant since() {
        return since;
    }

    /** What the server calls itself in greetings and system messages. */
    public String officialDomain() {
        return server.identification().officialDomain().ascii();
    }

    /** A page of an agent of the server. Throws IllegalArgumentException when the server has no such agent. */
    public <P extends Record> P page(Kind agent, Class<P> type) {
        return server.agent(agent)
                .orElseThrow(() -> new IllegalArgumentException(server.name() + " has no " + agent.label()))
                .page(type);
    }

    /** The domains in which the part before the @ is the user: of all seen SMTP Agents, and all Official Domains. */
    public Set<DomainName> globalDomains() {
        return addresses.globalDomains();
    }

    /** The domains in which the whole address is the user, of all seen SMTP Agents. */
    public Set<DomainName> hostingDomains() {
        return addresses.hostingDomains();
    }

    /** The same server seeing itself alone. */
    public Snapshot alone() {
        return new Snapshot(server, List.of(server), revision, since);
    }
}
