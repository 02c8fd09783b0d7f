package org.posthouse.mailcore.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.posthouse.mailcore.imap.ImapAgent;
import org.posthouse.mailcore.pop.PopAgent;
import org.posthouse.mailcore.status.Tally;
import org.posthouse.mailcore.wire.Connection;
import org.posthouse.mailcore.wire.Limits;

/** What mail programs hear while the disk is full: mail can be read, and what cannot be written is refused for now. */
class FullDiskTest {

    private final DiskThatFills disk = new DiskThatFills();
    private final MailWorld world = new MailWorld(disk);

    @BeforeEach
    void twoMessages() {
        world.deliver("bob", "INBOX", "Subject: one\n\nfirst\n");
        world.deliver("bob", "INBOX", "Subject: two\n\nsecond\n");
    }

    private static Connection dial(Agent agent) {
        String at = agent.listening().getFirst();
        int port = Integer.parseInt(at.substring(at.lastIndexOf(':') + 1));
        var limits = new Limits(1, 1, Duration.ofSeconds(60), Duration.ofSeconds(60));
        Connection connection = Connection.dial(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), port), null, Duration.ofSeconds(60), limits);
        connection.line(1000);
        return connection;
    }

    /** The last line of an answer. */
    private static String ask(Connection connection, String command) {
        connection.send(command + "\r\n");
        String tag = command.substring(0, command.indexOf(' ') + 1);
        String line = connection.line(1000);
        while (!line.startsWith(tag)) {
            line = connection.line(1000);
        }
        return line;
    }

    private static String append(Connection connection) {
        return ask(connection, "a APPEND INBOX {15+}\r\nSubject: x\r\n\r\ny");
    }

    private static String say(Connection connection, String command) {
        connection.send(command + "\r\n");
        return connection.line(1000);
    }

    @Test
    void imapReadsAndRefusesWhatIsToBeWrittenUntilThereIsSpace() {
        var agent = new ImapAgent(
                world::snapshot,
                world.listening(143),
                world.people(),
                world.store(),
                world.noCertificate(),
                new Tally(Instant.EPOCH));
        agent.start(world.snapshot());
        disk.fill();
        try (Connection bob = dial(agent)) {
            String full = " NO [UNAVAILABLE] The disk of the server is full; try again later";
            assertTrue(ask(bob, "l LOGIN bob secret").startsWith("l OK"), "signing in works");
            assertEquals("a" + full, append(bob));
            assertTrue(ask(bob, "s SELECT INBOX").startsWith("s OK"));
            assertTrue(ask(bob, "f FETCH 1:* BODY.PEEK[]").startsWith("f OK"), "mail can be read");
            assertEquals("g" + full, ask(bob, "g STORE 1 +FLAGS (\\Seen)"));
            assertEquals("c" + full, ask(bob, "c CREATE Work"));
            disk.makeRoom();
            assertTrue(append(bob).startsWith("a OK [APPENDUID "));
            assertTrue(ask(bob, "g STORE 1 +FLAGS (\\Seen)").startsWith("g OK"));
            assertTrue(ask(bob, "s STATUS INBOX (MESSAGES)").startsWith("s OK"));
            assertEquals(3, world.store().mailbox("bob").contents().messages(), "only what was answered with OK");
        } finally {
            agent.stop(Duration.ZERO);
        }
    }

    @Test
    void popSaysThatNothingWasDeletedAndDeletesItWhenThereIsSpace() {
        var agent = new PopAgent(
                world::snapshot,
                world.listening(110),
                world.people(),
                world.store(),
                world.noCertificate(),
                new Tally(Instant.EPOCH));
        agent.start(world.snapshot());
        disk.fill();
        try {
            try (Connection bob = dial(agent)) {
                say(bob, "USER bob");
                assertTrue(say(bob, "PASS secret").startsWith("+OK"), "signing in works");
                assertTrue(say(bob, "DELE 1").startsWith("+OK"));
                assertEquals(
                        "-ERR [SYS/TEMP] Some of the messages were not deleted: the disk of the server is full",
                        say(bob, "QUIT"));
            }
            assertEquals(2, world.store().mailbox("bob").contents().messages());
            disk.makeRoom();
            try (Connection bob = dial(agent)) {
                say(bob, "USER bob");
                assertTrue(say(bob, "PASS secret").startsWith("+OK"));
                assertTrue(say(bob, "DELE 1").startsWith("+OK"));
                assertTrue(say(bob, "QUIT").startsWith("+OK"));
            }
            assertEquals(1, world.store().mailbox("bob").contents().messages());
        } finally {
            agent.stop(Duration.ZERO);
        }
    }
}
