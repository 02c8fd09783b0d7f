package org.posthouse.webadmin.form;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.posthouse.schema.directory.Directory;
import org.posthouse.schema.directory.NewObject;
import org.posthouse.schema.option.OptionFacts;
import org.posthouse.schema.option.Problem;
import org.posthouse.schema.panel.AliasTarget;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.value.Place;

/** Creates an alias: a name in this container for an object that stands elsewhere. */
public final class AliasCreation implements Creation {

    private static final String NAME = "aliasName";
    private static final OptionFacts TARGET =
            Kind.catalogue().panel(AliasTarget.class).option("target").orElseThrow();

    private final Directory directory;
    private final Place container;

    AliasCreation(Directory directory, Place container) {
        this.directory = directory;
        this.container = container;
    }

    @Override
    public List<Step> steps() {
        return List.of(new Step("aliasName", List.of(Ask.text(NAME), Ask.of(TARGET, ""))));
    }

    @Override
    public Optional<Place> place(Answers answers) {
        String name = answers.text(NAME);
        return name.isEmpty() ? Optional.empty() : Optional.of(container.child(Kind.ALIAS.naming(), name));
    }

    @Override
    public List<Problem> problems(Answers answers) {
        var problems = new ArrayList<>(Creation.nameProblems(directory, NAME, answers.text(NAME), place(answers)));
        problems.addAll(target(answers.text(TARGET.name())));
        return problems;
    }

    private List<Problem> target(String text) {
        List<Problem> malformed = Kind.catalogue().panel(AliasTarget.class).problems(TARGET.name(), List.of(text));
        return malformed.isEmpty()
                ? Reference.problem(directory, TARGET, text)
                        .map(reason -> new Problem(TARGET.name(), text, reason))
                        .stream()
                        .toList()
                : malformed;
    }

    @Override
    public List<Problem> warnings(Answers answers) {
        boolean served = directory.configuration().stream()
                .filter(entry -> entry.kind() == Kind.MESSAGING_SERVER)
                .flatMap(server -> server.values("posthouseContext").stream())
                .anyMatch(context -> Place.of(context).equals(container));
        boolean ofUser = target(answers.text(TARGET.name())).isEmpty()
                && directory.read(Place.of(answers.text(TARGET.name()))).stream()
                        .anyMatch(entry -> entry.kind() == Kind.USER);
        return ofUser && !served ? List.of(new Problem(TARGET.name(), "", "aliasUnserved")) : List.of();
    }

    @Override
    public List<NewObject> objects(Answers answers) {
        return List.of(new NewObject(
                place(answers).orElseThrow(),
                Kind.ALIAS,
                Map.of(
                        TARGET.attribute(),
                        List.of(Place.of(answers.text(TARGET.name())).toString()))));
    }
}
