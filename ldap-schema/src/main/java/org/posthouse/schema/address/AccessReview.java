package org.posthouse.schema.address;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.posthouse.schema.address.AccessProblem.Reason;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.tree.MessagingServer;
import org.posthouse.schema.tree.Tree;
import org.posthouse.schema.value.DomainName;
import org.posthouse.schema.value.LoginName;
import org.posthouse.schema.value.NameProblem;
import org.posthouse.schema.value.Place;

/**
 * Finds users who receive no mail although messaging is enabled for them, and groups and aliases that lead nowhere. Users
 * whose messaging is disabled are meant to receive none. Not safe for use by several threads.
 */
public final class AccessReview {

    private static final int NAMED = 5;
    private static final Comparator<Addressee> BY_NAME =
            Comparator.comparing(Addressee::name, String.CASE_INSENSITIVE_ORDER).thenComparing(Addressee::container);

    private record Kin(Reason reason, Kind kind, Place container) {}

    private final Tree tree;
    private final MailSystem system;
    private final Set<DomainName> hosting;

    /** Of a mail system with the settings of a tree. */
    public AccessReview(Tree tree, MailSystem system) {
        this.tree = tree;
        this.system = system;
        this.hosting = tree.servers().stream()
                .flatMap(server -> AddressResolver.of(tree, server).hostingDomains().stream())
                .collect(Collectors.toUnmodifiableSet());
    }

    /** All problems, users first. */
    public List<AccessProblem> problems() {
        var found = new HashMap<Kin, List<Addressee>>();
        system.population()
                .all()
                .forEach(each -> reason(each)
                        .ifPresent(reason -> found.computeIfAbsent(
                                        new Kin(reason, each.kind(), each.container()), any -> new ArrayList<>())
                                .add(each)));
        return found.entrySet().stream()
                .map(each -> problem(each.getKey(), each.getValue()))
                .sorted(Comparator.comparing(AccessProblem::kind)
                        .thenComparing(AccessProblem::reason)
                        .thenComparing(AccessProblem::container))
                .toList();
    }

    private static AccessProblem problem(Kin kin, List<Addressee> all) {
        var some = new TreeSet<>(BY_NAME);
        for (Addressee each : all) {
            some.add(each);
            if (some.size() > NAMED) {
                some.removeLast();
            }
        }
        return new AccessProblem(
                kin.reason(),
                kin.kind(),
                kin.container(),
                all.size(),
                some.stream().map(Addressee::place).toList());
    }

    // What an alias represents elsewhere, such as a messaging server, and a group outside every context is no address.
    private boolean isMail(Addressee each) {
        if (each.kind() == Kind.USER) {
            return each.enabled();
        }
        return isManaged(each.container())
                && (each.kind() != Kind.ALIAS || each.targets().stream().noneMatch(this::isConfiguration));
    }

    private boolean isConfiguration(String target) {
        return place(target)
                .flatMap(tree::entry)
                .filter(entry -> entry.kind() != Kind.ALIAS)
                .isPresent();
    }

    private boolean isManaged(Place container) {
        return tree.servers().stream()
                .anyMatch(server -> AddressResolver.contextsOf(server).contains(container));
    }

    /** Why one of the population receives no mail; empty when mail arrives, or is not meant to. */
    public Optional<Reason> reason(Addressee each) {
        if (!isMail(each)) {
            return Optional.empty();
        }
        boolean arrives = system.access(each).receivesMail();
        if (each.kind() == Kind.USER) {
            return arrives ? name(each) : Optional.of(user(each));
        }
        if (arrives) {
            return each.kind() != Kind.ALIAS && each.targets().stream().anyMatch(this::isMissing)
                    ? Optional.of(Reason.MISSING_MEMBERS)
                    : Optional.empty();
        }
        return Optional.of(each.kind() == Kind.ALIAS ? Reason.LEADS_NOWHERE : Reason.NO_MEMBERS);
    }

    // Users of earlier revisions and of other tools. What is reserved is for the administrator to decide.
    private Optional<Reason> name(Addressee user) {
        return NameProblem.of(user.name(), hosting)
                .filter(problem -> !problem.reserved() || !user.reserved())
                .map(problem -> problem.reserved() ? Reason.RESERVED_NAME : Reason.DANGEROUS_NAME);
    }

    private boolean isMissing(String member) {
        return place(member).flatMap(system.population()::addressee).isEmpty();
    }

    private Reason user(Addressee user) {
        List<MessagingServer> keepers = tree.servers().stream()
                .filter(server -> AddressResolver.contextsOf(server).contains(user.container()))
                .toList();
        if (keepers.isEmpty()) {
            return Reason.NOT_MANAGED;
        }
        if (system.access(user).mailbox().isEmpty()) {
            return Reason.AGENT_DISABLED;
        }
        boolean meant = tree.servers().stream()
                .map(server -> AddressResolver.of(tree, server).login(user.name()))
                .anyMatch(mailbox -> mailbox.filter(name -> LoginName.same(name, user.name()))
                        .isPresent());
        if (!meant) {
            return Reason.DOMAIN_NOT_HOSTED;
        }
        return system.population().named(user.name()).size() > 1 ? Reason.NAME_TAKEN : Reason.NO_SMTP_AGENT;
    }

    private static Optional<Place> place(String text) {
        try {
            return Optional.of(Place.of(text));
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }
}
