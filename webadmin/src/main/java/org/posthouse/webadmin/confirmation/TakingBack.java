package org.posthouse.webadmin.confirmation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.posthouse.schema.directory.Directory;
import org.posthouse.schema.directory.DirectoryException.Conflict;
import org.posthouse.schema.tree.Entry;
import org.posthouse.schema.tree.Kind;

/** Puts back what stood before a change, and nothing of what others saved since. */
final class TakingBack {

    private static final int ATTEMPTS = 5;

    private TakingBack() {}

    /** Returns the options that somebody else has changed since, which therefore stay. Throws a DirectoryException. */
    static List<String> run(Directory directory, Pending pending) {
        if (pending.isDeletion()) {
            if (directory.read(pending.object()).isEmpty()) {
                directory.createAll(pending.removed());
            }
            return List.of();
        }
        for (int attempt = 1; ; attempt++) {
            Optional<Entry> now = directory.read(pending.object());
            if (now.isEmpty()) {
                return List.of();
            }
            try {
                return putBack(directory, now.get(), pending);
            } catch (Conflict faster) {
                if (attempt == ATTEMPTS) {
                    throw faster;
                }
            }
        }
    }

    private static List<String> putBack(Directory directory, Entry now, Pending pending) {
        var stands = new LinkedHashMap<String, List<String>>();
        var wanted = new LinkedHashMap<String, List<String>>();
        var left = new ArrayList<String>();
        for (Pending.Part part : pending.parts()) {
            List<String> values = now.values(part.attribute());
            if (part.multiple() || same(part, values, part.after())) {
                stands.put(part.attribute(), values);
                wanted.put(part.attribute(), part.multiple() ? without(part, values) : part.before());
            } else if (!same(part, values, part.before())) {
                left.add(part.option());
            }
        }
        if (!stands.equals(wanted)) {
            directory.save(now.place(), stands, wanted, now.revision());
        }
        return left;
    }

    // A default may stand there or be absent: it is the same.
    static boolean same(Pending.Part part, List<String> one, List<String> other) {
        List<String> first = or(part, one);
        List<String> second = or(part, other);
        return part.multiple() ? holdsAll(first, second) && holdsAll(second, first) : first.equals(second);
    }

    private static List<String> or(Pending.Part part, List<String> values) {
        return values.isEmpty() ? FALLBACKS.getOrDefault(part.attribute(), List.of()) : values;
    }

    private static final Map<String, List<String>> FALLBACKS = fallbacks();

    private static Map<String, List<String>> fallbacks() {
        var all = new LinkedHashMap<String, List<String>>();
        Kind.catalogue().options().forEach(option -> all.put(option.attribute(), option.fallbackTexts()));
        return Map.copyOf(all);
    }

    // What the change took away comes back, what it brought goes; what others added or took away stays so.
    private static List<String> without(Pending.Part part, List<String> values) {
        var result = new ArrayList<String>(values);
        result.removeIf(value -> holds(part.after(), value) && !holds(part.before(), value));
        part.before().stream()
                .filter(value -> !holds(part.after(), value) && !holds(result, value))
                .forEach(result::add);
        return result;
    }

    /** Whether each of some values is among others; case does not count, as in the directory. */
    static boolean holdsAll(List<String> values, List<String> these) {
        return these.stream().allMatch(value -> holds(values, value));
    }

    private static boolean holds(List<String> values, String value) {
        return values.stream().anyMatch(value::equalsIgnoreCase);
    }
}
