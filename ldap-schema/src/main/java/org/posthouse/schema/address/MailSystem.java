package org.posthouse.schema.address;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import org.posthouse.schema.panel.NmapParameters;
import org.posthouse.schema.tree.Agent;
import org.posthouse.schema.tree.Entry;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.tree.MessagingServer;
import org.posthouse.schema.tree.Tree;
import org.posthouse.schema.value.DomainName;
import org.posthouse.schema.value.Place;

/**
 * Who receives mail and who can sign in, at which messaging servers, with given settings and people. It asks the same
 * {@link AddressResolver} and {@link AddressBook} that the engine asks for each recipient and each login.
 *
 * <p>Users who share a container, a domain, and a status have the same access, so that it is worked out once for all of
 * them. Not safe for use by several threads.
 */
public final class MailSystem {

    /** What decides about a user's access. Where the name itself does, it is part of this. */
    private record Likeness(Place container, String special, boolean enabled, List<Place> others) {}

    private record Desk(MessagingServer server, AddressBook distributed, AddressBook alone) {}

    private final Population population;
    private final BiPredicate<MessagingServer, Kind> runs;
    private final List<Desk> desks = new ArrayList<>();
    private final Map<Likeness, Access> known = new HashMap<>();

    /**
     * A mail system at one moment.
     *
     * @param tree the settings of all servers
     * @param population the people
     * @param runs whether an agent of a messaging server runs with these settings
     */
    public MailSystem(Tree tree, Population population, BiPredicate<MessagingServer, Kind> runs) {
        this.population = population;
        // Everything works on the mail that the server's own NMAP Agent keeps.
        this.runs = (server, kind) -> runs.test(server, Kind.NMAP_AGENT) && runs.test(server, kind);
        for (MessagingServer server : tree.servers()) {
            if (this.runs.test(server, Kind.NMAP_AGENT)) {
                AddressResolver resolver = AddressResolver.of(tree, server);
                desks.add(new Desk(
                        server, new AddressBook(resolver, population), new AddressBook(resolver.alone(), population)));
            }
        }
    }

    /** Whether the settings say that an agent runs: it is there, and it and its server are enabled. */
    public static boolean isEnabled(MessagingServer server, Kind agent) {
        return server.status().enabled()
                && server.agent(agent).filter(Agent::enabled).isPresent();
    }

    /** The people of it. */
    public Population population() {
        return population;
    }

    /** What one of the population has. */
    public Access access(Addressee addressee) {
        return addressee.kind() == Kind.USER
                ? known.computeIfAbsent(likeness(addressee), any -> work(addressee))
                : work(addressee);
    }

    /** Of each messaging server that accepts mail, the user who gets the mail for its postmaster; empty: it is refused. */
    public Map<Place, Optional<Place>> postmasters() {
        var postmasters = new LinkedHashMap<Place, Optional<Place>>();
        for (Desk desk : desks) {
            if (runs.test(desk.server(), Kind.SMTP_AGENT)) {
                AddressBook book = desk.distributed();
                postmasters.put(
                        desk.server().place(),
                        book.resolver()
                                .mailbox("postmaster")
                                .flatMap(book::user)
                                .map(Entry::place)
                                .filter(user -> keeps(book.resolver(), user)));
            }
        }
        return postmasters;
    }

    /**
     * The users who get the mail for a group, a role, or an alias, at any messaging server. Looks each member up.
     *
     * @param collective one of the population
     */
    public Set<Place> recipients(Addressee collective) {
        var users = new HashSet<Place>();
        for (Desk desk : desks) {
            AddressBook book = desk.distributed();
            if (runs.test(desk.server(), Kind.SMTP_AGENT)) {
                book.resolver().login(collective.name()).stream()
                        .filter(mailbox -> isNamed(book, mailbox, collective))
                        .flatMap(mailbox -> book.members(mailbox).stream())
                        .map(Entry::place)
                        .filter(user -> keeps(book.resolver(), user))
                        .forEach(users::add);
            }
        }
        return users;
    }

    private Likeness likeness(Addressee user) {
        List<Addressee> namesakes = population.named(user.name());
        boolean plain = namesakes.stream().allMatch(each -> each.kind() == Kind.USER);
        return new Likeness(
                user.container(),
                plain ? special(user.name()) : user.name(),
                user.enabled(),
                namesakes.size() == 1
                        ? List.of()
                        : namesakes.stream().map(Addressee::container).toList());
    }

    // The characters that mean something in an address: all of such a name counts, or its domain.
    private static String special(String name) {
        String lower = Addressee.key(name);
        int at = lower.lastIndexOf('@');
        boolean odd = lower.equals("postmaster")
                || lower.startsWith("postmaster@")
                || lower.indexOf('@') != at
                || lower.chars().anyMatch(each -> "%!\"\\[".indexOf(each) >= 0);
        return odd ? lower : at < 0 ? "" : lower.substring(at);
    }

    private Access work(Addressee addressee) {
        var domains = new EnumMap<Channel, Map<Place, Set<DomainName>>>(Channel.class);
        for (Desk desk : desks) {
            for (Channel channel : Channel.values()) {
                if (runs.test(desk.server(), channel.agent()) && serves(desk, channel, addressee)) {
                    domains.computeIfAbsent(channel, any -> new LinkedHashMap<>())
                            .put(
                                    desk.server().place(),
                                    domains(book(desk, channel).resolver(), addressee.name()));
                }
            }
        }
        return new Access(domains, mailbox(addressee));
    }

    private static AddressBook book(Desk desk, Channel channel) {
        return channel == Channel.POP || channel == Channel.IMAP ? desk.alone() : desk.distributed();
    }

    private boolean serves(Desk desk, Channel channel, Addressee addressee) {
        AddressBook book = book(desk, channel);
        Optional<String> mailbox = book.resolver().login(addressee.name());
        if (mailbox.isEmpty()) {
            return false;
        }
        Predicate<Entry> arrives = user -> !channel.isLogin()
                ? keeps(book.resolver(), user.place())
                : user.place().equals(addressee.place());
        if (addressee.kind() == Kind.USER) {
            return book.user(mailbox.get())
                    .filter(user -> user.place().equals(addressee.place()) && arrives.test(user))
                    .isPresent();
        }
        return !channel.isLogin() && isNamed(book, mailbox.get(), addressee) && anyone(book, mailbox.get(), arrives);
    }

    // Another object of the same name may come first in the context list.
    private static boolean isNamed(AddressBook book, String mailbox, Addressee addressee) {
        return book.source()
                .first(book.resolver(), mailbox)
                .filter(found -> found.place().equals(addressee.place()))
                .isPresent();
    }

    private static boolean anyone(AddressBook book, String mailbox, Predicate<Entry> arrives) {
        return book.members(mailbox).stream().anyMatch(arrives);
    }

    private boolean keeps(AddressResolver resolver, Place user) {
        return user.parent()
                .flatMap(resolver::keeperOf)
                .filter(keeper -> runs.test(keeper, Kind.NMAP_AGENT))
                .isPresent();
    }

    private static Set<DomainName> domains(AddressResolver resolver, String name) {
        int at = name.lastIndexOf('@');
        if (at < 0) {
            return resolver.globalDomains();
        }
        try {
            return Set.of(new DomainName(name.substring(at + 1)));
        } catch (IllegalArgumentException noDomain) {
            return Set.of();
        }
    }

    private Optional<Access.MailboxLocation> mailbox(Addressee user) {
        return user.kind() != Kind.USER || !user.enabled()
                ? Optional.empty()
                : desks.stream()
                        .map(Desk::server)
                        .filter(server -> AddressResolver.contextsOf(server).contains(user.container()))
                        .findFirst()
                        .flatMap(MailSystem::location);
    }

    private static Optional<Access.MailboxLocation> location(MessagingServer keeper) {
        return keeper.agent(Kind.NMAP_AGENT)
                .map(nmap -> new Access.MailboxLocation(
                        keeper.place(),
                        keeper.identification().hostServer(),
                        nmap.page(NmapParameters.class).messageStore().text()));
    }
}
