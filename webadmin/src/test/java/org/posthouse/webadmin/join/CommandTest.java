package org.posthouse.webadmin.join;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;

class CommandTest {

    @Test
    void namesTheConsoleAsWhoeverAsksCallsIt() {
        assertEquals("console.example", Command.name("console.example", "0.0.0.0"));
        assertEquals("localhost", Command.name("localhost", "127.0.0.1"));
    }

    @Test
    void butNeverByLoopbackWhereHttpsIsOnTheNetwork() throws UnknownHostException {
        assertEquals("192.0.2.7", Command.name("127.0.0.1", "192.0.2.7"));
        assertEquals("192.0.2.7", Command.name("[::1]", "192.0.2.7"));
        assertEquals(InetAddress.getLocalHost().getHostName(), Command.name("127.0.0.1", "0.0.0.0"));
    }
}
