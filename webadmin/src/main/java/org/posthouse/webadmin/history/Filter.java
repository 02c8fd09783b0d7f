package org.posthouse.webadmin.history;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Which changes are wanted; what is empty does not matter.
 *
 * @param object the distinguished name of an object
 * @param below whether those below it are meant as well
 * @param who part of the name of the author
 * @param attributes one of these attributes, in lower case
 * @param what what was done
 * @param by the way it came
 * @param from not before
 * @param to before
 * @param text anywhere in the change: names, values, authors
 */
public record Filter(
        String object,
        boolean below,
        String who,
        Set<String> attributes,
        Optional<Deed.What> what,
        Optional<Author.By> by,
        Optional<Instant> from,
        Optional<Instant> to,
        String text) {

    /** Every change. */
    public static final Filter ALL = new Filter(
            "", true, "", Set.of(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), "");

    /**
     * What an address or a command line asks for: object, below, who, option, act, by, from, to and text. A day as
     * "to" is meant to its end. Throws IllegalArgumentException for what is no moment, act or way.
     *
     * @param parameter the text of a parameter; "" where it is absent
     * @param day whose days are meant
     */
    public static Filter asked(UnaryOperator<String> parameter, ZoneId day) {
        String from = parameter.apply("from").strip();
        String to = parameter.apply("to").strip();
        return new Filter(
                parameter.apply("object").strip(),
                !parameter.apply("below").equals("false"),
                parameter.apply("who").strip(),
                Naming.attributes(parameter.apply("option")),
                constant(Deed.What.class, parameter.apply("act")),
                constant(Author.By.class, parameter.apply("by")),
                from.isEmpty() ? Optional.empty() : Optional.of(Moment.start(from, day)),
                to.isEmpty() ? Optional.empty() : Optional.of(Moment.time(to, day)),
                parameter.apply("text"));
    }

    private static <E extends Enum<E>> Optional<E> constant(Class<E> type, String text) {
        if (text.isBlank()) {
            return Optional.empty();
        }
        List<E> all = List.of(type.getEnumConstants());
        return Optional.of(all.stream()
                .filter(each -> each.name().equalsIgnoreCase(text.strip()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "\"" + text + "\" is not one of " + all.toString().toLowerCase(Locale.ROOT))));
    }

    /** Every change of an object and of those below it. */
    public static Filter of(String object) {
        return new Filter(
                object, true, "", Set.of(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), "");
    }
}
