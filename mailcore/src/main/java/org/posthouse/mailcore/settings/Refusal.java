package org.posthouse.mailcore.settings;

import java.util.List;
import java.util.stream.Collectors;
import org.posthouse.schema.option.Problem;
import org.posthouse.schema.value.Place;

/**
 * Why the newest state of a messaging server and its agents is not obeyed.
 *
 * @param server the messaging server
 * @param flaws what is wrong, object by object
 */
public record Refusal(Place server, List<Flaw> flaws) {

    /**
     * What is wrong with one object.
     *
     * @param place the server or one of its agents
     * @param problem option, value and reason
     */
    public record Flaw(Place place, Problem problem) {

        @Override
        public String toString() {
            String what = problem.option().isEmpty() ? "" : " " + problem.option();
            String value = problem.value().isEmpty() ? "" : " \"" + problem.value() + "\"";
            return place.leaf() + ":" + what + value + " " + problem.reason();
        }
    }

    /** All of it in one line for an administrator. */
    public String reason() {
        return flaws.stream().map(Flaw::toString).distinct().collect(Collectors.joining("; "));
    }

    /** What is wrong with one object of the branch; "" when nothing is. */
    public String of(Place place) {
        return flaws.stream()
                .filter(flaw -> flaw.place().equals(place))
                .map(Flaw::toString)
                .distinct()
                .collect(Collectors.joining("; "));
    }
}
