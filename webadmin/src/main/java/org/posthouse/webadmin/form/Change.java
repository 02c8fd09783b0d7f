package org.posthouse.webadmin.form;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.posthouse.schema.option.OptionFacts;

/**
 * What a draft would change in one option.
 *
 * @param option which option
 * @param before its texts as they stand, the fallback where the attribute is absent
 * @param after its texts as wanted
 * @param added values of a list that come new
 * @param removed values of a list that go
 */
public record Change(
        OptionFacts option, List<String> before, List<String> after, List<String> added, List<String> removed) {

    /** What changes between two sets of texts; spelling, and the order of a list, do not count. */
    public static Change between(OptionFacts option, List<String> before, List<String> after) {
        return new Change(option, before, after, without(option, after, before), without(option, before, after));
    }

    /** Whether anything differs. */
    public boolean isReal() {
        return !added.isEmpty() || !removed.isEmpty();
    }

    private static List<String> without(OptionFacts option, List<String> from, List<String> those) {
        Set<Object> known = those.stream().map(text -> Meaning.of(option, text)).collect(Collectors.toSet());
        return from.stream()
                .filter(text -> !known.contains(Meaning.of(option, text)))
                .toList();
    }
}
