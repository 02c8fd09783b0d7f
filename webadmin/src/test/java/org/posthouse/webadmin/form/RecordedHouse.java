package org.posthouse.webadmin.form;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.posthouse.schema.directory.Directory;
import org.posthouse.schema.tree.Entry;
import org.posthouse.schema.value.Place;
import org.posthouse.webadmin.history.Author;
import org.posthouse.webadmin.history.History;

/** A house with a history, in which everything is written down that its administrator does. */
public final class RecordedHouse implements AutoCloseable {

    public final House house = new House();
    public final History history;
    public final Directory directory;

    /** With the history in this folder, and changes that come this way. */
    public RecordedHouse(Path home, Author.By by) throws IOException {
        history = History.open(home, Clock.systemUTC(), () -> Optional.of("secret"));
        directory = through(new Author(house.admin.toString(), "127.0.0.1", by));
    }

    /** Its directory for another author. */
    public Directory through(Author author) {
        return house.directory.observed(history.scribe(author));
    }

    /** Sets an attribute of an object; no values remove it. */
    public void save(Place place, String attribute, String... values) {
        Entry entry = house.read(place);
        directory.save(
                place,
                Map.of(attribute, entry.values(attribute)),
                Map.of(attribute, List.of(values)),
                entry.revision());
    }

    @Override
    public void close() throws IOException {
        history.close();
        house.close();
    }
}
