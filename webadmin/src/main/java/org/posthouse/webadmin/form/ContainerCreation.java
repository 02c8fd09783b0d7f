package org.posthouse.webadmin.form;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.posthouse.schema.directory.Directory;
import org.posthouse.schema.directory.NewObject;
import org.posthouse.schema.option.Problem;
import org.posthouse.schema.option.Refused;
import org.posthouse.schema.tree.Entry;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.value.Place;

/** Creates an Organization or an Organizational Unit. */
public final class ContainerCreation implements Creation {

    private static final String NAME = "containerName";

    private final Directory directory;
    private final Place container;
    private final Kind kind;

    ContainerCreation(Directory directory, Place container, Kind kind) {
        this.directory = directory;
        this.container = container;
        this.kind = kind;
    }

    @Override
    public List<Step> steps() {
        return List.of(new Step(NAME, List.of(Ask.text(NAME), Ask.maybe("containerDescription"))));
    }

    @Override
    public Optional<Place> place(Answers answers) {
        String name = answers.text(NAME);
        return name.isEmpty() ? Optional.empty() : Optional.of(container.child(kind.naming(), name));
    }

    @Override
    public List<Problem> problems(Answers answers) {
        return Creation.nameProblems(directory, NAME, answers.text(NAME), place(answers));
    }

    @Override
    public Entry run(Answers answers) {
        List<Problem> problems = problems(answers);
        if (!problems.isEmpty()) {
            throw new Refused(problems);
        }
        String description = answers.text("containerDescription");
        Map<String, List<String>> attributes =
                description.isEmpty() ? Map.of() : Map.of("description", List.of(description));
        return directory.create(new NewObject(place(answers).orElseThrow(), kind, attributes));
    }
}
