package org.posthouse.schema.tree;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.posthouse.schema.option.Problem;
import org.posthouse.schema.panel.NmapContext;
import org.posthouse.schema.panel.ServerIdentification;
import org.posthouse.schema.panel.SmtpIdentification;
import org.posthouse.schema.value.DomainName;
import org.posthouse.schema.value.Place;

/** The rules between objects: what a panel's values must agree on with the rest of the tree. NetMail "Messaging Server". */
public final class Rules {

    private final Supplier<Tree> source;
    private @Nullable Tree known;

    /** Rules as of this tree. */
    public Rules(Tree tree) {
        this(() -> tree);
    }

    /** Rules as of a tree that is asked for with the first rule: most pages have none. */
    public Rules(Supplier<Tree> tree) {
        this.source = tree;
    }

    private Tree tree() {
        Tree tree = known;
        if (tree == null) {
            tree = source.get();
            known = tree;
        }
        return tree;
    }

    /** What these values of a page of the object at {@code place} would break; empty when nothing. */
    public List<Problem> problems(Place place, Record panel) {
        return switch (panel) {
            case ServerIdentification page -> identification(page);
            case SmtpIdentification page -> domains(place, page);
            case NmapContext page -> contexts(place, page);
            default -> List.of();
        };
    }

    private List<Problem> identification(ServerIdentification page) {
        var problems = new ArrayList<Problem>();
        hostedBy(page.officialDomain())
                .ifPresent(agent -> problems.add(new Problem(
                        "officialDomain",
                        page.officialDomain().ascii(),
                        "is a Hosting Domain of " + agent + "; an Official Domain must be a Global Domain")));
        hosting(page.postmaster().leaf())
                .ifPresent(domain -> problems.add(new Problem(
                        "postmaster",
                        page.postmaster().leaf(),
                        "belongs to the Hosting Domain " + domain + "; a postmaster must belong to a Global Domain")));
        return problems;
    }

    private Optional<String> hostedBy(DomainName domain) {
        return tree().servers().stream()
                .filter(server ->
                        smtp(server).anyMatch(page -> page.hostingDomains().contains(domain)))
                .map(MessagingServer::name)
                .findFirst();
    }

    private Optional<String> hosting(String user) {
        int at = user.lastIndexOf('@');
        return at < 0
                ? Optional.empty()
                : tree().servers().stream()
                        .flatMap(Rules::smtp)
                        .flatMap(page -> page.hostingDomains().stream())
                        .map(DomainName::ascii)
                        .filter(user.substring(at + 1)::equalsIgnoreCase)
                        .findFirst();
    }

    private List<Problem> domains(Place agent, SmtpIdentification page) {
        var problems = new ArrayList<Problem>();
        for (DomainName hosting : page.hostingDomains()) {
            tree().servers().stream()
                    .filter(server -> server.identification().officialDomain().equals(hosting))
                    .findFirst()
                    .ifPresent(server -> problems.add(new Problem(
                            "hostingDomains",
                            hosting.ascii(),
                            "is the Official Domain of " + server.name() + " and so a Global Domain")));
        }
        tree().servers().stream()
                .filter(server -> !agent.isWithin(server.place()))
                .forEach(server -> smtp(server).forEach(other -> problems.addAll(bothKinds(server, page, other))));
        return problems;
    }

    private static List<Problem> bothKinds(MessagingServer server, SmtpIdentification page, SmtpIdentification other) {
        var hosting = page.hostingDomains().stream()
                .filter(Set.copyOf(other.globalDomains())::contains)
                .map(domain -> new Problem("hostingDomains", domain.ascii(), "is a Global Domain of " + server.name()));
        var global = page.globalDomains().stream()
                .filter(Set.copyOf(other.hostingDomains())::contains)
                .map(domain -> new Problem("globalDomains", domain.ascii(), "is a Hosting Domain of " + server.name()));
        return Stream.concat(hosting, global).toList();
    }

    private List<Problem> contexts(Place agent, NmapContext page) {
        return tree().servers().stream()
                .filter(server -> !agent.isWithin(server.place()))
                .flatMap(server -> server.agent(Kind.NMAP_AGENT).stream()
                        .flatMap(nmap -> nmap.page(NmapContext.class).contexts().stream())
                        .filter(page.contexts()::contains)
                        .map(context ->
                                new Problem("contexts", context.toString(), "is already managed by " + server.name())))
                .toList();
    }

    private static Stream<SmtpIdentification> smtp(MessagingServer server) {
        return server.agent(Kind.SMTP_AGENT).map(agent -> agent.page(SmtpIdentification.class)).stream();
    }
}
