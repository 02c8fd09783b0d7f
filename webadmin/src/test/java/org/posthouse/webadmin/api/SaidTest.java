package org.posthouse.webadmin.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.posthouse.schema.directory.Directory;
import org.posthouse.schema.tree.Entry;
import org.posthouse.schema.value.Place;
import org.posthouse.webadmin.change.ChangeService;
import org.posthouse.webadmin.form.House;
import org.posthouse.webadmin.form.RecordedHouse;
import org.posthouse.webadmin.history.Author;
import org.posthouse.webadmin.history.Change;
import org.posthouse.webadmin.history.Filter;
import org.posthouse.webadmin.history.History;
import org.posthouse.webadmin.plan.Summary;
import org.posthouse.webadmin.undo.WayBack;

/** What was said beforehand of a change stands beside it in the history, whatever way it came. */
class SaidTest {

    @TempDir
    private Path home;

    private RecordedHouse recorded;
    private House house;
    private History history;
    private Directory directory;

    @BeforeEach
    void open() throws IOException {
        recorded = new RecordedHouse(home, Author.By.API);
        house = recorded.house;
        history = recorded.history;
        directory = recorded.directory;
    }

    @AfterEach
    void close() throws IOException {
        recorded.close();
    }

    private ChangeService changes() {
        return house.changes(directory, "test");
    }

    private Changing changing() {
        return new Changing(changes());
    }

    private static JsonObject json(String text) {
        try (var reader = Json.createReader(new StringReader(text.replace('\'', '"')))) {
            return reader.readObject();
        }
    }

    private Change newest() {
        try {
            return history.find(Filter.ALL, 0, 1).changes().getFirst();
        } catch (IOException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }

    private String said() {
        return newest().author().plan();
    }

    private void patch(Place place, String request) {
        Entry entry = house.read(place);
        changing().change(entry, entry.revision(), json(request));
    }

    @Test
    void aPatch() {
        patch(house.smtp, "{'options': {'port': 2525, 'allowVrfy': true}}");
        assertEquals("2 changes: 1 agent rebinds, 0 sessions affected", said());
    }

    @Test
    void aPassword() {
        patch(house.admin, "{'password': 'another long pass phrase'}");
        assertEquals(Summary.PASSWORD, said());
    }

    @Test
    void aPost() {
        Requests.post(
                changes(),
                json("{'kind': 'user', 'name': 'anna', 'parent': '" + house.users + "',"
                        + " 'options': {'lastName': 'A'}}"));
        assertTrue(
                said().replaceFirst(", 1 change", "").startsWith("1 object to create; no sessions are interrupted"),
                said());
    }

    @Test
    void aDeletion() {
        Place alias = Place.of("ou=old,o=Acme,dc=posthouse");
        Requests.post(
                changes(), json("{'kind': 'organizational unit', 'name': 'old', 'parent': 'o=Acme,dc=posthouse'}"));
        Entry entry = house.read(alias);
        changing().delete(entry, entry.revision(), "");
        assertEquals("1 object to delete; no sessions are interrupted", said());
    }

    @Test
    void anUndoAfterWhatItTakesBack() {
        patch(house.smtp, "{'options': {'allowVrfy': true}}");
        Change change = newest();
        Directory undoing = directory.saying("Takes back entry " + change.number());
        ChangeService changes = house.changes(undoing, "test");
        changes.apply(changes.plan(new WayBack(history, undoing).undo(change).steps()));
        assertEquals("Takes back entry " + change.number() + ": 1 change; no sessions are interrupted", said());
    }
}
