package org.posthouse.webadmin.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestPathsTest {

    @ParameterizedTest
    @CsvSource({
        "/api/objects/cn%3Danna, /api/objects/cn%3Danna",
        "/api/objects/a%5C%2Cb, /api/objects/a%EF%B7%90%2Cb",
        "/api/objects/a%5c%5Cb, /api/objects/a%EF%B7%90%EF%B7%90b",
        "/api/objects/a\\b, /api/objects/a%EF%B7%90b",
        "/api/objects/a%2fb, /api/objects/a%EF%B7%94b",
        "/api/objects/a%00b, /api/objects/a%EF%B7%91b",
        "/api/objects/%zz, /api/objects/%EF%B7%92zz",
        "/api/objects/100%, /api/objects/100%EF%B7%92",
        "/api/../console, /api/%EF%B7%93/console",
        "/api/%2e%2E/console, /api/%EF%B7%93/console",
        "/api/objects/..., /api/objects/...",
        "/api/objects/%FF, /api/objects/%EF%B7%95",
        "/api/objects/%C3%BC, /api/objects/%C3%BC",
        "/api/objects/%C3, /api/objects/%EF%B7%95",
        "/../x, /%EF%B7%93/x",
        "/a%2Fb, /a%2Fb",
        "/a%5Cb, /a%EF%B7%90b"
    })
    void whatTheServerRefusesIsReplaced(String path, String safe) {
        assertEquals(safe, RequestPaths.safe(path));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "localhost:8089",
                "127.0.0.1:",
                "[::1]:8449",
                "[fe80::1%eth0]",
                "xn--bcher-kva.test",
                "a_b"
            })
    void aHostWithOrWithoutAPortIsAHost(String value) {
        assertTrue(RequestPaths.isHost(value));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "a b",
                "[::1",
                "::1",
                "a:x",
                "a:99999",
                "a:1,b",
                "127.0.0.1:80@evil.test",
                "evil.test/a",
                "a\\b",
                "a:-1"
            })
    void whatNamesNoHostIsNone(String value) {
        assertFalse(RequestPaths.isHost(value));
    }
}
