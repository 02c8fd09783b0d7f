package org.posthouse.webadmin.form;

import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.posthouse.schema.directory.Directory;
import org.posthouse.schema.option.OptionFacts;
import org.posthouse.schema.tree.Entry;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.value.Place;

/** Options that name another object: which kinds they may name, and whether the named object is there. */
public final class Reference {

    // More kinds than these are no help in a sentence.
    private static final int FEW = 3;

    private Reference() {}

    /** Why this text cannot be what the option names, as a phrase after its value; empty when it can. */
    static Optional<String> problem(Directory directory, OptionFacts option, String text) {
        return problem(directory.read(Place.of(text)), option);
    }

    /** The same of the object that is named, where it is known already. */
    public static Optional<String> problem(Optional<Entry> named, OptionFacts option) {
        Set<Kind> allowed = Kind.accepted(option);
        if (named.isEmpty()) {
            return Optional.of("does not exist");
        }
        Kind kind = named.get().kind();
        return allowed.contains(kind)
                ? Optional.empty()
                : Optional.of("is " + kind.labelWithArticle()
                        + (allowed.size() > FEW ? ", which cannot be selected here" : ", not " + labels(allowed)));
    }

    private static String labels(Set<Kind> kinds) {
        return kinds.stream().map(Kind::labelWithArticle).collect(Collectors.joining(" or "));
    }
}
