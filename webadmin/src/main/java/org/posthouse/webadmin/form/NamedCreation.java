package org.posthouse.webadmin.form;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.posthouse.schema.directory.Directory;
import org.posthouse.schema.directory.NewObject;
import org.posthouse.schema.option.Problem;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.value.Place;

/** Creates what has a name and little else: an Organization, an Organizational Unit or a Host Server. */
public final class NamedCreation implements Creation {

    private static final String DESCRIPTION = "containerDescription";

    private final Directory directory;
    private final Place container;
    private final Kind kind;

    NamedCreation(Directory directory, Place container, Kind kind) {
        this.directory = directory;
        this.container = container;
        this.kind = kind;
    }

    @Override
    public List<Step> steps() {
        return List.of(
                isHost()
                        ? Step.of(Ask.text(name()))
                        : new Step(name(), List.of(Ask.text(name()), Ask.maybe(DESCRIPTION))));
    }

    private boolean isHost() {
        return kind == Kind.HOST_SERVER;
    }

    private String name() {
        return isHost() ? "hostName" : "containerName";
    }

    @Override
    public Optional<Place> place(Answers answers) {
        String name = answers.text(name());
        return name.isEmpty() ? Optional.empty() : Optional.of(container.child(kind.naming(), name));
    }

    @Override
    public List<Problem> problems(Answers answers) {
        return Creation.nameProblems(directory, name(), answers.text(name()), place(answers));
    }

    @Override
    public List<NewObject> objects(Answers answers) {
        String description = answers.text(DESCRIPTION);
        Map<String, List<String>> attributes =
                description.isEmpty() ? Map.of() : Map.of("description", List.of(description));
        return List.of(new NewObject(place(answers).orElseThrow(), kind, attributes));
    }
}
