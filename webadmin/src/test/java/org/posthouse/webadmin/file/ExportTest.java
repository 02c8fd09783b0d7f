package org.posthouse.webadmin.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.posthouse.schema.directory.DirectoryException.Missing;
import org.posthouse.schema.directory.NewObject;
import org.posthouse.schema.tree.Entry;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.value.Place;
import org.posthouse.webadmin.form.House;

class ExportTest {

    private static final Path GOLDEN = Path.of("src/test/resources/org/posthouse/webadmin/file/export.yaml");

    @TempDir
    private Path home;

    private House house;
    private Desk desk;

    @BeforeEach
    void open() {
        house = new House();
        desk = Desk.of(house, home);
    }

    @AfterEach
    void close() {
        house.close();
    }

    private void save(Place place, Map<String, List<String>> wanted) {
        Entry entry = house.read(place);
        house.directory.save(place, Map.of(), wanted, entry.revision());
    }

    private void furnish() {
        save(
                house.mail1,
                Map.of(
                        "posthouseSnmpName", List.of("yes"),
                        "posthouseSnmpLocation", List.of("Köln: rack 7 # left"),
                        "posthouseSnmpCommunity", List.of("never-to-be-seen"),
                        "posthouseLicense", List.of("line one\nline two\n\nsigned: x"),
                        "posthouseAcmeChallengePort", List.of("8080"),
                        "posthouseAcmeRenewal", List.of("FALSE")));
        save(
                house.smtp,
                Map.of("posthouseDomain", List.of("b.example", "a.example"), "posthouseSmtpPort", List.of("587")));
        save(Place.of("o=Acme,dc=posthouse"), Map.of("description", List.of("Head office")));
        house.directory.create(new NewObject(
                house.users.child("cn", "Zoë, \"Z\" + <b>"),
                Kind.USER,
                Map.of("sn", List.of("Z"), "mail", List.of("zoe@example.com"))));
    }

    @Test
    void theFileOfATreeIsTheCommittedOne() throws IOException {
        furnish();
        var text = new StringWriter();
        Export.of(house.directory, house.directory.root(), true, true).to(text);
        if ("write".equals(System.getProperty("golden"))) {
            Files.createDirectories(GOLDEN.toAbsolutePath().getParent());
            Files.writeString(GOLDEN, constant(text.toString()));
        }
        assertEquals(
                Files.readString(GOLDEN),
                constant(text.toString()),
                "run the tests with -Dgolden=write if this is meant");
    }

    // New users get random identifiers.
    private static String constant(String file) {
        return file.replaceAll("mailboxId: [0-9a-f-]{36}", "mailboxId: 00000000-0000-0000-0000-000000000000");
    }

    @Test
    void secretsAndTheMarksOfEnginesAreNeverInIt() {
        furnish();
        save(house.host, Map.of("posthouseStatusUrl", List.of("https://192.0.2.1:1/")));
        String file = desk.export(house.directory.root(), true);
        assertFalse(file.contains("never-to-be-seen"));
        assertTrue(file.contains("snmpCommunity: •••"));
        assertFalse(file.toLowerCase(java.util.Locale.ROOT).contains("revision"));
        assertFalse(file.contains("192.0.2.1:1"));
        assertFalse(file.contains("SystemSecret") || file.contains("userPassword"));
    }

    @Test
    void usersStandInItWhenTheyAreAskedFor() {
        furnish();
        assertFalse(desk.export().contains("kind: User"));
        assertTrue(desk.export(house.directory.root(), true).contains("kind: User"));
    }

    @Test
    void aPartOfTheTreeIsAFileOfItsOwn() {
        furnish();
        String file = desk.export(house.mail1.child("cn", "NMAP Agent"), false);
        assertTrue(file.contains("place: cn=NMAP Agent,ou=mail1,o=Internet Services,dc=posthouse"), file);
        assertTrue(file.contains("contexts:\n    - ou=people,o=Acme,dc=posthouse"), file);
        assertFalse(file.contains("officialDomain"));
        assertThrows(Missing.class, () -> desk.export(Place.of("cn=nobody,dc=posthouse"), false));
    }

    @Test
    void theSameTreeGivesTheSameBytes() {
        furnish();
        assertEquals(desk.export(), desk.export());
        try (var other = new House()) {
            assertEquals(Desk.of(other, home).export(), Desk.of(other, home).export());
        }
    }

    @Test
    void moreUsersThanAPageAllComeOnce() {
        for (int number = 0; number < 1203; number++) {
            house.directory.create(new NewObject(
                    house.users.child("cn", "user%04d".formatted(number)), Kind.USER, Map.of("sn", List.of("X"))));
        }
        String file = desk.export(house.users, true);
        assertEquals(
                1204, file.lines().filter(line -> line.contains("kind: User")).count());
        assertEquals(file, desk.export(house.users, true));
    }
}
