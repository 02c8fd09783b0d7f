package org.posthouse.mailcore.status;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Test;
import org.posthouse.schema.certificate.Pin;
import org.posthouse.schema.login.Guesser;

/** Where the board is read from. */
class StatusServerTest {

    @Test
    void aBoardForOtherMachinesIsReadOverTlsByWhoeverKnowsItsKey() throws Exception {
        try (StatusServer server = at("127.0.0.2")) {
            URI url = server.url();
            assertEquals("https", url.getScheme());
            assertEquals(200, asked(url, new Pin(url.getFragment())));
            assertThrows(SSLException.class, () -> asked(url, new Pin("x".repeat(43))));
        }
    }

    @Test
    void oneForThisMachineIsPlain() throws Exception {
        try (StatusServer server = at("127.0.0.1")) {
            assertEquals("http", server.url().getScheme());
            assertEquals(200, asked(server.url(), new Pin("x".repeat(43))));
        }
    }

    @Test
    void whoeverWaitsForNewsIsToldThatThereIsNone() throws Exception {
        try (StatusServer server = at("127.0.0.1");
                HttpClient client = HttpClient.newHttpClient()) {
            assertEquals(204, status(client, server, "?after=1&wait=0"));
            assertEquals(200, status(client, server, "?after=0&wait=0"));
            assertEquals(200, status(client, server, ""));
        }
    }

    private static int status(HttpClient client, StatusServer server, String query)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(server.url() + "/status" + query))
                .header("Authorization", "Bearer s");
        return client.send(request.build(), BodyHandlers.discarding()).statusCode();
    }

    @Test
    void theBoardNamesWhoGuesses() {
        Clock clock = Clock.systemUTC();
        var board = new Board(new Board.Head("h", "", "1", "25", Instant.EPOCH), clock);
        board.guessers(() -> List.of(new Guesser("192.0.2.1", List.of("bob"), 12, Instant.EPOCH, Instant.EPOCH)));
        assertTrue(
                board.json()
                        .contains("\"guessers\":[{\"address\":\"192.0.2.1\",\"names\":[\"bob\"],\"tries\":12,"
                                + "\"since\":\"1970-01-01T00:00:00Z\",\"last\":\"1970-01-01T00:00:00Z\"}]"),
                board.json());
    }

    private static int asked(URI url, Pin pin) throws IOException, InterruptedException {
        try (HttpClient client =
                HttpClient.newBuilder().sslContext(pin.context()).build()) {
            URI page = URI.create(url.toString().replaceFirst("/?#.*", "") + "/clock");
            var request = HttpRequest.newBuilder(page).header("Authorization", "Bearer s");
            return client.send(request.build(), BodyHandlers.discarding()).statusCode();
        }
    }

    private static StatusServer at(String address) {
        Clock clock = Clock.systemUTC();
        var board = new Board(new Board.Head("h", "", "1", "25", Instant.EPOCH), clock);
        var orders = new Orders(
                order -> Optional.empty(),
                server -> "",
                server -> new History(),
                removal -> Map.of(),
                trial -> new Orders.Verdict("taken", trial.value()));
        var place = new InetSocketAddress(InetAddress.ofLiteral(address), 0);
        var machine = new Machine(List::of, new DiskSpace(Path.of("no-readings"), clock));
        return new StatusServer(board, orders, machine, () -> "s", place, clock);
    }
}
