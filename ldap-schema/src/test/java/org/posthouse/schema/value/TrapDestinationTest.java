package org.posthouse.schema.value;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where SNMP notifications can be sent. */
class TrapDestinationTest {

    @ParameterizedTest
    @CsvSource({
        "monitor.example.com, monitor.example.com:162",
        "monitor.example.com:1162, monitor.example.com:1162",
        "monitor:162, monitor:162",
        "192.0.2.7, 192.0.2.7:162",
        "[2001:db8::7]:99, '[2001:db8::7]:99'",
        "a-b.c_d.example:1, a-b.c_d.example:1",
    })
    void aHostWithOrWithoutAPortIsTaken(String text, String read) {
        assertEquals(read, TrapDestination.of(text).toString());
        assertEquals(read, TrapDestination.of(read).toString(), "what is stored can be read again");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nonsense",
                "localhost",
                "",
                ":162",
                "monitor.example.com:",
                "monitor.example.com:0",
                "monitor.example.com:65536",
                "monitor.example.com:99999999999",
                "monitor..example.com:162",
                ".example.com:162",
                "-monitor.example.com:162",
                "monitor-.example.com:162",
                "256.1.1.1:162",
                "1.2.3:162",
                "12345:162",
                "[192.0.2.]:162",
                "2001:db8::7",
                "udp:monitor.example.com:162",
                "two hosts.example:162",
            })
    void anythingElseIsRefusedInWords(String text) {
        var refused = assertThrows(IllegalArgumentException.class, () -> TrapDestination.of(text));
        assertEquals(false, refused.getMessage() == null || refused.getMessage().isBlank());
    }
}
