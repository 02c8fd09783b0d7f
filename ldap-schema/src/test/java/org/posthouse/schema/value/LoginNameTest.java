package org.posthouse.schema.value;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LoginNameTest {

    private static final Set<DomainName> HOSTING = Set.of(new DomainName("bücher.test"));

    @ParameterizedTest
    @CsvSource({
        "Carol, carol",
        "ＣＡＲＯＬ, carol",
        "JOSE\u0301, josé",
        "Eva@BÜCHER.test, eva@xn--bcher-kva.test",
        "eva@xn--bcher-kva.test, eva@xn--bcher-kva.test",
        "straße, straße",
        "John Smith, john smith"
    })
    void aNameIsComparedInOneForm(String typed, String normal) {
        assertEquals(normal, new LoginName(typed).text());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                " carol",
                "carol ",
                "carol\u0000",
                "carol\t",
                "ca\u00ADrol",
                "carol\u200B",
                "carol\u202E",
                "john  smith",
                "carol\u00A0x",
                "@test.example",
                "carol@test.example ",
                "carol@ test.example",
                "carol\u0378", // not assigned
                "carol@"
            })
    void whatIsNoLoginNameIsRefusedAndNotTrimmed(String typed) {
        assertThrows(IllegalArgumentException.class, () -> new LoginName(typed));
        assertFalse(LoginName.same(typed, "carol"));
        assertFalse(LoginName.same(typed, "carol@test.example"));
    }

    @Test
    void quotationMarksArePartOfALoginName() {
        assertFalse(LoginName.same("\"carol\"", "carol"));
    }

    @Test
    void bothSpellingsOfADomainAreLookedUp() {
        List<String> both = List.of("eva@xn--bcher-kva.test", "eva@bücher.test");
        assertEquals(both, LoginName.spellings("Eva@bücher.test"));
        assertEquals(both, LoginName.spellings("eva@xn--bcher-kva.test"));
        assertEquals(List.of("eva"), LoginName.spellings("Eva"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "INBOX",
                "inbox",
                "..",
                ".",
                "a..b",
                ".anna",
                "CON",
                "con.txt",
                "lpt1",
                "an\u202Ena",
                "a/b",
                "a\\b",
                "a@b",
                "a@example.com",
                "a@b@bücher.test",
                "\"anna\"",
                "a%b",
                "a!b",
                "a,b",
                " anna",
                "an\u00ADna",
                "anna\u2066",
                "../bücher",
                "INBOX@bücher.test"
            })
    void aDangerousNameIsNeverAllowed(String name) {
        assertEquals(Optional.of(false), NameProblem.of(name, HOSTING).map(NameProblem::reserved), name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"postmaster", "Abuse", "ＩＮＦＯ", "abuse@bücher.test", "www", "mailer-daemon"})
    void aNameOfARoleIsReserved(String name) {
        assertEquals(Optional.of(true), NameProblem.of(name, HOSTING).map(NameProblem::reserved), name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "anna",
                "Anna.Berg",
                "o'neil",
                "anna+x",
                "john smith",
                "eva@bücher.test",
                "eva@xn--bcher-kva.test",
                "zoë",
                "конь",
                "information",
                "conrad",
                "_x",
                "a-b"
            })
    void anOrdinaryNameIsFine(String name) {
        assertEquals(Optional.empty(), NameProblem.of(name, HOSTING), name);
    }

    @Test
    void aPasswordIsPreparedAndTheTypedOctetsStillCount() {
        assertEquals("Pass wort é", OpaqueString.of("Pass\u00A0wort e\u0301"));
        assertEquals(List.of("é", "e\u0301"), OpaqueString.forms("e\u0301"));
        assertEquals(List.of("plain"), OpaqueString.forms("plain"));
        assertEquals(List.of("a\u0000"), OpaqueString.forms("a\u0000"));
        assertThrows(IllegalArgumentException.class, () -> OpaqueString.of("a\u0007b"));
        assertTrue(OpaqueString.forms("").contains(""));
    }
}
