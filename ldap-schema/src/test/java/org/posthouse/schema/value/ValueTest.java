package org.posthouse.schema.value;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValueTest {

    @Test
    void equalDomainsAreEqualValues() {
        assertEquals(new DomainName("EXAMPLE.com"), new DomainName(" example.COM "));
        assertEquals("xn--bcher-kva.example", new DomainName("bücher.example").ascii());
    }

    @ParameterizedTest
    @CsvSource({
        "straße.test, xn--strae-oqa.test",
        "STRASSE.test, strasse.test",
        "βόλος.com, xn--nxasmm1c.com",
        "βόλοσ.com, xn--nxasmq6b.com",
        "BÜCHER.test, xn--bcher-kva.test",
        "bu\u0308cher.test, xn--bcher-kva.test",
        "ｂücher。test, xn--bcher-kva.test",
        "نامه\u200Cای.com, xn--mgba3gch31f060k.com",
        "XN--BCHER-KVA.test, xn--bcher-kva.test"
    })
    void anInternationalDomainFollowsIdna2008(String typed, String ascii) {
        assertEquals(ascii, new DomainName(typed).ascii());
    }

    @Test
    void peopleReadADomainInItsOwnLetters() {
        assertEquals("straße.test", new DomainName("xn--strae-oqa.test").unicode());
        assertEquals("bücher.test", new DomainName("BÜCHER.test").unicode());
        assertEquals("example.com", new DomainName("example.com").unicode());
        assertEquals("xn--a.test", new DomainName("xn--a.test").unicode());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a\u200Cb.com", // ZWNJ out of context
                "a\u200Db.com", // ZWJ out of context
                "aא.com", // mixed directions
                "xn--bücher.test",
                "\u0308a.test", // begins with a combining mark
                "ü\u0000.test",
                "ü/.test",
                "ü_.test",
                "ü\u202E.test"
            })
    void whatIdna2008DoesNotAllowIsRefused(String text) {
        assertThrows(IllegalArgumentException.class, () -> new DomainName(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "-a.com",
                "a..com",
                "a_b@c",
                "a b.com",
                "<script>.com",
                ".",
                "a.com\u0000",
                "[127.0.0.1]"
            })
    void whatIsNoDomainNameIsRefused(String text) {
        assertThrows(IllegalArgumentException.class, () -> new DomainName(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "example.com", "1.2.3", "1.2.3.256", "localhost", "1.2.3.4 5"})
    void whatIsNoAddressLiteralIsRefusedWithoutAskingDns(String text) {
        assertThrows(IllegalArgumentException.class, () -> new IpAddress(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"../etc", "a/../../b", "", "a\u0000b", "/var/../etc"})
    void aFolderDoesNotClimb(String text) {
        assertThrows(IllegalArgumentException.class, () -> new FolderPath(text));
    }

    @Test
    void anyNameMakesAPlaceThatReadsBackEqual() {
        var random = new Random(42);
        for (int round = 0; round < 2000; round++) {
            String name = name(random);
            Place place = Place.of("o=Acme,dc=posthouse").child("cn", name);
            assertEquals(place, Place.of(place.toString()), name);
            assertEquals(name.strip(), Place.of(place.toString()).leaf().strip());
        }
    }

    private static String name(Random random) {
        String alphabet = "ab \"#+,;<=>\\/äß漢*()@'";
        var name = new StringBuilder("x");
        for (int i = random.nextInt(12); i > 0; i--) {
            name.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return name.append('y').toString();
    }

    @Test
    void twoSpellingsOfOneNameAreOnePlace() {
        assertEquals(Place.of("CN=Anna, O=Acme"), Place.of("cn=anna,o=acme"));
        assertEquals(
                Place.of("cn=Anna,o=Acme").hashCode(),
                Place.of("CN=ANNA,O=ACME").hashCode());
    }
}
