package org.posthouse.webadmin.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class PortsTest {
    @Test
    void aTakenPortIsNamedWithTheFlagThatChoosesAnother() throws IOException {
        try (var other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var refusal =
                    assertThrows(Refusal.class, () -> Ports.check("127.0.0.1", other.getLocalPort(), "--http-port"));
            assertEquals(
                    "Port %d on 127.0.0.1 is in use by another program. Choose another port with --http-port."
                            .formatted(other.getLocalPort()),
                    refusal.getMessage());
        }
    }

    @Test
    void anAddressOfAnotherHostIsNotTakenForATakenPort() {
        var refusal = assertThrows(Refusal.class, () -> Ports.check("192.0.2.77", 8089, "--http-port"));
        assertEquals("This host has no address 192.0.2.77. Choose another address with --bind.", refusal.getMessage());
    }

    @Test
    void onlyThisHostReachesLoopback() {
        assertTrue(Ports.isLoopback("127.0.0.5"));
        assertFalse(Ports.isLoopback("0.0.0.0"));
    }
}
