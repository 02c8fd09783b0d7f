package org.posthouse.schema.tree;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.posthouse.schema.agent.ServerView;
import org.posthouse.schema.option.Problem;
import org.posthouse.schema.panel.ServerIdentification;
import org.posthouse.schema.panel.SmtpIdentification;
import org.posthouse.schema.value.DomainName;
import org.posthouse.schema.value.Place;

/**
 * The rules between objects: what a page's values must agree on with the rest of the tree. Those of an agent are declared
 * by its {@link org.posthouse.schema.agent.AgentType type}. NetMail "Messaging Server".
 */
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
        if (panel instanceof ServerIdentification page) {
            return identification(page);
        }
        return Kind.agents().stream()
                .map(Kind::agentType)
                .filter(type -> type.pages().contains(panel.getClass()))
                .flatMap(type -> type.check(place, panel, this::servers).stream())
                .toList();
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

    private List<ServerView> servers() {
        return List.copyOf(tree().servers());
    }

    private static Stream<SmtpIdentification> smtp(MessagingServer server) {
        return server.find(SmtpIdentification.class).stream();
    }
}
