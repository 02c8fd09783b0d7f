package org.posthouse.webadmin.people;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;
import org.posthouse.schema.address.AccessProblem;
import org.posthouse.schema.address.AccessReview;
import org.posthouse.schema.address.MailSystem;
import org.posthouse.schema.address.Population;
import org.posthouse.schema.directory.Directory;
import org.posthouse.schema.licence.Licensing;
import org.posthouse.schema.option.OptionFacts;
import org.posthouse.schema.panel.ServerLicense;
import org.posthouse.schema.tree.Entry;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.tree.MessagingServer;
import org.posthouse.schema.tree.Tree;
import org.posthouse.schema.value.Place;
import org.posthouse.webadmin.form.LicenceCheck;

/**
 * What is wrong with people's mail as things are. It is worked out when the settings or the people changed since the last
 * question; until then the former answer serves, so that pages may ask every few seconds. Safe for use by several threads.
 */
@ApplicationScoped
public class MailAccess {

    private static final Set<String> USER_REFERENCES = Set.of("posthouseServerManager", "posthousePostmaster");

    /**
     * An option that names a user who does not exist.
     *
     * @param object the object that names it
     * @param option the option
     * @param missing the user
     */
    public record Missing(Place object, OptionFacts option, Place missing) {}

    /**
     * All that is wrong.
     *
     * @param problems users without mail, and addresses that lead nowhere
     * @param missing options that name users who do not exist
     */
    public record State(List<AccessProblem> problems, List<Missing> missing) {

        /** Takes copies. */
        public State {
            problems = List.copyOf(problems);
            missing = List.copyOf(missing);
        }

        /** How much there is to do. */
        public int size() {
            return problems.size() + missing.size();
        }
    }

    private @Nullable Tree tree;
    private @Nullable Population population;
    private State known = new State(List.of(), List.of());

    /** What is wrong now. Throws DirectoryException when the directory cannot be read. */
    public synchronized State state(Directory directory) {
        Tree treeNow = directory.tree();
        Population peopleNow = directory.population();
        // Who was not read is not missing.
        if (peopleNow.isComplete() && !isSame(treeNow, peopleNow)) {
            known = new State(
                    new AccessReview(treeNow, system(treeNow, peopleNow)).problems(), missing(treeNow, peopleNow));
            tree = treeNow;
            population = peopleNow;
        }
        return known;
    }

    @SuppressWarnings("ReferenceEquality") // Both are kept as they are until something in them changes.
    private boolean isSame(Tree treeNow, Population peopleNow) {
        return tree == treeNow && population == peopleNow;
    }

    /** What is wrong with one user, group, role, or alias; empty when mail arrives or is not meant to. */
    public Optional<AccessProblem.Reason> reason(Directory directory, Place place) {
        Tree treeNow = directory.tree();
        Population peopleNow = directory.population();
        return !peopleNow.isComplete()
                ? Optional.empty()
                : peopleNow
                        .addressee(place)
                        .flatMap(each -> new AccessReview(treeNow, system(treeNow, peopleNow)).reason(each));
    }

    private static MailSystem system(Tree tree, Population population) {
        var licensing = new HashMap<Optional<?>, Licensing>();
        BiPredicate<MessagingServer, Kind> runs = (server, agent) -> {
            var licence = server.page(ServerLicense.class).license();
            return MailSystem.isEnabled(server, agent)
                    && !licensing
                            .computeIfAbsent(licence, any -> LicenceCheck.licensing(licence))
                            .stops(agent);
        };
        return new MailSystem(tree, population, runs);
    }

    private static List<Missing> missing(Tree tree, Population population) {
        var missing = new HashSet<Missing>();
        for (Entry entry : tree.entries()) {
            Kind.catalogue()
                    .options()
                    .filter(option -> USER_REFERENCES.contains(option.attribute()))
                    .forEach(option -> entry.values(option.attribute()).stream()
                            .flatMap(text -> place(text).stream())
                            .filter(named -> population.addressee(named).isEmpty())
                            .forEach(named -> missing.add(new Missing(entry.place(), option, named))));
        }
        return missing.stream()
                .sorted((one, two) -> one.object().compareTo(two.object()))
                .toList();
    }

    private static Optional<Place> place(String text) {
        try {
            return Optional.of(Place.of(text));
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    /** English sentences, for the API and the command line. */
    public static List<String> sentences(State state) {
        var sentences = state.problems().stream().map(MailAccess::sentence);
        var missing = state.missing().stream()
                .map(each -> each.missing().leaf() + ", a " + each.option().label() + " of "
                        + each.object().leaf() + ", does not exist.");
        return java.util.stream.Stream.concat(sentences, missing).toList();
    }

    /** One of them. */
    public static String sentence(AccessProblem problem) {
        boolean one = problem.number() == 1;
        String container = problem.container().leaf();
        String who = names(problem);
        return switch (problem.reason()) {
            case NOT_MANAGED ->
                who + (one ? " has" : " have") + " no mailbox: no NMAP Agent manages " + container + ".";
            case AGENT_DISABLED ->
                who + (one ? " receives" : " receive") + " no mail: the NMAP Agent that manages " + container
                        + " is disabled.";
            case DOMAIN_NOT_HOSTED ->
                who + (one ? " receives" : " receive") + " no mail: no SMTP Agent has the domain as a Hosting Domain.";
            case NAME_TAKEN ->
                who + (one ? " receives" : " receive") + " no mail: another object with the same name comes first.";
            case NO_SMTP_AGENT ->
                who + (one ? " receives" : " receive") + " no mail: no enabled SMTP Agent accepts it.";
            case LEADS_NOWHERE -> "Mail to " + who + " bounces: no recipient exists.";
            case NO_MEMBERS -> "Mail to " + who + " bounces: no member receives mail.";
            case DANGEROUS_NAME ->
                who + (one ? " has a name" : " have names")
                        + " that addresses or folders cannot hold, or that can be mistaken for another name.";
            case RESERVED_NAME ->
                who + (one ? " has a name" : " have names")
                        + " that RFC 2142 reserves for a role; turn on Reserved Name, or use another name.";
            case MISSING_MEMBERS -> who + (one ? " names" : " name") + " members that do not exist.";
        };
    }

    private static String names(AccessProblem problem) {
        int more = problem.number() - problem.some().size();
        Map<Kind, String> kinds =
                Map.of(Kind.GROUP, "group", Kind.ORGANIZATIONAL_ROLE, "role", Kind.ALIAS, "alias", Kind.USER, "user");
        String kind = kinds.getOrDefault(problem.kind(), "object");
        String plural = problem.number() == 1 ? kind : kind.equals("alias") ? "aliases" : kind + "s";
        return "%,d %s (%s%s)"
                .formatted(
                        problem.number(),
                        plural,
                        String.join(
                                ", ", problem.some().stream().map(Place::leaf).toList()),
                        more > 0 ? ", and %,d more".formatted(more) : "");
    }
}
