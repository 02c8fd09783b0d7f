package org.posthouse.mailcore.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Peers that only wait keep nobody out. */
@Timeout(180)
class StrangersTest {

    private static final Duration LONG = Duration.ofSeconds(40);
    private static final Limits OURS = new Limits(1, 1, LONG, LONG);
    private static final InetAddress OTHER = InetAddress.ofLiteral("127.0.0.2");

    private static Listener listener(int strangers, int perAddress, Duration patience) {
        var limits = new Limits(2, 2, LONG, LONG, "full").with(new Limits.Strangers(strangers, perAddress, patience));
        return Listener.open(
                "test", new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), null, limits, connection -> {
                    connection.send("hello\r\n").flush();
                    while (true) {
                        if (connection.line(100).equals("sesame")) {
                            connection.known();
                        }
                        connection.send("ok\r\n").flush();
                    }
                });
    }

    private static Connection dial(Listener listener) {
        return Connection.dial(listener.address(), null, LONG, OURS);
    }

    private static String ask(Connection connection, String line) {
        return connection.send(line + "\r\n").line(100);
    }

    @Test
    void silentPeersPushEachOtherOutAndLetOthersIn() {
        try (Listener listener = listener(4, 3, LONG)) {
            var silent = new ArrayList<Connection>();
            for (int i = 0; i < 20; i++) {
                Connection one = dial(listener);
                silent.add(one);
                one.line(100);
            }
            try (Connection known = dial(listener)) {
                assertEquals("hello", known.line(100));
                assertEquals("ok", ask(known, "sesame"));
                for (int i = 0; i < 20; i++) {
                    Connection one = dial(listener);
                    silent.add(one);
                    one.line(100);
                }
                assertEquals("ok", ask(known, "still here"));
            }
            assertThrows(PeerGone.class, () -> silent.getFirst().line(100));
            assertEquals("ok", ask(silent.getLast(), "the latest"));
            silent.forEach(Connection::close);
        }
    }

    @Test
    void theFullestAddressGivesWayForAnother() {
        try (Listener listener = listener(4, 4, LONG)) {
            List<Connection> many = List.of(dial(listener), dial(listener), dial(listener), dial(listener));
            many.forEach(each -> each.line(100));
            try (Connection other = Connection.dial(listener.address(), OTHER, LONG, OURS)) {
                assertEquals("hello", other.line(100));
                assertThrows(PeerGone.class, () -> many.getFirst().line(100));
                try (Connection again = dial(listener)) {
                    assertEquals("hello", again.line(100));
                    assertEquals("ok", ask(other, "still here"));
                }
            }
            many.forEach(Connection::close);
        }
    }

    @Test
    void whoDoesNotBecomeKnownInTimeIsCutOffWhateverItSends() {
        try (Listener listener = listener(4, 4, Duration.ofSeconds(4));
                Connection known = dial(listener);
                Connection busy = dial(listener)) {
            known.line(100);
            assertEquals("ok", ask(known, "sesame"));
            busy.line(100);
            assertThrows(WireException.class, () -> {
                while (true) {
                    ask(busy, "noop");
                }
            });
            assertEquals("ok", ask(known, "still here"));
        }
    }

    @Test
    void thePlacesOfThoseWhoAreKnownAreCounted() {
        try (Listener listener = listener(4, 4, LONG);
                Connection first = dial(listener);
                Connection second = dial(listener);
                Connection third = dial(listener)) {
            List.of(first, second, third).forEach(each -> each.line(100));
            assertEquals("ok", ask(first, "sesame"));
            assertEquals("ok", ask(second, "sesame"));
            assertEquals("full", ask(third, "sesame"));
            assertThrows(PeerGone.class, () -> third.line(100));
            assertTrue(listener.sessions() >= 2);
        }
    }
}
