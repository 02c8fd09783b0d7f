package org.posthouse.webadmin.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.posthouse.schema.directory.Directory;
import org.posthouse.schema.directory.DirectoryException.Conflict;
import org.posthouse.schema.directory.DirectoryException.NotAllowed;
import org.posthouse.schema.directory.DirectoryException.StillNeeded;
import org.posthouse.schema.directory.InMemoryDirectory;
import org.posthouse.schema.option.OptionFacts;
import org.posthouse.schema.option.Problem;
import org.posthouse.schema.option.Refused;
import org.posthouse.schema.panel.NmapContext;
import org.posthouse.schema.tree.Entry;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.tree.Tree;
import org.posthouse.schema.value.DomainName;
import org.posthouse.schema.value.Place;
import org.posthouse.webadmin.change.ChangeService;
import org.posthouse.webadmin.confirmation.OfflineConfirmations;
import org.posthouse.webadmin.plan.Carrying;
import org.posthouse.webadmin.plan.Running;
import org.posthouse.webadmin.setup.Installation;
import org.posthouse.webadmin.setup.SetUp;

class ObjectsTest {

    private static final String PEOPLE = "ou=people,o=Acme,dc=posthouse";
    private static final String SERVICES = "o=Internet Services,dc=posthouse";

    @TempDir
    private Path home;

    private InMemoryDirectory server;
    private Directory directory;

    @BeforeEach
    void install() {
        server = InMemoryDirectory.start();
        directory = Directory.connect(server.address(), Clock.systemUTC());
        new Installation(directory)
                .run(new SetUp(
                        "admin",
                        "correct horse",
                        "Acme",
                        "people",
                        "mail1",
                        new DomainName("example.com"),
                        List.of(),
                        "host1",
                        true,
                        Set.of(Kind.SMTP_AGENT)));
    }

    @AfterEach
    void stop() {
        directory.close();
        server.close();
    }

    private static JsonObject json(String text) {
        try (var reader = Json.createReader(new StringReader(text.replace('\'', '"')))) {
            return reader.readObject();
        }
    }

    private Entry entry(String dn) {
        return directory.read(Place.of(dn)).orElseThrow();
    }

    private ChangeService changes() {
        var confirmations = new OfflineConfirmations(directory, home.resolve("confirmations"), Clock.systemUTC());
        var carrying = new Carrying(directory, home, Clock.systemUTC());
        return new ChangeService(directory, "test", () -> Running.NOTHING, carrying, confirmations);
    }

    private OfflineConfirmations offline(Directory through) {
        return new OfflineConfirmations(through, home.resolve("confirmations"), Clock.systemUTC());
    }

    private Changing changing() {
        return new Changing(changes());
    }

    private Making making() {
        return new Making(changes());
    }

    private Entry change(Entry entry, String request) {
        return changing().change(entry, entry.revision(), json(request));
    }

    private Entry make(String request) {
        Making making = making();
        return making.make(making.wanted(json(request)));
    }

    private static List<String> refused(org.junit.jupiter.api.function.Executable act) {
        return assertThrows(Refused.class, act).problems().stream()
                .map(Problem::option)
                .toList();
    }

    @Test
    void anOptionIsNamedOnceInEachKind() {
        for (Kind kind : Kind.values()) {
            List<String> names = kind.panels().stream()
                    .flatMap(panel -> panel.options().stream())
                    .map(OptionFacts::name)
                    .toList();
            assertEquals(Set.copyOf(names).size(), names.size(), kind.label());
        }
    }

    @Test
    void aChangeIsSavedAtTheRevisionSeenOnly() {
        Entry smtp = entry("cn=SMTP Agent,ou=mail1," + SERVICES);
        Entry changed =
                change(smtp, "{'options': {'port': 2525, 'allowVrfy': true, 'globalDomains': ['a.org', 'b.org']}}");
        JsonObject options = ObjectText.of(directory, changed).getJsonObject("options");
        assertEquals(2525, options.getInt("port"));
        assertTrue(options.getBoolean("allowVrfy"));
        assertEquals(2, options.getJsonArray("globalDomains").size());
        var late = assertThrows(
                Conflict.class, () -> changing().change(changed, smtp.revision(), json("{'options': {'port': 26}}")));
        assertEquals(changed.revision(), late.current().revision());
        assertEquals(
                25,
                ObjectText.of(directory, change(changed, "{'options': {'port': null}}"))
                        .getJsonObject("options")
                        .getInt("port"));
    }

    @Test
    void everyProblemIsToldAndNothingIsSaved() {
        Entry smtp = entry("cn=SMTP Agent,ou=mail1," + SERVICES);
        assertEquals(
                List.of("hostingDomains", "port"),
                refused(() -> change(
                                smtp,
                                "{'options': {'port': 'x', 'hostingDomains': ['example.com'], 'enabled': false}}"))
                        .stream()
                        .sorted()
                        .toList());
        assertEquals(List.of("nothing"), refused(() -> change(smtp, "{'options': {'nothing': 1}}")));
        assertEquals(smtp, entry(smtp.place().toString()));
    }

    @Test
    void aServerIsCreatedWithItsAgents() {
        Entry created = make("""
                {'kind': 'MESSAGING_SERVER', 'name': 'mail2 <b>', 'parent': '%s', 'agents': ['NMAP_AGENT', 'POP Agent'],
                 'options': {'hostServer': 'cn=host1,o=Acme,dc=posthouse', 'officialDomain': 'Second.example.com',
                             'postmaster': 'cn=admin,%s'}}""".formatted(SERVICES, PEOPLE));
        assertEquals(
                Set.of(Kind.NMAP_AGENT, Kind.POP_AGENT),
                Tree.of(directory.configuration())
                        .server(created.place())
                        .orElseThrow()
                        .agents()
                        .keySet());
    }

    @Test
    void whatNamesNothingIsRefused() {
        assertEquals(List.of("hostServer", "postmaster"), refused(() -> make("""
                        {'kind': 'MESSAGING_SERVER', 'name': 'mail2', 'parent': '%s',
                         'options': {'hostServer': 'cn=nohost,dc=posthouse', 'officialDomain': 'x.org',
                                     'postmaster': 'cn=nobody,dc=posthouse'}}""".formatted(SERVICES))));
        assertEquals(
                List.of("kind"),
                refused(() -> make("{'kind': 'MAILING_LIST', 'name': 'x', 'parent': 'dc=posthouse'}")));
    }

    @Test
    void contextsOfAnAgentStandOnItsServer() {
        make("{'kind': 'ORGANIZATIONAL_UNIT', 'name': 'more', 'parent': 'o=Acme,dc=posthouse'}");
        Entry nmap = entry("cn=NMAP Agent,ou=mail1," + SERVICES);
        change(
                nmap,
                "{'options': {'contexts': ['%s', 'ou=more,o=Acme,dc=posthouse'], 'retryInterval': 15}}"
                        .formatted(PEOPLE));
        assertEquals(
                2,
                Tree.of(directory.configuration())
                        .servers()
                        .getFirst()
                        .agent(Kind.NMAP_AGENT)
                        .orElseThrow()
                        .page(NmapContext.class)
                        .contexts()
                        .size());
    }

    @Test
    void aUserComesWithPasswordAndAddresses() {
        Entry bob = make("""
                {'kind': 'user', 'name': 'bob', 'parent': '%s', 'password': 'battery staple', 'mail': ['bob@example.com'],
                 'options': {'lastName': 'Builder'}}""".formatted(PEOPLE));
        assertTrue(directory.signIn("bob@example.com", "battery staple").isPresent());
        assertFalse(ObjectText.of(directory, bob).toString().contains("battery"));
        assertEquals(List.of("password"), refused(() -> change(bob, "{'password': 'short'}")));
        change(bob, "{'password': 'another staple'}");
        assertTrue(directory.signIn("bob", "another staple").isPresent());
        assertEquals(
                List.of("lastName"),
                refused(() -> make("{'kind': 'USER', 'name': 'x', 'parent': '%s'}".formatted(PEOPLE))));
    }

    @Test
    void aPostmasterGoesWhenASuccessorIsNamed() {
        make("{'kind': 'USER', 'name': 'bob', 'parent': '%s', 'options': {'lastName': 'B'}}".formatted(PEOPLE));
        Entry postmaster =
                make("{'kind': 'USER', 'name': 'pm', 'parent': '%s', 'options': {'lastName': 'P'}}".formatted(PEOPLE));
        change(entry("ou=mail1," + SERVICES), "{'options': {'postmaster': 'cn=pm,%s'}}".formatted(PEOPLE));
        var changing = changing();
        assertThrows(StillNeeded.class, () -> changing.delete(postmaster, postmaster.revision(), ""));
        changing.delete(postmaster, postmaster.revision(), "cn=bob," + PEOPLE);
        assertEquals(
                "cn=bob," + PEOPLE,
                entry("ou=mail1," + SERVICES).value("posthousePostmaster").orElseThrow());
    }

    @Test
    void whatTheInstallationMadeStays() {
        Entry services = entry(SERVICES);
        assertThrows(NotAllowed.class, () -> changing().delete(services, services.revision(), ""));
        Entry admin = entry("cn=admin," + PEOPLE);
        assertThrows(StillNeeded.class, () -> changing().delete(admin, admin.revision(), ""));
        assertFalse(ObjectText.of(directory, services).toString().contains("SystemSecret"));
    }

    @Test
    void aPlanTellsWhatWouldChangeAndChangesNothing() {
        Entry smtp = entry("cn=SMTP Agent,ou=mail1," + SERVICES);
        JsonObject plan = PlanText.of(
                changing().plan(smtp, smtp.revision(), json("{'options': {'port': 2626, 'allowVrfy': true}}")));
        assertTrue(plan.getBoolean("sound"));
        assertEquals(1, plan.getInt("steps"));
        assertEquals(
                List.of("REBIND", "LIVE"),
                plan.getJsonArray("changes").getValuesAs(JsonObject.class).stream()
                        .map(change -> change.getString("effect"))
                        .sorted(java.util.Comparator.reverseOrder())
                        .toList());
        assertEquals("rebind", plan.getJsonArray("touches").getJsonObject(0).getString("does"));
        assertEquals("no_engine", plan.getJsonArray("warnings").getJsonObject(0).getString("about"));
        assertEquals(smtp, entry(smtp.place().toString()));
    }

    @Test
    void aPlanTellsWhatStandsAgainstItAndWhere() {
        Entry smtp = entry("cn=SMTP Agent,ou=mail1," + SERVICES);
        JsonObject plan = PlanText.of(changing().plan(smtp, smtp.revision(), json("{'options': {'port': 'x'}}")));
        assertFalse(plan.getBoolean("sound"));
        JsonObject problem = plan.getJsonArray("problems").getJsonObject(0);
        assertEquals("port", problem.getString("option"));
        assertEquals(smtp.place().toString(), problem.getString("dn"));
        assertThrows(Conflict.class, () -> changing().plan(smtp, smtp.revision() - 1, json("{}")));
    }

    @Test
    void thePlanOfADeletionNamesWhoDependsOnIt() {
        Entry host = entry("cn=host1,o=Acme,dc=posthouse");
        JsonObject plan = PlanText.of(changing().planOfDeletion(host, host.revision(), ""));
        assertEquals("mail1", plan.getJsonArray("dependents").getJsonObject(0).getString("name"));
        assertFalse(plan.getBoolean("sound"));
        assertEquals(host, entry(host.place().toString()));
    }

    @Test
    void thePlanOfACreationNamesWhatStarts() {
        JsonObject plan =
                PlanText.of(making().plan(json("{'kind': 'POP_AGENT', 'parent': 'ou=mail1," + SERVICES + "'}")));
        assertEquals("start", plan.getJsonArray("touches").getJsonObject(0).getString("does"));
        assertEquals("POP Agent", plan.getJsonArray("made").getJsonObject(0).getString("name"));
    }

    @Test
    void aChangeReadsItsObjectAtMostTwice() {
        String place = "cn=SMTP Agent,ou=mail1," + SERVICES;
        try (Directory kept = directory.mirrored()) {
            var _ = kept.tree();
            var changes = new ChangeService(
                    kept, "test", () -> Running.NOTHING, new Carrying(kept, home, Clock.systemUTC()), offline(kept));
            var reads = new AtomicInteger();
            server.obstruct(search -> {
                if (search.getBaseDN().equalsIgnoreCase(place)) {
                    reads.incrementAndGet();
                }
            });
            Entry entry = kept.read(Place.of(place)).orElseThrow();
            Entry changed = new Changing(changes).change(entry, entry.revision(), json("{'options': {'port': 2525}}"));
            assertEquals(
                    2525, ObjectText.of(kept, changed).getJsonObject("options").getInt("port"));
            assertTrue(reads.get() <= 2, reads + " reads");
        }
    }

    @Test
    void aCreationIsPlannedOnce() {
        var looked = new AtomicInteger();
        var changes = new ChangeService(
                directory,
                "test",
                () -> {
                    looked.incrementAndGet();
                    return Running.NOTHING;
                },
                new Carrying(directory, home, Clock.systemUTC()),
                offline(directory));
        var making = new Making(changes);
        Making.Wanted wanted = making.wanted(
                json("{'kind': 'USER', 'parent': '" + PEOPLE + "', 'name': 'eve', 'options': {'lastName': 'E'}}"));
        assertEquals(1, looked.get());
        making.make(wanted);
        assertEquals(
                3, looked.get(), "when it is applied, the rules and the people are checked, and nothing is planned");
    }
}
