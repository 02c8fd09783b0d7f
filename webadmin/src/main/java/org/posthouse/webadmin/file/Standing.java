package org.posthouse.webadmin.file;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.posthouse.schema.directory.Directory;
import org.posthouse.schema.directory.Directory.Page;
import org.posthouse.schema.directory.Directory.Query;
import org.posthouse.schema.tree.Entry;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.value.Place;

/**
 * The tree as it stands in the directory now.
 *
 * @param directory the directory
 */
public record Standing(Directory directory) implements Source {

    private static final int PAGE = 500;

    @Override
    public Place root() {
        return directory.root();
    }

    @Override
    public Optional<Entry> read(Place place) {
        return directory.read(place);
    }

    @Override
    public List<Entry> within(Place place, Set<Kind> kinds) {
        return directory.within(place, kinds);
    }

    // Page by page, so that a place with any number of users passes through little memory.
    @Override
    public void users(Place home, Consumer<Entry> to) {
        var query = new Query("", EnumSet.of(Kind.USER), PAGE, "");
        Page page;
        do {
            page = directory.children(home, query);
            page.entries().stream().filter(user -> user.kind() == Kind.USER).forEach(to);
            query = query.next(page.next());
        } while (!page.next().isEmpty());
    }

    @Override
    public List<String> remarks() {
        return List.of();
    }
}
