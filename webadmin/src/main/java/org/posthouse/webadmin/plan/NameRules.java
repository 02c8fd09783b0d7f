package org.posthouse.webadmin.plan;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.posthouse.schema.option.Problem;
import org.posthouse.schema.panel.SmtpIdentification;
import org.posthouse.schema.panel.UserInternetMail;
import org.posthouse.schema.tree.Entry;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.tree.Tree;
import org.posthouse.schema.value.DomainName;
import org.posthouse.schema.value.LoginName;
import org.posthouse.schema.value.NameProblem;
import org.posthouse.schema.value.Place;

/**
 * What speaks against the name of a new object that takes part in mail: names that nobody should have, reserved names,
 * and another spelling of a name that the container has already. The same for every way in.
 *
 * @param tree the tree as it would be, for its Hosting Domains
 * @param read an object as it would be
 */
public record NameRules(Tree tree, Function<Place, Optional<Entry>> read) {

    // All that an address can lead to is looked up under one name.
    private static final Set<Kind> ADDRESSED = Set.of(Kind.USER, Kind.ALIAS, Kind.GROUP, Kind.ORGANIZATIONAL_ROLE);

    /** All problems of a new object's name, with the option "name". */
    public List<Problem> problems(Entry made) {
        if (!ADDRESSED.contains(made.kind())) {
            return List.of();
        }
        return Stream.of(name(made), twin(made))
                .flatMap(Optional::stream)
                .map(reason -> new Problem("name", made.name(), reason))
                .toList();
    }

    private Optional<String> name(Entry made) {
        Optional<NameProblem> problem = NameProblem.of(made.name(), hostingDomains());
        return switch (made.kind()) {
            case USER ->
                problem.filter(found -> !found.reserved() || !mayBeReserved(made))
                        .map(NameProblem::reason);
            // An alias or group is how a reserved address is usually served.
            case ALIAS -> problem.filter(found -> !found.reserved()).map(NameProblem::reason);
            default -> Optional.empty();
        };
    }

    private static boolean mayBeReserved(Entry user) {
        return user.values(Kind.catalogue()
                        .panel(UserInternetMail.class)
                        .option("reservedName")
                        .orElseThrow()
                        .attribute())
                .contains("TRUE");
    }

    private Set<DomainName> hostingDomains() {
        var domains = new LinkedHashSet<DomainName>();
        tree.servers().stream()
                .flatMap(server -> server.agent(Kind.SMTP_AGENT).stream())
                .forEach(agent ->
                        domains.addAll(agent.page(SmtpIdentification.class).hostingDomains()));
        return domains;
    }

    private Optional<String> twin(Entry made) {
        Optional<Place> container = made.place().parent();
        return LoginName.spellings(made.name()).stream()
                .flatMap(spelling -> container.map(in -> in.child("cn", spelling)).stream())
                .filter(place -> !place.equals(made.place()))
                .flatMap(place -> read.apply(place).stream())
                .findFirst()
                .map(twin -> "is another spelling of " + twin.name() + ", which exists already");
    }
}
