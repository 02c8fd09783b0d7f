package org.posthouse.schema.directory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.posthouse.schema.option.OptionFacts;
import org.posthouse.schema.tree.Entry;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.value.Place;
import org.posthouse.schema.value.SealedKey;
import org.posthouse.schema.value.Secret;

/** Every secret option of the catalogue is kept sealed, whoever wrote it. */
class SealedSecretsTest {

    private static final String SECRET = "correct horse battery";

    private InMemoryDirectory server;
    private Directory directory;
    private Place mail1;

    @BeforeEach
    void connect() {
        server = InMemoryDirectory.start();
        directory = Directory.connect(server.address(), Clock.systemUTC());
        directory.prepareRoot();
        directory.create(new NewObject(
                directory.internetServices(),
                Kind.INTERNET_SERVICES,
                Map.of("posthouseSystemSecret", List.of("the system secret of tests"))));
        mail1 = directory.internetServices().child("ou", "mail1");
    }

    @AfterEach
    void disconnect() {
        directory.close();
        server.close();
    }

    private static List<OptionFacts> secrets() {
        return Kind.MESSAGING_SERVER.panels().stream()
                .flatMap(panel -> panel.options().stream())
                .filter(option -> option.type() == Secret.class)
                .toList();
    }

    private Map<String, List<String>> needed() {
        return Map.of(
                "posthouseHost", List.of("cn=host,dc=posthouse"),
                "posthousePostmaster", List.of("cn=admin,dc=posthouse"),
                "posthouseOfficialDomain", List.of("example.com"));
    }

    private Entry created(Map<String, List<String>> more) {
        var attributes = new TreeMap<>(needed());
        attributes.putAll(more);
        return directory.create(new NewObject(mail1, Kind.MESSAGING_SERVER, attributes));
    }

    @Test
    void everySecretOptionIsOfATypeThatIsSealed() {
        Kind.catalogue()
                .options()
                .filter(OptionFacts::secret)
                .forEach(option -> assertTrue(
                        option.type() == Secret.class || option.type() == SealedKey.class,
                        option.name() + " is secret and would be kept in plain text"));
        assertTrue(secrets().size() >= 3, "those of SNMP at least");
    }

    @Test
    void aSecretThatIsSavedIsSealedAndReadBackInPlainText() {
        for (OptionFacts option : secrets()) {
            Entry before = directory.read(mail1).orElseGet(() -> created(Map.of()));
            Entry saved =
                    directory.save(mail1, Map.of(), Map.of(option.attribute(), List.of(SECRET)), before.revision());
            assertEquals(List.of(SECRET), saved.values(option.attribute()), option.name());
            assertSealed(option);
            Entry changed = directory.save(
                    mail1, saved.attributes(), Map.of(option.attribute(), List.of("another secret")), saved.revision());
            assertEquals(List.of("another secret"), changed.values(option.attribute()));
            assertSealed(option);
            Entry cleared = directory.save(
                    mail1, changed.attributes(), Map.of(option.attribute(), List.of()), changed.revision());
            assertEquals(List.of(), cleared.values(option.attribute()));
        }
    }

    @Test
    void aSecretOfANewObjectIsSealed() {
        var given = new TreeMap<String, List<String>>();
        secrets().forEach(option -> given.put(option.attribute(), List.of(SECRET)));
        Entry entry = created(given);
        secrets().forEach(option -> {
            assertEquals(List.of(SECRET), entry.values(option.attribute()));
            assertSealed(option);
        });
        assertEquals(
                List.of(SECRET),
                directory.tree().servers().stream()
                        .flatMap(found -> directory.read(found.place()).stream())
                        .flatMap(found -> found.values(secrets().getFirst().attribute()).stream())
                        .toList());
    }

    @Test
    void savingTheSameSecretAgainChangesNothing() {
        OptionFacts option = secrets().getFirst();
        Entry entry = created(Map.of(option.attribute(), List.of(SECRET)));
        String sealed = server.values(mail1, option.attribute()).getFirst();
        Entry again = directory.save(
                mail1, entry.attributes(), Map.of(option.attribute(), List.of(SECRET)), entry.revision());
        assertEquals(entry.revision(), again.revision());
        assertEquals(sealed, server.values(mail1, option.attribute()).getFirst());
    }

    @Test
    void aPlainValueOfAnotherToolIsTakenAndSealedOnce() {
        Entry entry = created(Map.of());
        for (OptionFacts option : secrets()) {
            server.put(mail1, option.attribute(), "plain by another tool");
        }
        OptionFacts first = secrets().getFirst();
        assertEquals(
                List.of("plain by another tool"),
                directory.read(mail1).orElseThrow().values(first.attribute()));
        assertEquals(secrets().size(), directory.sealSecrets());
        assertEquals(0, directory.sealSecrets());
        secrets().forEach(this::assertSealed);
        Entry after = directory.read(mail1).orElseThrow();
        assertEquals(List.of("plain by another tool"), after.values(first.attribute()));
        assertEquals(entry.revision(), after.revision(), "nobody has anything new to obey");
    }

    @Test
    void whatAnotherSystemSecretHasSealedCountsAsAbsent() {
        OptionFacts option = secrets().getFirst();
        created(Map.of(option.attribute(), List.of(SECRET)));
        server.replace(directory.internetServices(), "posthouseSystemSecret", "another");
        try (Directory later = Directory.connect(server.address(), Clock.systemUTC())) {
            assertEquals(List.of(), later.read(mail1).orElseThrow().values(option.attribute()));
        }
    }

    private void assertSealed(OptionFacts option) {
        var kept = new ArrayList<>(server.values(mail1, option.attribute()));
        assertEquals(1, kept.size(), option.name());
        assertTrue(kept.getFirst().startsWith("{sealed}"), option.name());
        assertFalse(kept.getFirst().contains(SECRET), option.name());
    }
}
