package org.posthouse.webadmin.pulse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.posthouse.schema.status.State;
import org.posthouse.schema.tree.Entry;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.value.Place;

class BoardTextTest {

    private static final String BOARD = """
            {"seq":17,"host":"mail1","place":"cn=mail1,o=Acme,dc=posthouse","version":"1.0.0","java":"25.0.3",
             "started":"2026-11-23T16:00:00Z","now":"2026-11-23T17:00:00Z",
             "directory":{"state":"following","revision":42,"since":"2026-11-23T16:00:01Z"},
             "servers":[{"place":"ou=mail1,o=Internet Services,dc=posthouse","name":"mail1","state":"running","reason":"",
               "wanted":42,"obeyed":41,"obeyedAt":"2026-11-23T16:59:00.084Z",
               "agents":[{"place":"cn=SMTP Agent,ou=mail1,o=Internet Services,dc=posthouse","kind":"SMTP_AGENT",
                 "state":"refused","reason":"Port 25 is taken","wanted":42,"obeyed":41,"obeyedAt":"2026-11-23T16:59:00Z","tried":41,
                 "refusals":[{"option":"port","value":"25","reason":"Port 25 is taken.","revision":42}],
                 "listening":["127.0.0.1:2525"],"figures":{"sessions":3,"accepted":9},"notes":["no certificate"]}],
               "queue":{"waiting":2,"oldestSeconds":7,"taken":5,"delivered":3,"relayed":0,"bounced":0}}]}
            """;

    @Test
    void aBoardIsReadWhole() {
        Board board = BoardText.read(BOARD);
        Board.Server server = board.servers().getFirst();
        Board.Agent smtp = server.agents().getFirst();
        assertEquals(17, board.seq());
        assertEquals("following", board.directory());
        assertFalse(server.obedience().isCurrent());
        assertEquals(
                Optional.of(Instant.parse("2026-11-23T16:59:00.084Z")),
                server.obedience().obeyedAt());
        assertEquals(Kind.SMTP_AGENT, smtp.kind());
        assertEquals("Port 25 is taken", smtp.obedience().reason());
        assertEquals(
                List.of(new Board.Refusal("port", "25", "Port 25 is taken.", Optional.empty(), 42)),
                smtp.obedience().refusals());
        assertEquals(41, smtp.obedience().tried());
        assertEquals(42, server.obedience().tried(), "an engine of an earlier version does not say");
        assertEquals(3, smtp.sessions());
        assertEquals(List.of("127.0.0.1:2525"), smtp.listening());
        assertEquals(7, server.queue().oldestSeconds());
    }

    @Test
    void whatABoardDoesNotSayIsEmpty() {
        Board board = BoardText.read("{\"seq\":1,\"servers\":[{\"place\":\"ou=m,dc=x\",\"news\":[1]}]}");
        Board.Server server = board.servers().getFirst();
        assertEquals(State.UNKNOWN, server.obedience().state());
        assertTrue(server.obedience().obeyedAt().isEmpty());
        assertEquals(0, server.queue().waiting());
    }

    @Test
    void whatIsNoBoardIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> BoardText.read("<html>"));
        assertThrows(IllegalArgumentException.class, () -> BoardText.read("[]"));
    }

    @Test
    void aHostWithoutAnAddressHasNoBoard() {
        Place place = Place.of("cn=h,dc=x");
        Entry host = new Entry(place, Kind.HOST_SERVER, 1, Map.of("posthouseStatusUrl", List.of("http://127.0.0.1:7")));
        Entry never = new Entry(place, Kind.HOST_SERVER, 1, Map.of());
        Entry odd = new Entry(place, Kind.HOST_SERVER, 1, Map.of("posthouseStatusUrl", List.of("file:/etc/passwd")));
        assertEquals(
                URI.create("http://127.0.0.1:7/status?after=3"),
                BoardAddress.of(host, "s").orElseThrow().at("/status?after=3"));
        assertTrue(BoardAddress.of(never, "s").isEmpty());
        assertTrue(BoardAddress.of(odd, "s").isEmpty());
    }

    @Test
    void aBoardOnAnotherMachineIsAskedOverTlsAndOnlyWithItsKey() {
        String key = "k".repeat(43);
        BoardAddress far =
                BoardAddress.of(host("https://192.0.2.7:40123/#" + key), "s").orElseThrow();
        assertEquals(URI.create("https://192.0.2.7:40123/status"), far.at("/status"));
        assertEquals(key, far.pin().orElseThrow().digest());
        assertEquals("https://192.0.2.7:40123", far.shown());
        assertTrue(BoardAddress.of(host("https://192.0.2.7:40123/"), "s").isEmpty());
        assertTrue(BoardAddress.of(host("https://192.0.2.7:40123/#short"), "s").isEmpty());
        assertTrue(BoardAddress.of(host("http://192.0.2.7:40123"), "s").isEmpty());
    }

    private static Entry host(String board) {
        return new Entry(Place.of("cn=h,dc=x"), Kind.HOST_SERVER, 1, Map.of("posthouseStatusUrl", List.of(board)));
    }

    @Test
    void furtherEnginesOfAHostHaveBoardsOfTheirOwn() {
        Place place = Place.of("cn=h,dc=x");
        Entry host = new Entry(
                place, Kind.HOST_SERVER, 1, Map.of("posthouseRivalUrl", List.of("http://127.0.0.1:8", "mailto:x")));
        List<BoardAddress> rivals = BoardAddress.rivals(host, "s");
        assertEquals(
                List.of(URI.create("http://127.0.0.1:8")),
                rivals.stream().map(BoardAddress::url).toList());
        assertTrue(rivals.getFirst().rival());
    }

    @Test
    void aMachineIsReadWhole() {
        Machine machine = BoardText.machine("""
                {"system":"Debian","processors":2,"heapUsed":25,"heapMost":100,"vendor":"Temurin",
                 "folders":[{"use":"home","path":"/h","free":30,"total":100,"state":"enough"},
                   {"use":"messageStore","server":"ou=m,dc=x","path":"/gone","state":"unknown","reason":"gone"}]}
                """);
        assertEquals(25, machine.heapPercent());
        assertEquals(70, machine.folders().getFirst().percent());
        assertEquals(0, machine.folders().getLast().percent());
        assertEquals("gone", machine.folders().getLast().reason());
        assertTrue(machine.clock().isEmpty());
    }
}
