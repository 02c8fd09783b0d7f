package org.posthouse.webadmin.form;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.posthouse.schema.directory.Directory;
import org.posthouse.schema.option.OptionFacts;
import org.posthouse.schema.option.Problem;
import org.posthouse.schema.tree.Entry;
import org.posthouse.schema.tree.Kind;

/**
 * Takes the name of an object, such as {@code vm}, where its distinguished name is wanted, as long as only one object that
 * may be named has it. Asks the directory for each text that is no distinguished name.
 */
public final class ObjectNames {

    // Names that only contain the text come back as well.
    private static final int LOOKED_AT = 200;
    private static final int CANDIDATES = 5;

    private final Directory directory;

    /** Looks names up in this directory. */
    public ObjectNames(Directory directory) {
        this.directory = directory;
    }

    /** The distinguished name of the one object of these kinds with this name; the text itself where it is none. */
    public String resolved(Set<Kind> kinds, String text) {
        List<Entry> named = named(kinds, text);
        return named.size() == 1 ? named.getFirst().place().toString() : text;
    }

    /** The same for the values of an option; those of an option that names no objects stay as they are. */
    public List<String> resolved(OptionFacts option, List<String> texts) {
        Set<Kind> kinds = Kind.accepted(option);
        return kinds.isEmpty()
                ? texts
                : texts.stream().map(text -> resolved(kinds, text)).toList();
    }

    /** Why a text names no object, as a phrase after it; empty for a distinguished name, or when it names one. */
    public Optional<String> problem(Set<Kind> kinds, String text) {
        if (!isName(kinds, text)) {
            return Optional.empty();
        }
        return switch (named(kinds, text).size()) {
            case 0 -> Optional.of("does not exist");
            case 1 -> Optional.empty();
            default ->
                Optional.of("is the name of several objects; enter the distinguished name of the one you mean: "
                        + candidates(named(kinds, text)));
        };
    }

    // Of very many a few show what is meant.
    private static String candidates(List<Entry> named) {
        String few = named.stream()
                .limit(CANDIDATES)
                .map(entry -> entry.place().toString())
                .collect(Collectors.joining("; "));
        return named.size() > CANDIDATES ? few + "; ..." : few;
    }

    /** What is wrong with the texts of an option that names objects; none for distinguished names and names of one object. */
    public List<Problem> problems(OptionFacts option, List<String> texts) {
        Set<Kind> kinds = Kind.accepted(option);
        return texts.stream()
                .flatMap(text ->
                        problem(kinds, text).stream().map(reason -> new Problem(option.name(), text.strip(), reason)))
                .toList();
    }

    private List<Entry> named(Set<Kind> kinds, String text) {
        return isName(kinds, text)
                ? directory.find(text.strip(), kinds, LOOKED_AT).stream()
                        .filter(entry -> entry.name().equalsIgnoreCase(text.strip()))
                        .toList()
                : List.of();
    }

    private static boolean isName(Set<Kind> kinds, String text) {
        return !kinds.isEmpty() && !text.isBlank() && !text.contains("=");
    }
}
