package org.posthouse.webadmin.join;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class RouteTest {

    @Test
    void anEmbeddedDirectoryThatListensForOthersIsWhereTheConsoleIs() {
        Properties known = known("ldap://127.0.0.1:4321");
        known.setProperty("ldapsPort", "636");
        known.setProperty("ldapsPin", "pin");
        assertEquals(
                new Route("ldaps://console.example:636", Optional.of("pin"), false, ""),
                Route.of(known, "console.example", false));
        assertEquals(
                "ldaps://[2001:db8::1]:636",
                Route.of(known, "[2001:db8::1]", false).url());
    }

    @Test
    void withoutThatItIsForThisMachineOnlyAndSaysSo() {
        Properties known = known("ldap://127.0.0.1:4321");
        assertEquals("ldap://127.0.0.1:4321", Route.of(known, "localhost", true).url());
        var refused = assertThrows(NotAdmitted.class, () -> Route.of(known, "console.example", false));
        assertTrue(String.valueOf(refused.getMessage()).contains("--ldaps-port 636"), String.valueOf(refused));
    }

    @Test
    void anExternalDirectoryIsReachedAsTheConsoleReachesIt() {
        Properties known = known("ldaps://192.0.2.7:636");
        assertEquals(
                new Route("ldaps://192.0.2.7:636", Optional.empty(), false, ""),
                Route.of(known, "console.example", false));
        assertTrue(Route.isForOthers(known));
    }

    private static Properties known(String url) {
        var known = new Properties();
        known.setProperty("url", url);
        return known;
    }
}
