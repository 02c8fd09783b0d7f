package org.posthouse.mailcore.finger;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.posthouse.mailcore.agent.MailWorld;
import org.posthouse.schema.agent.finger.FingerAgentType;
import org.posthouse.schema.agent.finger.FingerOptions;
import org.posthouse.schema.option.Problem;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.value.Place;

/** What the Finger Agent answers (RFC 1288). */
class FingerAgentTest {

    private final MailWorld world = new MailWorld();
    private final FingerAgent agent =
            new FingerAgent(world::snapshot, world.listening(79), world.people(), world.store(), world.noCertificate());

    @BeforeEach
    void start() {
        world.with(Kind.FINGER_AGENT, "posthouseFingerName", "anna");
        agent.start(world.snapshot());
    }

    @AfterEach
    void stop() {
        agent.stop(Duration.ZERO);
    }

    private String ask(String query) throws IOException {
        String at = agent.listening().getFirst();
        int port = Integer.parseInt(at.substring(at.lastIndexOf(':') + 1));
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(30_000);
            socket.getOutputStream().write((query + "\r\n").getBytes(UTF_8));
            return new String(socket.getInputStream().readAllBytes(), UTF_8);
        }
    }

    @Test
    void itTellsTheFullNameOfAListedUserAndWhetherMailIsWaiting() throws IOException {
        String name = ask("anna").lines().findFirst().orElseThrow();
        assertEquals(List.of(name, "No mail is waiting."), ask("anna").lines().toList());
        world.deliver("anna", "INBOX", "Subject: one\n\nhello\n");
        assertEquals(List.of(name, "Mail is waiting."), ask("/W Anna").lines().toList());
        assertEquals("finger anna  " + name, agent.prove());
    }

    @Test
    void whoIsNotListedIsAnsweredLikeNobody() throws IOException {
        assertEquals("bob: no such name is listed\r\n", ask("bob"));
        assertEquals("nobody: no such name is listed\r\n", ask("nobody"));
    }

    @Test
    void aNameCountsFromTheNextQueryOn() throws IOException {
        world.with(Kind.FINGER_AGENT, "posthouseFingerName", "bob");
        assertEquals("anna: no such name is listed\r\n", ask("anna"));
        assertEquals("No mail is waiting.", ask("bob").lines().toList().getLast());
    }

    @Test
    void listsAndForwardingAreDenied() throws IOException {
        assertEquals("Finger online user list denied\r\n", ask(""));
        assertEquals("Finger forwarding service denied\r\n", ask("anna@other.example"));
    }

    @Test
    void whileTheDirectoryIsDownItSaysSo() throws IOException {
        world.cutDirectory();
        assertEquals("Not available at the moment, please try again later\r\n", ask("anna"));
    }

    @Test
    void aNameThatCannotBeALoginNameIsRefused() {
        List<Problem> problems = new FingerAgentType()
                .check(Place.of("cn=Finger Agent"), new FingerOptions(List.of("anna", " anna")), List::of);
        assertEquals(List.of(" anna"), problems.stream().map(Problem::value).toList());
    }
}
