package org.posthouse.webadmin.form;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.posthouse.schema.option.OptionFacts;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.value.Place;

/**
 * One thing a wizard asks for.
 *
 * @param name its name in answers, problems and bundles
 * @param manner how it is answered
 * @param kinds for a place: what may be picked
 * @param proposal the answer to begin with
 * @param optional whether it may stay empty
 * @param option the option it becomes; empty when it is none
 */
public record Ask(
        String name, Manner manner, Set<Kind> kinds, String proposal, boolean optional, Optional<OptionFacts> option) {

    private static final int NAME_LIMIT = 64;

    /** How an answer is given. */
    public enum Manner {
        TEXT,
        PASSWORD,
        PLACE,
        SWITCH
    }

    /** A text that is needed. */
    static Ask text(String name) {
        return new Ask(name, Manner.TEXT, EnumSet.noneOf(Kind.class), "", false, Optional.empty());
    }

    /** A text that is needed, with a proposal. */
    static Ask text(String name, String proposal) {
        return new Ask(name, Manner.TEXT, EnumSet.noneOf(Kind.class), proposal, false, Optional.empty());
    }

    /** A password that is needed. */
    static Ask password(String name) {
        return new Ask(name, Manner.PASSWORD, EnumSet.noneOf(Kind.class), "", false, Optional.empty());
    }

    /** A text that may stay empty. */
    static Ask maybe(String name) {
        return new Ask(name, Manner.TEXT, EnumSet.noneOf(Kind.class), "", true, Optional.empty());
    }

    /** A switch that is off to begin with. */
    static Ask choice(String name) {
        return new Ask(name, Manner.SWITCH, EnumSet.noneOf(Kind.class), "FALSE", true, Optional.empty());
    }

    /** The most characters that the answer may have; 0 where that is not limited to a name's length. */
    public int limit() {
        return manner == Manner.TEXT && option.isEmpty() && !name.endsWith("Description") ? NAME_LIMIT : 0;
    }

    /** What an option of the catalogue asks for. */
    static Ask of(OptionFacts option, String proposal) {
        Manner manner = option.type() == Place.class
                ? Manner.PLACE
                : option.type() == boolean.class ? Manner.SWITCH : Manner.TEXT;
        return new Ask(
                option.name(), manner, Kind.accepted(option), proposal, !option.mandatory(), Optional.of(option));
    }
}
