package org.posthouse.mailcore.settings;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.posthouse.schema.panel.NmapContext;
import org.posthouse.schema.panel.SmtpIdentification;
import org.posthouse.schema.tree.Agent;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.tree.MessagingServer;
import org.posthouse.schema.value.DomainName;
import org.posthouse.schema.value.Place;

/**
 * The settings of one messaging server in force at one moment, never changed. A session takes one when it opens and
 * never looks again, so that no session changes its mind half-way.
 *
 * <p>What every recipient of a mail is looked up in is put together once.
 */
public final class Snapshot {

    private final MessagingServer server;
    private final List<MessagingServer> seen;
    private final long revision;
    private final Instant since;
    private final Set<DomainName> globalDomains;
    private final Set<DomainName> hostingDomains;

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
        this.seen = List.copyOf(seen);
        this.revision = revision;
        this.since = since;
        this.globalDomains = inOrder(Stream.concat(
                this.seen.stream().map(each -> each.identification().officialDomain()),
                smtpPages(this.seen).flatMap(page -> page.globalDomains().stream())));
        this.hostingDomains = inOrder(smtpPages(this.seen).flatMap(page -> page.hostingDomains().stream()));
    }

    private static Set<DomainName> inOrder(Stream<DomainName> domains) {
        return Collections.unmodifiableSet(new LinkedHashSet<>(domains.toList()));
    }

    /** The server with its agents. */
    public MessagingServer server() {
        return server;
    }

    /** The servers it works with, itself first. */
    public List<MessagingServer> seen() {
        return seen;
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
        return globalDomains;
    }

    /** The domains in which the whole address is the user, of all seen SMTP Agents. */
    public Set<DomainName> hostingDomains() {
        return hostingDomains;
    }

    /** The context list: containers of users, the server's own first, then of the other servers seen. */
    public List<Place> contexts() {
        return seen.stream()
                .flatMap(each -> contextsOf(each).stream())
                .distinct()
                .toList();
    }

    /** The same server seeing itself alone. */
    public Snapshot alone() {
        return new Snapshot(server, List.of(server), revision, since);
    }

    /** The containers whose mailboxes a server keeps; none when it has no NMAP Agent. */
    public static List<Place> contextsOf(MessagingServer server) {
        return server.agent(Kind.NMAP_AGENT)
                .map(agent -> agent.page(NmapContext.class).contexts())
                .orElse(List.of());
    }

    /** The server among those seen that keeps the mailboxes of a container's users. */
    public Optional<MessagingServer> keeperOf(Place context) {
        return seen.stream().filter(each -> contextsOf(each).contains(context)).findFirst();
    }

    private static Stream<SmtpIdentification> smtpPages(List<MessagingServer> seen) {
        return seen.stream()
                .flatMap(each -> each.agent(Kind.SMTP_AGENT).stream())
                .map(Snapshot::identification);
    }

    private static SmtpIdentification identification(Agent smtp) {
        return smtp.page(SmtpIdentification.class);
    }
}
