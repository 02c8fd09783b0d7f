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

/** Creates the Host Server object by which the engine of a machine finds its messaging servers. */
public final class HostCreation implements Creation {

    private static final String NAME = "hostName";

    private final Directory directory;
    private final Place container;

    HostCreation(Directory directory, Place container) {
        this.directory = directory;
        this.container = container;
    }

    @Override
    public List<Step> steps() {
        return List.of(Step.of(Ask.text(NAME)));
    }

    @Override
    public Optional<Place> place(Answers answers) {
        String name = answers.text(NAME);
        return name.isEmpty() ? Optional.empty() : Optional.of(container.child(Kind.HOST_SERVER.naming(), name));
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
        return directory.create(new NewObject(place(answers).orElseThrow(), Kind.HOST_SERVER, Map.of()));
    }
}
