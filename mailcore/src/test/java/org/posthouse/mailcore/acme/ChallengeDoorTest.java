package org.posthouse.mailcore.acme;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ChallengeDoorTest {

    private final ChallengeDoor door = ChallengeDoor.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));

    @AfterEach
    void close() {
        door.close();
    }

    private String ask(String request) throws IOException {
        try (var socket = new Socket(door.address().getAddress(), door.address().getPort())) {
            socket.setSoTimeout(60_000);
            socket.getOutputStream().write(request.getBytes(US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), US_ASCII);
        }
    }

    @Test
    void answersTheTokenOfTheOrderAndKnowsThatItWasFetched() throws IOException {
        door.put("token", "token.thumbprint");
        assertFalse(door.wasFetched("token"));
        String answer = ask("GET /.well-known/acme-challenge/token HTTP/1.1\r\nHost: mail.example.com\r\n\r\n");
        assertTrue(answer.startsWith("HTTP/1.1 200 OK\r\n"), answer);
        assertTrue(answer.endsWith("\r\n\r\ntoken.thumbprint"), answer);
        assertTrue(door.wasFetched("token"));
    }

    @Test
    void answersNothingElse() throws IOException {
        door.put("token", "token.thumbprint");
        for (String path :
                new String[] {"/", "/token", "/.well-known/acme-challenge/", "/.well-known/acme-challenge/x"}) {
            assertTrue(ask("GET " + path + " HTTP/1.1\r\n\r\n").startsWith("HTTP/1.1 404 "), path);
        }
        assertTrue(
                ask("POST /.well-known/acme-challenge/token HTTP/1.1\r\n\r\n").startsWith("HTTP/1.1 405 "));
        assertTrue(ask("nonsense\r\n\r\n").startsWith("HTTP/1.1 405 "));
        assertEquals("", ask("GET " + "x".repeat(10_000) + " HTTP/1.1\r\n\r\n"), "a line too long ends it");
    }

    @Test
    void isClosedAfterwards() {
        door.close();
        assertThrows(
                ConnectException.class,
                () -> new Socket(door.address().getAddress(), door.address().getPort()).close());
    }
}
