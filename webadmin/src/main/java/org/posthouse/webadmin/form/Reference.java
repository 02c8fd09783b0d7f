package org.posthouse.webadmin.form;

import java.util.EnumSet;
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

    /** The kinds of object this option may name; empty when it names none. */
    public static Set<Kind> kinds(OptionFacts option) {
        if (option.type() != Place.class) {
            return EnumSet.noneOf(Kind.class);
        }
        return switch (option.attribute()) {
            case "posthouseHost" -> EnumSet.of(Kind.HOST_SERVER);
            case "posthousePostmaster", "member" -> EnumSet.of(Kind.USER);
            case "posthouseConnMgr" -> EnumSet.of(Kind.MESSAGING_SERVER);
            case "posthouseContext" -> EnumSet.of(Kind.ORGANIZATION, Kind.ORGANIZATIONAL_UNIT);
            // An alias names the object itself and no other alias, so that none made here leads in a circle.
            case "aliasedObjectName" ->
                EnumSet.of(
                        Kind.USER,
                        Kind.GROUP,
                        Kind.ORGANIZATIONAL_ROLE,
                        Kind.RESOURCE,
                        Kind.MESSAGING_SERVER,
                        Kind.MAILING_LIST,
                        Kind.DIRECTORY_LIST,
                        Kind.PARENT_OBJECT,
                        Kind.TEMPLATE);
            default -> EnumSet.allOf(Kind.class);
        };
    }

    /** Why this text cannot be what the option names, as a phrase after its value; empty when it can. */
    static Optional<String> problem(Directory directory, OptionFacts option, String text) {
        return problem(directory.read(Place.of(text)), option);
    }

    /** The same of the object that is named, where it is known already. */
    public static Optional<String> problem(Optional<Entry> named, OptionFacts option) {
        Set<Kind> allowed = kinds(option);
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
