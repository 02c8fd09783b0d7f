package org.posthouse.webadmin.file;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.posthouse.schema.directory.Directory;
import org.posthouse.schema.directory.Directory.Query;
import org.posthouse.schema.tree.Entry;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.tree.Tree;
import org.posthouse.schema.value.Place;
import org.posthouse.webadmin.form.ObjectNames;

/** The tree as it stands: all but the users is read at once, users are read when they are asked for. */
final class Present {

    private final Directory directory;
    private final ObjectNames names;
    private final Map<Place, Entry> entries = new HashMap<>();
    private final Map<Place, List<Entry>> contents = new HashMap<>();

    Present(Directory directory) {
        this.directory = directory;
        this.names = new ObjectNames(directory);
        directory.within(directory.root(), Export.kinds()).forEach(entry -> {
            entries.put(entry.place(), entry);
            entry.place()
                    .parent()
                    .ifPresent(above -> contents.computeIfAbsent(above, any -> new ArrayList<>())
                            .add(entry));
        });
    }

    Directory directory() {
        return directory;
    }

    /** The object at a place. */
    Optional<Entry> at(Place place) {
        Entry known = entries.get(place);
        return known != null || !place.isWithin(directory.root()) ? Optional.ofNullable(known) : directory.read(place);
    }

    /** The configuration in it. */
    Tree tree() {
        return Tree.of(entries.values());
    }

    /** What stands directly in a place, but for users. */
    List<Entry> in(Place place) {
        return contents.getOrDefault(place, List.of());
    }

    /** The users that stand directly in a place. */
    List<Entry> users(Place place) {
        var users = new ArrayList<Entry>();
        new Standing(directory).users(place, users::add);
        return users;
    }

    /** Whether any user stands in a place or below it. */
    boolean hasUsers(Place place) {
        boolean here = !directory
                .children(place, new Query("", EnumSet.of(Kind.USER), 1, ""))
                .entries()
                .isEmpty();
        return here || in(place).stream().anyMatch(each -> hasUsers(each.place()));
    }

    /** Takes the names of objects in place of distinguished names. */
    ObjectNames names() {
        return names;
    }
}
