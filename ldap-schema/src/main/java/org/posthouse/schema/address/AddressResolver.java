package org.posthouse.schema.address;

import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;
import org.posthouse.schema.panel.NmapContext;
import org.posthouse.schema.panel.SmtpIdentification;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.tree.MessagingServer;
import org.posthouse.schema.tree.Tree;
import org.posthouse.schema.value.DomainName;
import org.posthouse.schema.value.LoginName;
import org.posthouse.schema.value.Place;

/**
 * Tells whether an address belongs to a messaging server, which mailbox it names, and in which containers that name is
 * looked up. NetMail "Global and Hosting Domains": in a Global Domain the part before the @ names the mailbox, in a
 * Hosting Domain the whole address does.
 *
 * <p>It knows settings only and never asks the directory. Immutable and safe for use by several threads; domains and
 * containers are collected once, since every recipient of a message is looked up in them.
 */
public final class AddressResolver {

    private static final String POSTMASTER = "postmaster";

    private final MessagingServer server;
    private final List<MessagingServer> seen;
    private final Set<DomainName> globalDomains;
    private final Set<DomainName> hostingDomains;
    private final List<Place> contexts;
    private final Map<Place, Integer> ranks;

    /**
     * Resolves as one messaging server does.
     *
     * @param server the server
     * @param seen the servers it works with, itself first
     */
    public AddressResolver(MessagingServer server, List<MessagingServer> seen) {
        this.server = server;
        this.seen = List.copyOf(seen);
        this.globalDomains = inOrder(Stream.concat(
                this.seen.stream().map(each -> each.identification().officialDomain()),
                smtpPages(this.seen).flatMap(page -> page.globalDomains().stream())));
        this.hostingDomains = inOrder(smtpPages(this.seen).flatMap(page -> page.hostingDomains().stream()));
        this.contexts = this.seen.stream()
                .flatMap(each -> contextsOf(each).stream())
                .distinct()
                .toList();
        this.ranks = new HashMap<>();
        this.contexts.forEach(context -> ranks.put(context, ranks.size()));
    }

    /** Resolves as a messaging server does that works with every server it sees in this tree. */
    public static AddressResolver of(Tree tree, MessagingServer server) {
        return new AddressResolver(server, tree.seenBy(server));
    }

    private static Set<DomainName> inOrder(Stream<DomainName> domains) {
        return Collections.unmodifiableSet(new LinkedHashSet<>(domains.toList()));
    }

    private static Stream<SmtpIdentification> smtpPages(List<MessagingServer> seen) {
        return seen.stream()
                .flatMap(each -> each.agent(Kind.SMTP_AGENT).stream())
                .map(agent -> agent.page(SmtpIdentification.class));
    }

    /** The same server on its own: the mailboxes it keeps itself. POP and IMAP know no others. */
    public AddressResolver alone() {
        return new AddressResolver(server, List.of(server));
    }

    /** The server as which it resolves. */
    public MessagingServer server() {
        return server;
    }

    /** The servers it works with, itself first. */
    public List<MessagingServer> seen() {
        return seen;
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
        return contexts;
    }

    /** The position of a container in the context list, from 0; empty when it is not in it. */
    public OptionalInt rank(Place context) {
        Integer rank = ranks.get(context);
        return rank == null ? OptionalInt.empty() : OptionalInt.of(rank);
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

    /**
     * The name of the mailbox that an address of RFC 5321 4.1.2, without angle brackets, means, whether or not there is
     * such a user; empty when the address belongs to another system. Names are in the form of {@link LoginName#key}.
     */
    public Optional<String> mailbox(String address) {
        int at = address.lastIndexOf('@');
        return at < 0 ? meant(address, "") : meant(unquoted(address.substring(0, at)), address.substring(at + 1));
    }

    /**
     * The name of the mailbox that a login name means; empty when it belongs to another system. Unlike in an address,
     * quotation marks are characters like any other.
     */
    public Optional<String> login(String name) {
        int at = name.lastIndexOf('@');
        return at < 0 ? meant(name, "") : meant(name.substring(0, at), name.substring(at + 1));
    }

    private Optional<String> meant(String user, String domain) {
        if (domain.isEmpty()) {
            return Optional.of(global(user, user));
        }
        String address = user + "@" + domain;
        if (isOwnAddress(domain)) {
            return Optional.of(global(user, address));
        }
        if (!domain.equals(domain.strip())) {
            return Optional.empty();
        }
        try {
            return in(new DomainName(domain), user, address);
        } catch (IllegalArgumentException noDomain) {
            return Optional.empty();
        }
    }

    /**
     * The addresses at which mail for the user of a name arrives, as people write them; empty when there is none, such as
     * for a name in a domain that is not a Hosting Domain. Whether there is such a user is not asked.
     */
    public List<String> addresses(String name) {
        String key = LoginName.key(name);
        Stream<String> whole = LoginName.domain(key)
                .filter(hostingDomains::contains)
                .map(domain -> key.substring(0, key.lastIndexOf('@') + 1) + domain.unicode())
                .stream();
        Stream<String> bare = globalDomains.stream().map(domain -> quoted(key) + "@" + domain.unicode());
        return Stream.concat(whole, bare)
                .filter(address -> mailbox(address).filter(key::equals).isPresent())
                .toList();
    }

    // RFC 5321 4.1.2: what is no Dot-string must be quoted.
    private static String quoted(String user) {
        return user.chars().anyMatch(c -> c == ' ' || "()<>[]:;@\\,\"".indexOf(c) >= 0)
                ? "\"" + user.replaceAll("([\"\\\\])", "\\\\$1") + "\""
                : user;
    }

    private Optional<String> in(DomainName domain, String user, String address) {
        if (hostingDomains.contains(domain)) {
            // Postmaster must be reachable in every domain served: RFC 5321 4.5.1.
            return Optional.of(
                    user.equalsIgnoreCase(POSTMASTER) ? postmaster() : LoginName.key(user + "@" + domain.ascii()));
        }
        return globalDomains.contains(domain) ? Optional.of(global(user, address)) : Optional.empty();
    }

    // A route such as user%other.com@ours.com would make us a relay; the whole address then names no mailbox.
    private String global(String user, String address) {
        if (user.equalsIgnoreCase(POSTMASTER)) {
            return postmaster();
        }
        return LoginName.key(user.indexOf('%') >= 0 || user.indexOf('!') >= 0 ? address : user);
    }

    private String postmaster() {
        return LoginName.key(server.identification().postmaster().leaf());
    }

    // RFC 5321 4.1.3: an address literal of this server's own address.
    private boolean isOwnAddress(String domain) {
        return server.status()
                .ipAddress()
                .filter(own ->
                        domain.equalsIgnoreCase("[" + own + "]") || domain.equalsIgnoreCase("[IPv6:" + own + "]"))
                .isPresent();
    }

    // RFC 5321 4.1.2 Quoted-string: "john smith" is the user john smith.
    private static String unquoted(String user) {
        if (user.length() < 2 || !user.startsWith("\"") || !user.endsWith("\"")) {
            return user;
        }
        return user.substring(1, user.length() - 1).replaceAll("\\\\(.)", "$1");
    }
}
