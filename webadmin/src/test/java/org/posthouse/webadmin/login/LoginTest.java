package org.posthouse.webadmin.login;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class LoginTest {

    @Test
    void thePageAskedForComesAfterTheLogin() {
        assertEquals("/object?dn=cn%3Dx&page=y", LoginPage.safe("/object?dn=cn%3Dx&page=y"));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "//evil.example", "https://evil.example/", "/\\evil", "/login?to=/x", "/a\r\nX: y"})
    void anotherPlaceThanThisConsoleBecomesTheHomePage(String wish) {
        assertEquals("/", LoginPage.safe(wish));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/login", "/login.xhtml", "/setup", "/jakarta.faces.resource/tokens.css.xhtml", "/api/x"})
    void someDoorsAreOpen(String path) {
        assertTrue(Doorkeeper.isOpen(path));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/object", "/object.xhtml", "/index.xhtml", "/create", "/loginx", "/apiary"})
    void theOthersAreShut(String path) {
        assertFalse(Doorkeeper.isOpen(path));
    }

    @Test
    void eachFurtherFailureWaitsLongerButNeverForever() {
        assertEquals(Duration.ofSeconds(15), Attempts.pause(0));
        assertEquals(Duration.ofSeconds(60), Attempts.pause(2));
        assertEquals(Duration.ofMinutes(15), Attempts.pause(1000));
    }
}
