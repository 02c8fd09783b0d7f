package org.posthouse.webadmin.page;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.posthouse.schema.address.AccessProblem;
import org.posthouse.schema.tree.Entry;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.value.Place;
import org.posthouse.webadmin.login.Visitor;
import org.posthouse.webadmin.people.MailAccess;
import org.posthouse.webadmin.words.Words;

/** People without mail and addresses that lead nowhere, on the page of each object concerned. */
@Named
@RequestScoped
public class MailAccessPage {

    private static final Set<Kind> PEOPLE = EnumSet.of(Kind.USER, Kind.GROUP, Kind.ORGANIZATIONAL_ROLE, Kind.ALIAS);

    @Inject
    private Visitor visitor;

    @Inject
    private MailAccess access;

    @Inject
    private Banner banner;

    @Inject
    private Words words;

    private MailAccess.@Nullable State state;

    private MailAccess.State state() {
        MailAccess.State known = state;
        if (known == null) {
            known = banner.during(() -> access.state(visitor.directory()), new MailAccess.State(List.of(), List.of()));
            state = known;
        }
        return known;
    }

    /** A problem as a sentence. */
    String text(AccessProblem problem) {
        List<String> some = problem.some().stream().map(Place::leaf).toList();
        int more = problem.number() - some.size();
        String names = String.join(", ", some);
        String who = words.of(
                "plan.people." + problem.kind(),
                problem.number(),
                more > 0 ? words.of("plan.people.more", names, more) : names);
        return words.of(
                "access." + problem.reason(),
                who,
                problem.number(),
                problem.container().leaf());
    }

    /** What is to be said on the page of an object: of a person its own trouble, of a container that of its people. */
    public List<String> notices(Entry entry) {
        if (PEOPLE.contains(entry.kind())) {
            return banner.during(
                    () -> access.reason(visitor.directory(), entry.place()).stream()
                            .map(reason -> text(new AccessProblem(
                                    reason,
                                    entry.kind(),
                                    entry.place().parent().orElse(entry.place()),
                                    1,
                                    List.of(entry.place()))))
                            .toList(),
                    List.of());
        }
        return entry.kind() == Kind.ORGANIZATION || entry.kind() == Kind.ORGANIZATIONAL_UNIT
                ? state().problems().stream()
                        .filter(problem -> problem.container().equals(entry.place()))
                        .map(this::text)
                        .toList()
                : List.of();
    }
}
