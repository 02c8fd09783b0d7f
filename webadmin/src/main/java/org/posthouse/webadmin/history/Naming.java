package org.posthouse.webadmin.history;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.posthouse.schema.option.OptionFacts;
import org.posthouse.schema.tree.Kind;

/** Between the attributes that are written down and the options that people know. */
public final class Naming {

    private Naming() {}

    /** The option an attribute holds; that of the object's own kind where it is on several pages. */
    public static Optional<OptionFacts> option(Kind kind, String attribute) {
        return Stream.concat(
                        kind.panels().stream().flatMap(panel -> panel.options().stream()),
                        Kind.catalogue().options())
                .filter(option -> option.attribute().equalsIgnoreCase(attribute))
                .findFirst();
    }

    /** Whether an attribute says anything to people: object classes and the secret of the agents do not. */
    public static boolean isShown(String attribute) {
        return !attribute.equalsIgnoreCase("objectClass") && !attribute.equalsIgnoreCase("posthouseSystemSecret");
    }

    /** What people call an attribute: its option's label, else its own name. */
    public static String label(Kind kind, String attribute) {
        return option(kind, attribute).map(OptionFacts::label).orElse(attribute);
    }

    /** The attributes, in lower case, that a text means: an option's name or part of its label, or an attribute. */
    public static Set<String> attributes(String text) {
        String wanted = text.strip().toLowerCase(Locale.ROOT);
        if (wanted.isEmpty()) {
            return Set.of();
        }
        Set<String> meant = Kind.catalogue()
                .options()
                .filter(option -> option.name().equalsIgnoreCase(wanted)
                        || option.label().toLowerCase(Locale.ROOT).contains(wanted))
                .map(option -> option.attribute().toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
        return meant.isEmpty() ? Set.of(wanted) : meant;
    }
}
