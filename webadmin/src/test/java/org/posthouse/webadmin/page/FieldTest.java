package org.posthouse.webadmin.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.posthouse.schema.directory.Directory;
import org.posthouse.schema.directory.InMemoryDirectory;
import org.posthouse.schema.option.Effect;
import org.posthouse.schema.option.Option;
import org.posthouse.schema.option.Panel;
import org.posthouse.schema.option.PanelFacts;
import org.posthouse.schema.tree.Entry;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.tree.Tree;
import org.posthouse.schema.value.Place;
import org.posthouse.schema.value.Secret;
import org.posthouse.webadmin.form.Draft;

/** What the field of a secret shows and takes. */
class FieldTest {

    /** A page with one secret. */
    @Panel(name = "guarded", title = "Guarded")
    public record Guarded(
            @Option(
                    id = 0,
                    attribute = "description",
                    label = "Password",
                    effect = Effect.LIVE,
                    secret = true,
                    help = "Only programs read it.")
            Optional<Secret> password) {}

    private final PanelFacts<Guarded> page = PanelFacts.of(Guarded.class);
    private InMemoryDirectory server;
    private Directory directory;
    private Draft draft;
    private Field field;

    @BeforeEach
    void open() {
        server = InMemoryDirectory.start();
        directory = Directory.connect(server.address(), java.time.Clock.systemUTC());
        var entry = new Entry(
                Place.of("ou=mail1,dc=posthouse"),
                Kind.MESSAGING_SERVER,
                1,
                Map.of("description", List.of("the stored one")));
        draft = Draft.of(directory, Tree.of(List.of()), entry, page);
        field = new Field(page.options().getFirst(), draft);
    }

    @AfterEach
    void close() {
        directory.close();
        server.close();
    }

    @Test
    void whatIsStoredIsNeverShown() {
        assertEquals("secret", field.getWidget());
        assertEquals("", field.getText());
        assertTrue(field.isKept());
    }

    @Test
    void aFormThatIsSentWithTheFieldEmptyChangesNothing() {
        field.setText("");
        assertEquals(List.of(), draft.changes());
        field.setText(null);
        assertEquals(List.of(), draft.changes());
    }

    @Test
    void whatWasTypedStaysInTheFieldUntilItIsSaved() {
        field.setText("another");
        assertEquals("another", field.getText());
        field.setText("");
        assertEquals(List.of(), draft.changes());
    }

    @Test
    void aSecretTakenAwayStaysSoWhenTheFormIsSent() {
        field.clear();
        assertFalse(field.isKept());
        field.setText("");
        assertEquals(List.of(), draft.changes().getFirst().after());
        field.setText("another");
        assertEquals(List.of("another"), draft.changes().getFirst().after());
    }
}
