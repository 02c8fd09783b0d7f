package org.posthouse.webadmin.page;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.posthouse.schema.directory.Directory;
import org.posthouse.schema.option.OptionFacts;
import org.posthouse.schema.tree.Entry;
import org.posthouse.schema.tree.Kind;
import org.posthouse.webadmin.login.Visitor;

/** The objects that the text typed so far can name, for every field that names an object. */
@Named
@RequestScoped
public class Completion {

    private static final int MATCHES = 20;

    /**
     * An object that can be picked.
     *
     * @param typed what picking it types: its name when no other object offered has it, else its distinguished name
     * @param label its name and where it is
     */
    public record Match(String typed, String label) {}

    private record Question(Set<Kind> kinds, String text) {}

    @Inject
    private Visitor visitor;

    @Inject
    private Banner banner;

    private final Map<Question, List<Match>> answers = new HashMap<>();

    /** The first objects of these kinds whose name contains the text; none while the directory is unavailable. */
    public List<Match> of(Set<Kind> kinds, String text) {
        // Who has a distinguished name is done.
        return kinds.isEmpty() || text.contains("=")
                ? List.of()
                : answers.computeIfAbsent(new Question(kinds, text.strip()), this::find);
    }

    /** The same for the field of an option. */
    public List<Match> of(OptionFacts option, String text) {
        return of(Kind.accepted(option), text);
    }

    /** The same for users. */
    public List<Match> users(String text) {
        return of(Set.of(Kind.USER), text);
    }

    private List<Match> find(Question question) {
        List<Entry> found = banner.during(() -> found(question), List.of());
        return found.stream()
                .map(entry -> new Match(typed(found, entry), entry.name() + " – " + path(entry)))
                .toList();
    }

    // Names that begin with the text come before those that only contain it, and before first and last names.
    private List<Entry> found(Question question) {
        Directory directory = visitor.directory();
        var found = new LinkedHashSet<>(directory.beginning(question.text(), question.kinds(), MATCHES));
        if (found.size() < MATCHES && !question.text().isEmpty()) {
            found.addAll(directory.find(question.text(), question.kinds(), MATCHES));
        }
        return found.stream().limit(MATCHES).toList();
    }

    private static String typed(List<Entry> found, Entry match) {
        long named = found.stream()
                .filter(other -> other.name().equalsIgnoreCase(match.name()))
                .count();
        return named == 1 ? match.name() : match.place().toString();
    }

    private String path(Entry match) {
        return match.place()
                .parent()
                .map(above -> above.path(visitor.directory().root()))
                .orElse("");
    }
}
