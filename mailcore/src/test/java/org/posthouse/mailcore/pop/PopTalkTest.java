package org.posthouse.mailcore.pop;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URISyntaxException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.posthouse.mailcore.agent.MailWorld;
import org.posthouse.mailcore.status.Tally;
import org.posthouse.mailcore.wire.Talk;
import org.posthouse.mailcore.wire.TalkPlayer;

class PopTalkTest {

    private final MailWorld world = new MailWorld();
    private final PopAgent agent = new PopAgent(
            world::snapshot,
            world.listening(110),
            world.people(),
            world.store(),
            world.noCertificate(),
            new Tally(Instant.EPOCH),
            MailWorld.PAUSE);

    static List<Talk> dialogues() throws IOException, URISyntaxException {
        return Talk.all("pop");
    }

    @BeforeEach
    void start() {
        world.deliver("bob", "INBOX", "Subject: one\n\n.\n.two dots\nline 3\nline 4\n");
        world.deliver("bob", "INBOX", "Subject: two\n\n" + "x".repeat(50) + "\n");
        agent.start(world.snapshot());
    }

    @AfterEach
    void stop() {
        agent.stop(Duration.ZERO);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("dialogues")
    void goesAsWritten(Talk talk) throws IOException {
        if (talk.name().startsWith("directory-down")) {
            world.cutDirectory();
        }
        String at = agent.listening().getFirst();
        int port = Integer.parseInt(at.substring(at.lastIndexOf(':') + 1));
        TalkPlayer.play(talk, new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    }
}
