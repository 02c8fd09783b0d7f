package org.posthouse.schema.option;

import java.util.List;
import java.util.stream.Collectors;

/** Values that may not be saved or obeyed, with every problem at once. */
public final class Refused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    /** Takes all problems; at least one. */
    public Refused(List<Problem> problems) {
        super(problems.stream()
                .map(problem -> (problem.option() + " " + problem.value() + " " + problem.reason()).strip())
                .collect(Collectors.joining("; ")));
        this.problems = List.copyOf(problems);
    }

    /** Every problem found. */
    public List<Problem> problems() {
        return problems;
    }
}
