package org.posthouse.webadmin.undo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.unboundid.ldap.listener.InMemoryDirectoryServer;
import com.unboundid.ldap.listener.InMemoryDirectoryServerConfig;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SearchScope;
import com.unboundid.ldif.LDIFChangeRecord;
import com.unboundid.ldif.LDIFException;
import com.unboundid.ldif.LDIFReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.posthouse.schema.directory.Directory;
import org.posthouse.schema.directory.NewObject;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.value.Place;
import org.posthouse.webadmin.change.ChangeService;
import org.posthouse.webadmin.file.Differences;
import org.posthouse.webadmin.file.Export;
import org.posthouse.webadmin.form.House;
import org.posthouse.webadmin.form.RecordedHouse;
import org.posthouse.webadmin.history.Author;
import org.posthouse.webadmin.history.Filter;
import org.posthouse.webadmin.history.History;
import org.posthouse.webadmin.plan.Plan;

/** What the history exports of an earlier moment is the tree as it was then. */
class FormerTreeTest {

    private static final Place ACME = Place.of("o=Acme,dc=posthouse");
    private static final Place SALES = ACME.child("ou", "Größe, \"sales\"");
    private static final String KEY = "posthouseSnmpCommunity";

    @TempDir
    private Path home;

    private RecordedHouse recorded;
    private House house;
    private History history;
    private Directory directory;

    @BeforeEach
    void open() throws IOException {
        recorded = new RecordedHouse(home, Author.By.PAGE);
        house = recorded.house;
        history = recorded.history;
        directory = recorded.directory;
    }

    @AfterEach
    void close() throws IOException {
        recorded.close();
    }

    private void make(Place place, Kind kind, Map<String, List<String>> attributes) {
        directory.create(new NewObject(place, kind, attributes));
    }

    private void delete(Place place) {
        directory.delete(place, house.read(place).revision());
    }

    private void user(String name) {
        make(house.users.child("cn", name), Kind.USER, Map.of("sn", List.of(name), "description", List.of("ä, b")));
    }

    private void begin() {
        user("berta");
        user("carl");
        make(SALES, Kind.ORGANIZATIONAL_UNIT, Map.of("description", List.of("leading", "zwölf")));
        make(SALES.child("cn", "dora"), Kind.USER, Map.of("sn", List.of("Dora")));
        recorded.save(house.smtp, "posthouseMessageLimit", "10");
        recorded.save(house.smtp, "posthouseDomain", "a.example", "b.example");
    }

    private void goOn() {
        recorded.save(house.smtp, "posthouseMessageLimit", "20");
        recorded.save(house.smtp, "posthouseDomain", "b.example", "c.example");
        recorded.save(house.smtp, "posthouseMessageLimit");
        recorded.save(house.users.child("cn", "carl"), "sn", "Karl");
        delete(house.users.child("cn", "berta"));
        delete(SALES);
        user("anna");
        delete(house.mail1.child("cn", "POP Agent"));
        make(ACME.child("ou", "new"), Kind.ORGANIZATIONAL_UNIT, Map.of());
    }

    private String export(boolean former, long moment) {
        var text = new StringWriter();
        (former
                        ? Export.of(new FormerTree(history, directory, moment), directory.root(), true, false)
                        : Export.of(directory, directory.root(), true, false))
                .to(text);
        return text.toString().lines().filter(line -> !line.startsWith("#")).collect(Collectors.joining("\n"));
    }

    private void apply(String file) {
        ChangeService changes = house.changes(directory, house.admin.toString());
        Plan plan = Differences.of(directory, file.getBytes(StandardCharsets.UTF_8), true, house.admin)
                .plan(changes);
        changes.apply(plan);
    }

    @Test
    void theFileOfAnEarlierMomentIsTheOneThatWouldHaveBeenWrittenThen() {
        begin();
        String then = export(false, 0);
        long moment = history.newest();
        goOn();
        assertFalse(then.equals(export(false, 0)));
        assertEquals(then, export(true, moment));
        assertEquals(export(false, 0), export(true, history.newest()));
    }

    @Test
    void appliedItBringsTheTreeBackToWhatItWasThen() {
        begin();
        String then = export(false, 0);
        long moment = history.newest();
        goOn();
        apply(export(true, moment));
        assertEquals(then, export(false, 0));
    }

    @Test
    void aSecretThatIsGoneStandsInNoFileThatHasToBeApplied() {
        recorded.save(house.mail1, KEY, "hush");
        begin();
        long moment = history.newest();
        recorded.save(house.mail1, KEY);
        String file = export(true, moment);
        assertFalse(file.contains("hush") || file.contains("•••"), file);
        apply(file);
        assertFalse(content(history.newest()).contains("hush"));
    }

    private String content(long moment) {
        var text = new StringWriter();
        try {
            HistoryFile.state(history, directory, moment, directory.root(), "ldif", true)
                    .content()
                    .to(text);
            return text.toString();
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private String changes() throws IOException {
        var text = new StringWriter();
        HistoryFile.changes(history, Filter.ALL).content().to(text);
        return text.toString();
    }

    @Test
    void theTreeOfTheBeginningAndAllChangesOnTopOfItAreTheTreeOfNow() throws IOException, LDAPException, LDIFException {
        begin();
        goOn();
        Map<String, SearchResultEntry> replayed;
        try (var server = loaded(content(0));
                var records = reader(changes())) {
            for (LDIFChangeRecord record = records.readChangeRecord(false);
                    record != null;
                    record = records.readChangeRecord(false)) {
                var _ = record.processChange(server);
            }
            replayed = all(server);
        }
        try (var server = loaded(content(history.newest()))) {
            assertEquals(all(server), replayed);
            assertTrue(replayed.size() > 10, replayed.keySet()::toString);
        }
    }

    @Test
    void aboveEachChangeStandsWhoMadeItAndSecretsAreLeftOut() throws IOException {
        recorded.save(house.mail1, KEY, "hush");
        String ldif = changes();
        assertTrue(ldif.contains("# entry 1, 20"), ldif);
        assertTrue(ldif.contains(", by " + house.admin + " (page 127.0.0.1)"), ldif);
        assertTrue(ldif.contains("# " + KEY + " is secret and left out"), ldif);
        assertFalse(ldif.contains("hush"), ldif);
    }

    private static LDIFReader reader(String ldif) {
        return new LDIFReader(new ByteArrayInputStream(ldif.getBytes(StandardCharsets.UTF_8)));
    }

    private static InMemoryDirectoryServer loaded(String ldif) throws LDAPException {
        var config = new InMemoryDirectoryServerConfig("dc=posthouse");
        config.setSchema(null);
        config.setGenerateOperationalAttributes(false);
        var server = new InMemoryDirectoryServer(config);
        server.importFromLDIF(true, reader(ldif));
        return server;
    }

    private static Map<String, SearchResultEntry> all(InMemoryDirectoryServer server) throws LDAPException {
        var all = new TreeMap<String, SearchResultEntry>();
        Objects.requireNonNull(server.search("dc=posthouse", SearchScope.SUB, "(objectClass=*)")
                        .getSearchEntries())
                .forEach(entry -> all.put(entry.getDN(), entry));
        return all;
    }
}
