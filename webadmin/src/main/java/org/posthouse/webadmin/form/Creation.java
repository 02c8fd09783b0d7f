package org.posthouse.webadmin.form;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.posthouse.schema.directory.Directory;
import org.posthouse.schema.directory.DirectoryException.Misplaced;
import org.posthouse.schema.directory.DirectoryException.Missing;
import org.posthouse.schema.directory.NewObject;
import org.posthouse.schema.option.Problem;
import org.posthouse.schema.tree.Entry;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.value.Place;
import org.posthouse.schema.value.PlainText;

/** What a wizard asks for, which answers it takes, and what it then creates. */
public sealed interface Creation permits ServerCreation, AgentCreation, UserCreation, AliasCreation, NamedCreation {

    /** The steps in their order; none when there is nothing to ask. */
    List<Step> steps();

    /** Where the object will stand, given the answers; empty while its name is missing. */
    Optional<Place> place(Answers answers);

    /** What is wrong with the answers; empty when they can be carried out. */
    List<Problem> problems(Answers answers);

    /** What is worth knowing about the answers without being wrong. */
    default List<Problem> warnings(Answers answers) {
        return List.of();
    }

    /** The objects that would come of answers with which nothing is wrong; first the one that the wizard is about. */
    List<NewObject> objects(Answers answers);

    /** Values that the container gets along with it, by attribute: all of them, not only those that are new. */
    default Map<String, List<String>> held(Answers answers) {
        return Map.of();
    }

    /** The creation of an object of this kind in a container. Throws Missing or Misplaced when it cannot stand there. */
    static Creation of(Directory directory, Place container, Kind kind) {
        return of(directory, container, kind, Optional.empty());
    }

    /** The same for a user who creates it, and is proposed as the postmaster of a server. */
    static Creation of(Directory directory, Place container, Kind kind, Optional<Place> creator) {
        Entry in = directory.read(container).orElseThrow(() -> new Missing(container));
        if (!in.kind().offers().contains(kind)) {
            throw new Misplaced(kind, in.kind());
        }
        return switch (kind) {
            case MESSAGING_SERVER -> new ServerCreation(directory, container, creator);
            case USER -> new UserCreation(directory, container);
            case ALIAS -> new AliasCreation(directory, container);
            case ORGANIZATION, ORGANIZATIONAL_UNIT, HOST_SERVER -> new NamedCreation(directory, container, kind);
            default -> new AgentCreation(directory, in, kind);
        };
    }

    /** What is wrong with a new object's name. */
    static List<Problem> nameProblems(Directory directory, String option, String name, Optional<Place> place) {
        var problems = new ArrayList<Problem>();
        if (name.isEmpty()) {
            problems.add(new Problem(option, name, "is required"));
        } else if (name.length() > 64) {
            problems.add(new Problem(option, name, "must have at most 64 characters"));
        } else if (!PlainText.isName(name)) {
            problems.add(new Problem(option, name, PlainText.REASON));
        } else if (place.flatMap(directory::read).isPresent()) {
            problems.add(new Problem(option, name, "is taken: an object of this name already exists here"));
        }
        return problems;
    }
}
